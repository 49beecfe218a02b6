package deployer

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// specification is what of a build specification is looked at.
type specification struct {
	Env struct {
		ExportedVariables []string `yaml:"exported-variables"`
	}
	Phases    map[string]struct{ Commands []string }
	Artifacts struct{ Files []string }
}

func parse(t *testing.T, text string) specification {
	t.Helper()
	var spec specification
	if err := yaml.Unmarshal([]byte(text), &spec); err != nil {
		t.Fatal(err)
	}
	return spec
}

// standIn is every program that a build calls: it records the call, and fails the one that it is told to. As titan it
// makes plans.
const standIn = `#!/bin/bash
echo "$(basename "$0") $*" >>"$STATE/calls"
if [[ "$(basename "$0") $*" == "$FAIL" ]]; then exit 1; fi
case "$*" in
*--out*)
	mkdir -p plans/stacks/prod.platform/.terraform/providers
	echo plan >plans/prod.platform.tfplan
	echo lock >plans/stacks/prod.platform/.terraform.lock.hcl
	echo provider >plans/stacks/prod.platform/.terraform/providers/aws
	echo "prod.platform: 1 to add, 0 to change, 0 to destroy" >plans/summary.txt
	;;
esac
`

// machine is where builds run, with stand-ins of all programs but tar and chmod.
type machine struct{ bin, state string }

