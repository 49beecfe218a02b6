package platformstack

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// golden is an environment with its two stacks as they are synthesized, in a folder with a folder a stack.
func golden(t *testing.T, name string) (stacks string, e environments.Environment) {
	t.Helper()
	all, err := environments.Load("../../tests/fixtures/platform", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, e = range all {
		if e.Name == name {
			break
		}
	}
	stacks = t.TempDir()
	for _, stack := range []string{name, name + ".platform"} {
		content, err := os.ReadFile("../../tests/golden/" + stack + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(stacks, stack), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(stacks, stack, "cdk.tf.json"), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return stacks, e
}

func TestAPlatformIsEvaluated(t *testing.T) {
	stacks, prod := golden(t, "prod")
	stack, err := Evaluate(t.Context(), stacks, prod, "")
	if err != nil {
		t.Fatal(err)
	}
	releases, err := stack.Releases()
	if err != nil {
		t.Fatal(err)
	}
	last := releases[len(releases)-1]
	if last.Name != "birthday-app" || !last.Ours() || !strings.HasPrefix(last.Chart, stack.Dir) {
		t.Errorf("the last release is %s of chart %q", last.Name, last.Chart)
	}
	for _, want := range []struct {
		path []string
		want any
	}{
		{[]string{"image", "digest"}, "sha256:ec73780a8425f59ea49f5bc8cdff0d598805a224fbaa1f86c67a244f250fa9da"},
		{[]string{"database", "writerHost"}, "birthday-db-prod.cluster.abcdefghijkl.eu-west-1.rds.amazonaws.com"},
		{[]string{"database", "bootstrap", "roleArn"}, "arn:aws:iam::333333333333:role/titan-prod-database-bootstrap"},
	} {
		if got := at(last.Values, want.path...); got != want.want {
			t.Errorf("%v is %v, want %v", want.path, got, want.want)
		}
	}
	manifests, err := stack.Manifests()
	if err != nil {
		t.Fatal(err)
	}
	if len(manifests) < 30 || manifests[0]["kind"] != "Namespace" {
		t.Errorf("%d manifests, the first a %v", len(manifests), manifests[0]["kind"])
	}

	stack, err = Evaluate(t.Context(), stacks, prod, "example.com/app@sha256:1")
	if err != nil {
		t.Fatal(err)
	}
	if releases, err = stack.Releases(); err != nil {
		t.Fatal(err)
	}
	if got := at(releases[len(releases)-1].Values, "image", "repository"); got != "example.com/app" {
		t.Errorf("the image is %v", got)
	}
}

// An output that <env> no longer has is Terraform's error, and a sample of none is ours.
func TestOutputsThatAreNotThereAreErrors(t *testing.T) {
	for removed, want := range map[string]string{
		"database_bootstrap_role_arn": `does not have an attribute named "database_bootstrap_role_arn"`,
		"vpc_id":                      `a sample of "vpc_id", which is no output of prod`,
	} {
		stacks, prod := golden(t, "prod")
		environment, err := Read(stacks, "prod")
		if err != nil {
			t.Fatal(err)
		}
		outputs := environment["output"].(Object)
		if outputs[removed] == nil {
			t.Fatalf("prod has no output %s: take another", removed)
		}
		delete(outputs, removed)
		text, err := json.Marshal(environment)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(stacks, "prod", "cdk.tf.json"), text, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Evaluate(t.Context(), stacks, prod, ""); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("without %s: %v, want %s", removed, err, want)
		}
	}
}
