package starter

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// machine runs the steps of a job as GitHub does, with stand-ins of the programs that they call.
type machine struct{ bin, state, work string }

// programs are those that the steps call, but for bash's own, tar's and what files are copied by.
var programs = []string{"go", "gh", "aws"}

func newMachine(t *testing.T) machine {
	t.Helper()
	m := machine{bin: t.TempDir(), state: t.TempDir(), work: t.TempDir()}
	standIn, err := filepath.Abs(filepath.Join("testdata", "standin.sh"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range programs {
		if err := os.Symlink(standIn, filepath.Join(m.bin, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(program(t, "gojq"), filepath.Join(m.bin, "jq")); err != nil {
		t.Fatal(err)
	}
	return m
}

// on is the machine of a later job: it has the calls and the bucket, and other files.
func (m machine) on(t *testing.T) machine {
	t.Helper()
	m.work = t.TempDir()
	return m
}

// put puts a file where the steps find it.
func (m machine) put(t *testing.T, name, text string) {
	t.Helper()
	if err := put(filepath.Join(m.work, name), []byte(text)); err != nil {
		t.Fatal(err)
	}
}

// read is a file that the steps have left, empty where there is none.
func read(t *testing.T, names ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(names...))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return string(text)
}

func (m machine) calls(t *testing.T) []string {
	t.Helper()
	text := strings.TrimSpace(read(t, m.state, "calls"))
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

func (m machine) summary(t *testing.T) string { t.Helper(); return read(t, m.state, "summary") }
func (m machine) output(t *testing.T) string  { t.Helper(); return read(t, m.state, "output") }

// run runs the commands of a job until a step fails. Each variable of a step that GitHub fills has to be given.
func (m machine) run(t *testing.T, name, id string, variables map[string]string) error {
	t.Helper()
	file := parsed(t, committed(t, fixtures(t)))["workflows/"+name+".yml"]
	if file.Jobs[id] == nil {
		t.Fatalf("%s has no job %s", name, id)
	}
	if file.Defaults.Run.Shell != "bash" {
		t.Fatalf("%s runs %q, which lets a pipe's first commands fail", name, file.Defaults.Run.Shell)
	}
	job, ran := file.Jobs[id], 0
	for _, step := range job.Steps {
		if step.Run == "" || !m.wanted(t, step.If) {
			continue
		}
		ran++
		environment := []string{
			"PATH=" + m.bin + ":" + os.Getenv("PATH"), "STATE=" + m.state, "LANG=C.UTF-8",
			"GITHUB_OUTPUT=" + filepath.Join(m.state, "output"), "GITHUB_STEP_SUMMARY=" + filepath.Join(m.state, "summary"),
			"GITHUB_REPOSITORY=acme/platform", "GITHUB_RUN_ID=7", "GITHUB_RUN_ATTEMPT=1",
		}
		for _, given := range []map[string]string{file.Env, job.Env, step.Env} {
			for key, value := range given {
				if _, ok := variables[key]; strings.Contains(value, "${{") && !ok {
					t.Fatalf("%s: %s: %q is not given %s", name, id, step.Name, key)
				}
				environment = append(environment, key+"="+value)
			}
		}
		for key, value := range variables {
			environment = append(environment, key+"="+value)
		}
		// As GitHub runs `shell: bash` (Workflow syntax for GitHub Actions, 'Exit codes and error action preference').
		shell := exec.CommandContext(t.Context(), "bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step.Run)
		shell.Dir, shell.Env = m.work, environment
		if output, err := shell.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", step.Name, err, output)
		}
	}
	if ran == 0 {
		t.Fatalf("%s: %s has no commands", name, id)
	}
	return nil
}

// wanted is whether a step's condition holds.
func (m machine) wanted(t *testing.T, condition string) bool {
	t.Helper()
	switch condition {
	case "":
		return true
	case "steps.plan.outputs.changes == 'true'":
		return strings.Contains(m.output(t), "changes=true\n")
	}
	t.Fatalf("the condition %q is not known here", condition)
	return false
}

// program is the path of a program of the module that pins those of the tests. The go command builds it once, in its
// cache, and prints where.
func program(t *testing.T, name string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", "tool", "-n", name)
	command.Dir = "programs"
	output, err := command.Output()
	if err != nil {
		t.Fatalf("building %s: %v", name, err)
	}
	return strings.TrimSpace(string(output))
}
