package starter

import (
	"bytes"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/titan-platform/titan/environments"
)

// own are the environments of this repository.
func own(t *testing.T) []environments.Environment {
	t.Helper()
	all, err := environments.Load(filepath.Join(root(t), "environments"), "")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// This repository is the starter's first user.
func TestTheRepositorysOwnWorkflowsAreTheStarters(t *testing.T) {
	workflows, err := Workflows(own(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range workflows {
		file := filepath.Join(root(t), name)
		if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the environments say (%v); `make workflows` writes it anew", name, err)
		}
	}
}

// workflow is what of a workflow, or of an action, is looked at.
type workflow struct {
	Permissions map[string]string
	Env         map[string]string
	Defaults    struct{ Run struct{ Shell string } }
	Jobs        map[string]*job
	Runs        struct{ Steps []step }
}

type job struct {
	Uses        string
	Permissions map[string]string
	Concurrency any
	Environment string
	Timeout     int `yaml:"timeout-minutes"`
	Strategy    struct {
		Matrix struct{ Include []map[string]string }
	}
	With  map[string]string
	Env   map[string]string
	Steps []step
}

type step struct {
	Name, Uses, Run, If string
	With, Env           map[string]string
}

// parsed are workflows and actions, by their paths.
func parsed(t *testing.T, files map[string][]byte) map[string]workflow {
	t.Helper()
	all := map[string]workflow{}
	for name, text := range files {
		var one workflow
		if err := yaml.Unmarshal(text, &one); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name] = one
	}
	return all
}

// committed are the workflows and actions of a folder.
func committed(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	for _, pattern := range []string{"workflows/*.yml", "actions/*/action.yml"} {
		names, err := filepath.Glob(filepath.Join(folder, GitHubDir, pattern))
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v, %v", pattern, names, err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			relative, err := filepath.Rel(filepath.Join(folder, GitHubDir), name)
			if err != nil {
				t.Fatal(err)
			}
			found[filepath.ToSlash(relative)] = text
		}
	}
	return found
}

// pinned is an action of a commit, with its version for a reader and for whoever updates it.
var pinned = regexp.MustCompile(`uses: [a-z-]+/[a-z-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+$`)

// A tag of an action can be moved to other code; a commit can't.
func TestActionsArePinnedByCommit(t *testing.T) {
	versions := map[string]string{}
	for _, folder := range []string{root(t), written(t, acme())} {
		for name, text := range committed(t, folder) {
			for line := range strings.Lines(string(text)) {
				line = strings.TrimSpace(line)
				at := strings.Index(line, "uses: ")
				if at < 0 || strings.Contains(line, "uses: ./") {
					continue
				}
				if !pinned.MatchString(line) {
					t.Errorf("%s: %q is not pinned by a commit, or lacks its version", name, line)
				}
				action, commit, _ := strings.Cut(line[at:], "@")
				if known := versions[action]; known != "" && known != commit {
					t.Errorf("%s: %s is %s here and %s elsewhere", name, action, commit, known)
				}
				versions[action] = commit
			}
		}
	}
	if len(versions) < 6 {
		t.Errorf("only %v", versions)
	}
}

// A job has what it needs and no more: who gets a token for AWS writes nothing on GitHub, and who writes has no token.
func TestJobsHaveTheLeastPermissions(t *testing.T) {
	reads := map[string]string{"contents": "read"}
	assumes := map[string]string{"contents": "read", "id-token": "write"}
	want := map[string]map[string]string{
		"ci.yml ci":                    reads,
		"review.yml review":            assumes,
		"review.yml comment":           {"pull-requests": "write"},
		"drift.yml plan":               assumes,
		"drift.yml issue":              {"issues": "write"},
		"deploy-environment.yml plan":  assumes,
		"deploy-environment.yml apply": assumes,
	}
	for _, environment := range own(t) {
		if !environment.Emulator {
			want["deploy.yml "+environment.Name] = assumes
		}
	}
	seen := 0
	for name, workflow := range parsed(t, committed(t, root(t))) {
		for id, job := range workflow.Jobs {
			seen++
			permissions := job.Permissions
			if permissions == nil {
				permissions = workflow.Permissions
			}
			key := path.Base(name) + " " + id
			if expected, ok := want[key]; !ok || !equal(permissions, expected) {
				t.Errorf("%s has %v, want %v", key, permissions, expected)
			}
			if job.Uses == "" && job.Timeout == 0 {
				t.Errorf("%s has no timeout", key)
			}
			if job.Concurrency == nil && name != "workflows/ci.yml" && !strings.Contains(name, "deploy-environment") {
				t.Errorf("%s has no concurrency group", key) // a called workflow is in its caller's
			}
		}
	}
	if seen != len(want) {
		t.Errorf("%d jobs, want %d", seen, len(want))
	}
}

