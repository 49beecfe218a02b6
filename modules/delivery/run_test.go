package delivery

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const (
	commit    = "c0ffee0000000000000000000000000000000000"
	ownImages = "111111111111.dkr.ecr.eu-west-1.amazonaws.com/titan-dev/birthday-app"
)

var (
	digestA = "sha256:" + strings.Repeat("a", 64)
	digestB = "sha256:" + strings.Repeat("b", 64)
)

// machine is where a build runs: tools that stand in for the real ones, and what they know.
type machine struct {
	t                 *testing.T
	state, home, work string
	variables         map[string]string
}

func newMachine(t *testing.T, variables map[string]string) *machine {
	t.Helper()
	dir := t.TempDir()
	m := &machine{
		t:     t,
		state: filepath.Join(dir, "state"),
		home:  filepath.Join(dir, "home"),
		work:  filepath.Join(dir, "work"),
		variables: map[string]string{
			"REGISTRY":        "111111111111.dkr.ecr.eu-west-1.amazonaws.com",
			"REPOSITORY":      ownImages,
			"REPOSITORY_NAME": "titan-dev/birthday-app",
			"WAIT_SECONDS":    "0",
			"POLL_SECONDS":    "1",
		},
	}
	for key, value := range variables {
		m.variables[key] = value
	}
	for _, folder := range []string{m.state, m.home, m.work, filepath.Join(dir, "bin")} {
		must(t, os.Mkdir(folder, 0o700))
	}
	standIn, err := filepath.Abs("testdata/standin.sh")
	must(t, err)
	for _, name := range []string{"aws", "docker", "helm", "trivy", "curl", "tar", "sleep"} {
		must(t, os.Symlink(standIn, filepath.Join(dir, "bin", name)))
	}
	m.variables["PATH"] = filepath.Join(dir, "bin") + ":" + os.Getenv("PATH")
	return m
}

// knows puts an image into a registry: this account's, or that of a profile.
func (m *machine) knows(profile, repository, tag, digest string) {
	folder := filepath.Join(m.state, "images", profile, repository)
	must(m.t, os.MkdirAll(folder, 0o700))
	for _, id := range []string{"imageTag=" + tag, "imageDigest=" + digest} {
		must(m.t, os.WriteFile(filepath.Join(folder, id), []byte(digest+"\n"), 0o600))
	}
	must(m.t, os.WriteFile(filepath.Join(folder, "imageDigest="+digest+".tags"), []byte(tag+"\n"), 0o600))
}

func (m *machine) write(name, text string) {
	m.t.Helper()
	must(m.t, os.WriteFile(filepath.Join(m.state, name), []byte(text+"\n"), 0o600))
}

func (m *machine) read(name string) string {
	m.t.Helper()
	text, err := os.ReadFile(filepath.Join(m.state, name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		m.t.Fatal(err)
	}
	return strings.TrimSpace(string(text))
}

// run runs a build as CodeBuild does: every command in one shell, until one fails. It returns the calls of the tools,
// what was said, and the variable that was exported.
func (m *machine) run(text string, more ...string) (calls []string, output string, err error) {
	m.t.Helper()
	_ = os.Remove(filepath.Join(m.state, "calls")) // of the run before
	script := "cd \"$WORK\"\n"
	for _, command := range parseSpecification(m.t, text).commands() {
		script += command + "\ncode=$?; if [ $code -ne 0 ]; then exit $code; fi\n"
	}
	script += `if [ -n "$IMAGE_DIGEST" ]; then echo "$IMAGE_DIGEST" >"$STATE/exported"; fi` + "\n"
	build := exec.CommandContext(m.t.Context(), "bash", "-c", script)
	build.Env = append([]string{"STATE=" + m.state, "HOME=" + m.home, "WORK=" + m.work, "REAL_PATH=" + os.Getenv("PATH")},
		more...)
	for key, value := range m.variables {
		build.Env = append(build.Env, key+"="+value)
	}
	said, err := build.CombinedOutput()
	if recorded := m.read("calls"); recorded != "" {
		calls = strings.Split(recorded, "\n")
	}
	return calls, string(said), err
}

// succeed runs a build that must succeed.
func (m *machine) succeed(text string) []string {
	m.t.Helper()
	calls, output, err := m.run(text)
	if err != nil {
		m.t.Fatalf("%v\n%s\n%s", err, output, strings.Join(calls, "\n"))
	}
	return calls
}

// fail runs a build that must fail, and say why.
func (m *machine) fail(text, why string) []string {
	m.t.Helper()
	calls, output, err := m.run(text)
	if err == nil || !strings.Contains(output, why) {
		m.t.Errorf("ended with %v, want a failure that says %q:\n%s\n%s", err, why, output, strings.Join(calls, "\n"))
	}
	return calls
}

// checksum is that of what the stand-in of curl downloads.
func checksum() string {
	sum := sha256.Sum256([]byte("a tool"))
	return hex.EncodeToString(sum[:])
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// which are the calls that begin so.
func which(calls []string, prefix string) []string {
	return slices.DeleteFunc(slices.Clone(calls), func(call string) bool { return !strings.HasPrefix(call, prefix) })
}

// everyFailureFails runs a build once for each call that it makes, and has that call fail: so must the build. spared
// are calls whose failure the build knows how to take.
func everyFailureFails(t *testing.T, fresh func(t *testing.T) *machine, text string, spared *regexp.Regexp) {
	t.Helper()
	calls := fresh(t).succeed(text)
	times := map[string]int{}
	for _, call := range calls {
		times[call]++
		if spared != nil && spared.MatchString(call) {
			continue
		}
		again, output, err := fresh(t).run(text, "FAIL="+call, fmt.Sprintf("FAIL_TIME=%d", times[call]))
		if err == nil {
			t.Errorf("succeeds although this fails: %s\n%s\n%s", call, output, strings.Join(again, "\n"))
		}
	}
}
