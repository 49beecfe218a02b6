package starter

import (
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/titan-platform/titan/environments"
)

// acme is another organization than the samples', in another region.
func acme() Repository {
	return Repository{
		Module: "github.com/acme/platform", Project: "acme", Organization: "acme", Repository: "acme/platform",
		Account: "427389105566", Region: "us-east-1", Second: "us-west-2", Zone: "acme.org", Email: "oncall@acme.org",
		Environments: []string{"dev", "staging", "prod"}, Kubernetes: "1.35", ProjectID: "one",
	}
}

// written is a repository in a folder of the test's own.
func written(t *testing.T, r Repository) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "platform")
	if err := r.Write(folder, Source{Folder: root(t)}); err != nil {
		t.Fatal(err)
	}
	return folder
}

func root(t *testing.T) string {
	t.Helper()
	folder, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestARepositoryIsWhole(t *testing.T) {
	folder := written(t, acme())
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		filled := strings.Contains(path, "/charts/") || !strings.Contains(string(content), "{{.")
		if !filled || strings.Contains(string(content), "<no value>") {
			t.Errorf("%s is not filled in", path)
		}
		switch filepath.Ext(path) {
		case ".go":
			if formatted, err := format.Source(content); err != nil || string(formatted) != string(content) {
				t.Errorf("%s is not formatted: %v", path, err)
			}
		case ".yml":
			var any map[string]any
			if err := yaml.Unmarshal(content, &any); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"main.go", "go.mod", "go.sum", "cdktf.json", "package.json", "package-lock.json", "Makefile", ".gitignore",
		".github/workflows/ci.yml", "environments/schema.json", "environments/accounts/schema.json", "environments/prod.yaml",
	} {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			t.Error(err)
		}
	}
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(folder), ".titan-init-*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// What is written is the adopter's: no placeholder of the samples is left to be found at the first deployment.
func TestTheEnvironmentsHaveNoPlaceholder(t *testing.T) {
	all, err := environments.Load(filepath.Join(written(t, acme()), "environments"), "")
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 4 {
		t.Errorf("%d environments, want local and three", len(all))
	}
	for _, environment := range all {
		if found := environment.Placeholders(); len(found) > 0 && !environment.Emulator {
			t.Errorf("%s: %v", environment.Name, found)
		}
		if environment.Project() != "acme" {
			t.Errorf("%s is of project %q", environment.Name, environment.Project())
		}
	}
}

func TestWhatCantBeIsRefusedAndNothingIsWritten(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Repository)
		want   string
	}{
		"an account that is none":   {func(r *Repository) { r.Account = "1234" }, "id is \"1234\""},
		"a project that is no name": {func(r *Repository) { r.Project = "Acme Inc" }, "project is \"Acme Inc\""},
		"an environment of no sample": {func(r *Repository) { r.Environments = []string{"qa"} },
			`there is no sample of environment "qa"; allowed: dev, staging, prod`},
		"no environment": {func(r *Repository) { r.Environments = nil }, "no environment is asked for"},
		"a repository without owner": {func(r *Repository) { r.Repository = "platform" },
			`the repository is "platform"; write OWNER/NAME`},
		"a module that is no path": {func(r *Repository) { r.Module = "a b" }, `module`},
	} {
		t.Run(name, func(t *testing.T) {
			r, parent := acme(), t.TempDir()
			c.change(&r)
			err := r.Write(filepath.Join(parent, "platform"), Source{Folder: root(t)})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if entries, _ := os.ReadDir(parent); len(entries) > 0 {
				t.Errorf("written: %v", entries)
			}
		})
	}
}

func TestAFolderWithSomethingInItIsLeftAlone(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "mine"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	err := acme().Write(folder, Source{Folder: root(t)})
	if err == nil || !strings.Contains(err.Error(), "is not empty: it holds mine") {
		t.Errorf("got %v", err)
	}
}

func TestAVersionIsRequiredWithItsHashes(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "platform")
	source := Source{Folder: root(t), Version: "v1.2.3", Sum: "h1:zip=", GoModSum: "h1:mod="}
	if err := acme().Write(folder, source); err != nil {
		t.Fatal(err)
	}
	goMod, _ := os.ReadFile(filepath.Join(folder, "go.mod"))
	goSum, _ := os.ReadFile(filepath.Join(folder, "go.sum"))
	for text, want := range map[string]string{
		string(goMod): "require " + titan + " v1.2.3",
		string(goSum): titan + " v1.2.3 h1:zip=\n" + titan + " v1.2.3/go.mod h1:mod=\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%.300s", want, text)
		}
	}
	if strings.Contains(string(goMod), "replace") {
		t.Error("a version is replaced")
	}
}
