package starter

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

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
	for _, environment := range samples(t) {
		if !environment.Emulator {
			want["deploy.yml "+environment.Name] = assumes
		}
	}
	seen := 0
	for name, workflow := range parsed(t, committed(t, fixtures(t))) {
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
	for _, workflow := range parsed(t, committed(t, fixtures(t))) {
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
