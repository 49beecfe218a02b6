package starter

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

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

// The platform of a cluster without a public endpoint is left out and said to be; on pull requests every platform is,
// because its plan reads the cluster's Secrets.
func TestPlatformsAreLeftOutWhereTheyCantBePlanned(t *testing.T) {
	files := parsed(t, committed(t, fixtures(t)))
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

// fixtures is a repository of the fixtures' environments, which the tests know by name: its workflows, beside this
// repository's own that tests every change.
func fixtures(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(filepath.Join(folder, GitHubDir), os.DirFS(filepath.Join(root(t), GitHubDir))); err != nil {
		t.Fatal(err)
	}
	workflows, err := Workflows(samples(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range workflows {
		if err := put(filepath.Join(folder, name), text); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// samples are the fixtures' environments.
func samples(t *testing.T) []environments.Environment {
	t.Helper()
	all, err := environments.Load(filepath.Join(root(t), "tests", "fixtures", "platform"), "")
	if err != nil {
		t.Fatal(err)
	}
	return all
}
