package scripts

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The tools of a machine on which nothing is wrong, and what each prints.
var healthy = map[string]string{
	"go":        "echo go version go1.25.0 linux/amd64",
	"node":      "echo v22.11.0",
	"npm":       "echo 10.9.0",
	"terraform": "echo Terraform v1.11.0; echo on linux_amd64",
	"python3":   "echo Python 3.12.1",
}

func TestDoctor(t *testing.T) {
	const header = "tools missing or too old:\n"
	tests := map[string]struct {
		change map[string]string // tool to script; an empty script is a missing tool
		stdout string
		stderr string
	}{
		"all fine": {},
		"nothing installed": {
			change: map[string]string{"go": "", "node": "", "npm": "", "terraform": "", "python3": ""},
			stderr: header +
				"  go: not found; needs 1.25.0 or newer; install it from https://go.dev/dl\n" +
				"  node: not found; needs 18.12 or newer; install Node 22 from https://nodejs.org\n" +
				"  npm: not found; needs 8.3 or newer; it comes with Node\n" +
				"  terraform: not found; needs 1.11 or newer; install it from https://developer.hashicorp.com/terraform/install\n" +
				"  python3: not found; needs 3.10 or newer; install it from https://www.python.org/downloads\n",
		},
		"all too old": {
			change: map[string]string{
				"go":        "echo go version go1.24.13 linux/amd64",
				"node":      "echo v18.9.1",
				"npm":       "echo 8.2.0",
				"terraform": "echo Terraform v1.9.8",
				"python3":   "echo Python 3.9.18",
			},
			stderr: header +
				"  go: found 1.24.13; needs 1.25.0 or newer; install it from https://go.dev/dl\n" +
				"  node: found 18.9.1; needs 18.12 or newer; install Node 22 from https://nodejs.org\n" +
				"  npm: found 8.2.0; needs 8.3 or newer; it comes with Node\n  terraform: found 1.9.8; needs 1.11 or newer; " +
				"install it from https://developer.hashicorp.com/terraform/install\n" +
				"  python3: found 3.9.18; needs 3.10 or newer; install it from https://www.python.org/downloads\n",
		},
		"a broken tool": {
			change: map[string]string{"terraform": "echo no such file >&2; exit 127"},
			stderr: header + "  terraform: found at BIN/terraform, but it does not tell its version; needs 1.11 or newer; " +
				"install it from https://developer.hashicorp.com/terraform/install\n",
		},
		"a go that can't fetch the toolchain go.mod asks for": {
			change: map[string]string{
				"go": `[ "${GOTOOLCHAIN-}" = local ] || { echo go: download go1.25.0: toolchain not available >&2; exit 1; }; ` +
					`echo go version go1.23.4 linux/amd64`,
			},
			stderr: header + "  go: found 1.23.4; needs 1.25.0 or newer; install it from https://go.dev/dl\n",
		},
		"a pre-release of go": {
			change: map[string]string{"go": "echo go version go1.27rc1 linux/amd64"},
		},
		"python without venv": {
			change: map[string]string{"python3": `[ "$1" = --version ] || exit 1; echo Python 3.11.2`},
			stderr: header +
				"  python3: found 3.11.2 without venv; needs the venv module; on Debian or Ubuntu: apt install python3-venv\n",
		},
		"an old node that still works": {
			change: map[string]string{"node": "echo v20.20.2"},
			stdout: "node 20.20.2 works, but is past its end of life; prefer Node 22 or 24\n",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			root := repository(t)
			bin := toolPath(t, test.change)
			stdout, stderr, code := doctor(t, root, bin)
			wantCode := 0
			if test.stderr != "" {
				wantCode = 1
			}
			if code != wantCode {
				t.Errorf("exit %d, want %d", code, wantCode)
			}
			if stdout != test.stdout {
				t.Errorf("standard output is\n%s\nwant\n%s", stdout, test.stdout)
			}
			if want := strings.ReplaceAll(test.stderr, "BIN", bin); stderr != want {
				t.Errorf("standard error is\n%s\nwant\n%s", stderr, want)
			}
		})
	}
}

func TestDoctorAdvisesOnce(t *testing.T) {
	root := repository(t)
	bin := toolPath(t, map[string]string{"node": "echo v20.20.2"})
	if stdout, _, _ := doctor(t, root, bin); stdout == "" {
		t.Error("the first run says nothing about Node 20")
	}
	if stdout, stderr, _ := doctor(t, root, bin); stdout+stderr != "" {
		t.Errorf("the second run repeats %q", stdout+stderr)
	}
}

// repository is a folder with what the script reads, so that its stamps stay out of this one.
func repository(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	script, err := os.ReadFile("doctor.sh")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(root, "scripts", "doctor.sh"), string(script))
	write(t, filepath.Join(root, "go.mod"), "module example.org/m\n\ngo 1.25.0\n")
	return root
}

// toolPath is a folder for PATH with the healthy tools, changed as told, and the few utilities the script calls.
func toolPath(t *testing.T, change map[string]string) string {
	t.Helper()
	bin := t.TempDir()
	for tool, script := range healthy {
		if changed, ok := change[tool]; ok {
			script = changed
		}
		if script != "" {
			write(t, filepath.Join(bin, tool), "#!/bin/sh\n"+script+"\n")
		}
	}
	for _, utility := range []string{"awk", "dirname", "head", "mkdir", "sed"} {
		path, err := exec.LookPath(utility)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(path, filepath.Join(bin, utility)); err != nil {
			t.Fatal(err)
		}
	}
	return bin
}

func doctor(t *testing.T, root, path string) (stdout, stderr string, code int) {
	t.Helper()
	var out, complaints bytes.Buffer
	cmd := exec.Command("/bin/sh", filepath.Join(root, "scripts", "doctor.sh"))
	cmd.Env = []string{"PATH=" + path}
	cmd.Stdout, cmd.Stderr = &out, &complaints
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), complaints.String(), cmd.ProcessState.ExitCode()
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
}