func equal(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for key, value := range a {
		if b[key] != value {
			return false
		}
	}
	return true
}

// Artifacts are read by everybody who reads the repository: nothing but what a review has printed goes there.
func TestNoPlanBecomesAnArtifact(t *testing.T) {
	var paths []string
	for _, workflow := range parsed(t, committed(t, root(t))) {
		for _, job := range workflow.Jobs {
			for _, step := range job.Steps {
				if strings.HasPrefix(step.Uses, "actions/upload-artifact@") {
					paths = append(paths, step.With["path"])
				}
			}
		}
	}
	slices.Sort(paths)
	if want := []string{"drift/drift.md", "review/review.md"}; !slices.Equal(paths, want) {
		t.Errorf("uploaded: %v, want %v", paths, want)
	}
}

// The platform of a cluster without a public endpoint is left out and said to be; on pull requests every platform is,
// because its plan reads the cluster's Secrets.
func TestPlatformsAreLeftOutWhereTheyCantBePlanned(t *testing.T) {
	files := parsed(t, committed(t, root(t)))
	reviewed := map[string]map[string]string{}
	for _, row := range files["workflows/review.yml"].Jobs["review"].Strategy.Matrix.Include {
		reviewed[row["environment"]] = row
	}
	for name, want := range map[string]struct{ reviewed, deployed, says string }{
		"dev":  {"dev,dev.global", "dev,dev.global,dev.platform", ""},
		"prod": {"prod.second,prod,prod.global", "prod.second,prod,prod.global", "Start the pipeline titan-prod-deployer."},
	} {
		deployed := files["workflows/deploy.yml"].Jobs[name].With
		if got := reviewed[name]["stacks"]; got != want.reviewed {
			t.Errorf("%s: %s is reviewed, want %s", name, got, want.reviewed)
		}
		if says := reviewed[name]["left_out"]; !strings.HasPrefix(says, name+".platform: ") {
			t.Errorf("%s: a review says of the platform %q", name, says)
		}
		if got := deployed["stacks"]; got != want.deployed {
			t.Errorf("%s: %s is deployed, want %s", name, got, want.deployed)
		}
		if says := deployed["left_out"]; !strings.HasSuffix(says, want.says) || (says == "") != (want.says == "") {
			t.Errorf("%s: a deployment says of the platform %q", name, says)
		}
	}
}

func TestActionlintFindsNothing(t *testing.T) {
	lint := program(t, "actionlint")
	for name, folder := range map[string]string{"this repository's": root(t), "a new one's": written(t, acme())} {
		if output, err := lintIn(t, lint, folder); err != nil {
			t.Errorf("%s: %v\n%s", name, err, output)
		}
	}

	planted := written(t, acme())
	file := filepath.Join(planted, GitHubDir, "workflows", "review.yml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.ReplaceAll(text, []byte("matrix.stacks"), []byte("matrix.stack"))
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if output, err := lintIn(t, lint, planted); err == nil || !strings.Contains(string(output), `property "stack" is not defined`) {
		t.Errorf("a mistake is not found: %v\n%s", err, output)
	}
}

// lintIn lints without shellcheck and pyflakes, which a machine may have or not. A folder is a repository to actionlint,
// whose local actions it looks at, where it has a .git.
func lintIn(t *testing.T, lint, folder string) ([]byte, error) {
	t.Helper()
	workflows, err := filepath.Glob(filepath.Join(folder, GitHubDir, "workflows", "*.yml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(folder, ".git"), 0o700); err != nil && !os.IsExist(err) {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), lint, append([]string{"-shellcheck=", "-pyflakes=", "-no-color"}, workflows...)...)
	command.Dir = folder
	return command.CombinedOutput()
}
