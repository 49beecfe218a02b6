package tests

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// program is the app as `cdktf synth` and `make synth` run it, built once.
func program(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "titan")
	build := exec.Command("go", "build", "-o", binary, "..")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the app: %v\n%s", err, output)
	}
	return binary
}

// start is one run of the app, with the repository's root as its folder, as the CLI has it.
func start(t *testing.T, binary, outdir string, env ...string) (output string, err error) {
	t.Helper()
	command := exec.Command(binary)
	command.Dir = ".."
	command.Env = append(os.Environ(),
		append([]string{"CDKTF_OUTDIR=" + outdir, "TITAN_ENVIRONMENTS=", "TITAN_ENVIRONMENTS_DIR=tests/" + fixtures},
			env...)...)
	combined, err := command.CombinedOutput()
	return string(combined), err
}

// TestSynthesisIsByteIdentical runs the app as it is, by one jsii kernel, by several, and without
// what makes it start fast.
func TestSynthesisIsByteIdentical(t *testing.T) {
	binary := program(t)
	runs := map[string]map[string][]byte{}
	for name, env := range map[string]string{
		"first": "", "one kernel": "GOMAXPROCS=1", "three kernels": "GOMAXPROCS=3", "plain start": "TITAN_PLAIN_START=1",
	} {
		outdir := t.TempDir()
		if output, err := start(t, binary, outdir, env); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, output)
		}
		runs[name] = contents(t, outdir)
	}
	if len(runs["first"]) < len(synthesized) {
		t.Fatalf("only %d files were written", len(runs["first"]))
	}
	for _, other := range []string{"one kernel", "three kernels", "plain start"} {
		if len(runs[other]) != len(runs["first"]) {
			t.Errorf("%s: %d files, the first run wrote %d", other, len(runs[other]), len(runs["first"]))
		}
		for file, want := range runs["first"] {
			if !bytes.Equal(runs[other][file], want) {
				t.Errorf("%s: %s differs from the first run's", other, file)
			}
		}
	}
}

// TestNothingOfThisMachineIsInTheJSON keeps the JSON the same on every machine.
func TestNothingOfThisMachineIsInTheJSON(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range stackNames() {
		for _, here := range []string{
			root, os.TempDir() + "/", "127.0.0.1", "localhost", "skip_credentials", "s3_use_path_style",
		} {
			if strings.Contains(stack(t, name).Text, here) {
				t.Errorf("stack %s speaks of this machine or an emulator: %q", name, here)
			}
		}
	}
}

func TestSynthesisSaysWhatItMade(t *testing.T) {
	output, err := start(t, program(t), t.TempDir(), "TITAN_ENVIRONMENTS=dev")
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	for _, word := range []string{
		"stack", "resources", "ms", "bootstrap.development.eu-west-1", "dev.global", "all, written",
	} {
		if !strings.Contains(output, word) {
			t.Errorf("the table lacks %q:\n%s", word, output)
		}
	}
	if strings.Contains(output, "staging") || strings.Contains(output, "end-of-life") {
		t.Errorf("too much is said:\n%s", output)
	}
}

func TestBadFileLeavesTheOutputAlone(t *testing.T) {
	binary := program(t)
	outdir := t.TempDir()
	if output, err := start(t, binary, outdir, "TITAN_ENVIRONMENTS=dev"); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	before := contents(t, outdir)

	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "dev.yaml"), []byte("tier: developmnt\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ env, want string }{
		"bad file": {"TITAN_ENVIRONMENTS_DIR=" + dir,
			`dev.yaml:1:1: tier is "developmnt", which is not allowed; did you mean "development"?`},
		"no file": {"TITAN_ENVIRONMENTS_DIR=" + t.TempDir(), "holds no environment file"},
		"no folder": {"TITAN_ENVIRONMENTS_DIR=" + filepath.Join(dir, "none"),
			"cannot be read: no such file or directory"},
		"unknown environment": {"TITAN_ENVIRONMENTS=stagging",
			`no environment "stagging" (from TITAN_ENVIRONMENTS); did you mean "staging"?`},
	} {
		t.Run(name, func(t *testing.T) {
			output, err := start(t, binary, outdir, c.env)
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != 1 {
				t.Errorf("ended with %v, want exit code 1", err)
			}
			if !strings.Contains(output, c.want) || strings.Contains(output, "goroutine") {
				t.Errorf("said\n%s\nwant %q", output, c.want)
			}
			after := contents(t, outdir)
			if len(after) != len(before) {
				t.Errorf("%d files in the output, %d before", len(after), len(before))
			}
			for file := range before {
				if !bytes.Equal(before[file], after[file]) {
					t.Errorf("%s was changed", file)
				}
			}
		})
	}
}

// contents are the files below a folder by their path in it.
func contents(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		files[name], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