func newMachine(t *testing.T) machine {
	t.Helper()
	m := machine{bin: t.TempDir(), state: t.TempDir()}
	for _, program := range []string{"yum", "yum-config-manager", "make", "go"} {
		if err := os.WriteFile(filepath.Join(m.bin, program), []byte(standIn), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

// run runs a build in a fresh copy of the source, as CodeBuild does: every command in one shell, until one fails.
func (m machine) run(t *testing.T, text string, variables ...string) (work, exported string, err error) {
	t.Helper()
	work = t.TempDir()
	if err := os.MkdirAll(filepath.Join(work, "scripts"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(work, "scripts", "setup.sh"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	spec := parse(t, text)
	var script strings.Builder
	for _, phase := range []string{"install", "build"} {
		for _, command := range spec.Phases[phase].Commands {
			script.WriteString(command + "\ncode=$?; if [ $code -ne 0 ]; then exit $code; fi\n")
		}
	}
	for _, name := range spec.Env.ExportedVariables {
		script.WriteString(`echo "` + name + `=$` + name + `" >>"$STATE/exported"` + "\n")
	}
	build := exec.CommandContext(t.Context(), "bash", "-c", script.String())
	build.Dir = work
	build.Env = append([]string{"PATH=" + m.bin + ":" + os.Getenv("PATH"), "STATE=" + m.state, "STACK=prod.platform",
		"TERRAFORM_VERSION=1.2.3",
		"CODEBUILD_BUILD_URL=https://build/1"}, variables...)
	output, err := build.CombinedOutput()
	t.Logf("%s", output)
	said, _ := os.ReadFile(filepath.Join(m.state, "exported")) // a build that failed has exported nothing
	return work, string(said), err
}

func (m machine) calls(t *testing.T) []string {
	t.Helper()
	recorded, err := os.ReadFile(filepath.Join(m.state, "calls"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(recorded)), "\n")
}

// What is approved is applied: the plan goes from one build to the other as it is, with the lock file, and without
// the providers.
func TestWhatWasPlannedIsApplied(t *testing.T) {
	m := newMachine(t)
	planned, exported, err := m.run(t, planSpec)
	if err != nil {
		t.Fatal(err)
	}
	if want := "CHANGES=prod.platform: 1 to add, 0 to change, 0 to destroy\nBUILD=https://build/1\n"; exported != want {
		t.Errorf("an approver sees %q, want %q", exported, want)
	}
	applied, _, err := m.run(t, applySpec, "CODEBUILD_SRC_DIR_"+plans+"="+planned)
	if err != nil {
		t.Fatal(err)
	}
	calls := m.calls(t)
	if last, want := calls[len(calls)-1], "go tool titan deploy prod.platform --plans plans --yes"; last != want {
		t.Errorf("at last %q, want %q", last, want)
	}
	if !slices.Contains(calls, "go tool titan review prod.platform") {
		t.Errorf("the plan was not reviewed: %q", calls)
	}
	for path, want := range map[string]bool{
		"plans/prod.platform.tfplan":                     true,
		"plans/stacks/prod.platform/.terraform.lock.hcl": true,
		"plans/stacks/prod.platform/.terraform":          false,
	} {
		if _, err := os.Stat(filepath.Join(applied, path)); (err == nil) != want {
			t.Errorf("%s is there: %v, want %v", path, err == nil, want)
		}
	}
	if files := parse(t, planSpec).Artifacts.Files; len(files) != 1 || files[0] != "plans.tgz" {
		t.Errorf("the artifact is %v", files)
	}
}

// What is acknowledged is a variable of the pipeline, which both builds get: the review before the approval and the one
// before the apply are held to the same.
func TestWhatIsAcknowledged(t *testing.T) {
	for value, want := range map[string]string{
		"":                                       "",
		"none":                                   "",
		"data-loss=helm_release.app":             " --allow data-loss=helm_release.app",
		"data-loss=helm_release.a outage=x.y[*]": " --allow data-loss=helm_release.a --allow outage=x.y[*]",
	} {
		m := newMachine(t)
		planned, _, err := m.run(t, planSpec, allow+"="+value)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := m.run(t, applySpec, allow+"="+value, "CODEBUILD_SRC_DIR_"+plans+"="+planned); err != nil {
			t.Fatal(err)
		}
		for _, call := range []string{
			"go tool titan review prod.platform" + want, "go tool titan deploy prod.platform --plans plans --yes" + want,
		} {
			if calls := m.calls(t); !slices.Contains(calls, call) {
				t.Errorf("%q: %q is not among %q", value, call, calls)
			}
		}
	}
}

// Definitions come before the charts that need them, of the plan that was approved.
func TestDefinitionsComeBeforeCharts(t *testing.T) {
	m := newMachine(t)
	planned, _, err := m.run(t, planSpec)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := m.run(t, applySpec, "CODEBUILD_SRC_DIR_"+plans+"="+planned); err != nil {
		t.Fatal(err)
	}
	calls := m.calls(t)
	definitions := slices.Index(calls, "go tool titan crds prod --plans plans")
	if charts := slices.Index(calls, "go tool titan deploy prod.platform --plans plans --yes"); definitions < 0 ||
		definitions > charts {
		t.Errorf("%q", calls)
	}
}

// A run that mends does that in a build of its own, before there is a plan.
func TestAReleaseIsMendedAndNothingElseIsDone(t *testing.T) {
	m := newMachine(t)
	if _, _, err := m.run(t, applySpec, mend+"=traefik"); err != nil {
		t.Fatal(err)
	}
	var titan []string
	for _, call := range m.calls(t) {
		if strings.Contains(call, "titan") {
			titan = append(titan, call)
		}
	}
	if want := []string{"go tool titan release prod traefik --mend"}; !slices.Equal(titan, want) {
		t.Errorf("%q, want %q", titan, want)
	}
	if _, _, err := newMachine(t).run(t, applySpec, mend+"=traefik", "FAIL="+titan[0]); err == nil {
		t.Error("it succeeds although the release was not mended")
	}
}

func TestACallThatFailsFailsTheBuild(t *testing.T) {
	for name, spec := range map[string]string{"plan": planSpec, "apply": applySpec} {
		whole := newMachine(t)
		planned, _, err := whole.run(t, planSpec)
		if err != nil {
			t.Fatal(err)
		}
		m := newMachine(t)
		if _, _, err := m.run(t, spec, "CODEBUILD_SRC_DIR_"+plans+"="+planned); err != nil {
			t.Fatal(err)
		}
		for _, call := range m.calls(t) {
			if _, _, err := newMachine(t).run(t, spec, "CODEBUILD_SRC_DIR_"+plans+"="+planned, "FAIL="+call); err == nil {
				t.Errorf("%s succeeds although this fails: %s", name, call)
			}
		}
		if _, _, err := newMachine(t).run(t, applySpec, "CODEBUILD_SRC_DIR_"+plans+"="+t.TempDir()); err == nil {
			t.Error("it applies without plans")
		}
	}
}
