// Package starter writes a repository that uses Titan: environments, accounts, the page of Go that synthesizes them,
// their test, and what builds and checks it all.
package starter

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"golang.org/x/mod/module"

	"github.com/titan-platform/titan/charts"
	"github.com/titan-platform/titan/environments"
)

//go:embed all:files
var files embed.FS

// Repository is what a new repository is about.
type Repository struct {
	Module       string // Go module path: github.com/acme/platform
	Project      string // begins every name in AWS: acme
	Organization string // whom it belongs to, a tag
	Repository   string // on GitHub: acme/platform
	Account      string // 12 digits
	Region       environments.Region
	Second       environments.Region // of production's copies
	Zone         string              // DNS zone; of production as it is, of the others a part below it
	Email        string              // where alarms go
	Environments []string
	// Kubernetes is the minor version of the clusters.
	Kubernetes string
	ProjectID  string // CDKTF's own
	Package    string // package.json of the cdktf CLI
}

// First is the environment to begin with.
func (r Repository) First() string { return r.Environments[0] }

// chart is the folder of the application's chart.
const chart = "birthday-app"

// Kinds are the environments that there is a sample of, in the order in which one begins with them.
var Kinds = []string{"dev", "staging", "prod"}

// targets are where the files go, by their templates.
var targets = map[string]string{
	"main.go.tmpl":          "main.go",
	"platform_test.go.tmpl": "platform_test.go",
	"cdktf.json.tmpl":       "cdktf.json",
	"package.json.tmpl":     "package.json",
	"gitignore.tmpl":        ".gitignore",
	"Makefile.tmpl":         "Makefile",
	"README.md.tmpl":        "README.md",

	"environments/local.yaml.tmpl":             "environments/local.yaml",
	"environments/accounts/main.yaml.tmpl":     "environments/accounts/main.yaml",
	"environments/accounts/emulated.yaml.tmpl": "environments/accounts/emulated.yaml",
}

// Write writes the repository into a folder that is empty or not there, with what comes from Titan's own source:
// go.mod, go.sum and the cdktf CLI's lock file. It is written aside and judged by the loader first; where anything is
// wrong, nothing is written.
func (r Repository) Write(folder string, source Source) error {
	if err := r.validate(); err != nil {
		return err
	}
	if err := mustBeEmpty(folder); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil {
		return fmt.Errorf("making the folder's parent: %w", err)
	}
	stage, err := os.MkdirTemp(filepath.Dir(folder), ".titan-init-")
	if err != nil {
		return fmt.Errorf("making a folder to write in: %w", err)
	}
	defer func() { _ = os.RemoveAll(stage) }()
	if err := r.writeAll(stage, source); err != nil {
		return err
	}
	all, err := environments.Load(filepath.Join(stage, "environments"), "")
	if err != nil {
		return fmt.Errorf("the environments would not be valid:\n%w", err)
	}
	if err := writeWorkflows(stage, all); err != nil {
		return err
	}
	if err := os.Chmod(stage, 0o755); err != nil {
		return fmt.Errorf("opening the folder to others: %w", err)
	}
	if err := os.Remove(folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("replacing the empty folder: %w", err)
	}
	if err := os.Rename(stage, folder); err != nil {
		return fmt.Errorf("moving the repository into place: %w", err)
	}
	return nil
}

// validate is what the loader does not see.
func (r Repository) validate() error {
	if len(r.Environments) == 0 {
		return fmt.Errorf("no environment is asked for; allowed: %s", strings.Join(Kinds, ", "))
	}
	for _, name := range r.Environments {
		if !slices.Contains(Kinds, name) {
			return fmt.Errorf(
				"there is no sample of environment %q; allowed: %s. Add others by hand later: a file is all it takes",
				name, strings.Join(Kinds, ", "))
		}
	}
	if err := module.CheckPath(r.Module); err != nil {
		return fmt.Errorf("module %q: %w; write a path such as github.com/acme/platform", r.Module, err)
	}
	if owner, name, ok := strings.Cut(r.Repository, "/"); !ok || owner == "" || name == "" || strings.Contains(name, "/") {
		return fmt.Errorf("the repository is %q; write OWNER/NAME, as GitHub has it", r.Repository)
	}
	return nil
}

func mustBeEmpty(folder string) error {
	entries, err := os.ReadDir(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("looking into %q: %w", folder, err)
	case len(entries) > 0:
		return fmt.Errorf("%q is not empty: it holds %s; name a new folder", folder, entries[0].Name())
	}
	return nil
}

func (r Repository) writeAll(folder string, source Source) error {
	packages, err := source.file("package.json")
	if err != nil {
		return err
	}
	r.Package = strings.TrimSpace(string(packages))
	written := map[string]string{}
	for template, target := range targets {
		written[template] = target
	}
	for _, name := range r.Environments {
		written["environments/"+name+".yaml.tmpl"] = "environments/" + name + ".yaml"
	}
	for template, target := range written {
		text, err := r.render(template)
		if err != nil {
			return err
		}
		if err := put(filepath.Join(folder, target), text); err != nil {
			return err
		}
	}
	// The application's chart is the new repository's own: its pipeline publishes it from there.
	files, err := fs.Sub(charts.Files, chart)
	if err != nil {
		return fmt.Errorf("reading the chart: %w", err)
	}
	if err := os.CopyFS(filepath.Join(folder, "charts", chart), files); err != nil {
		return fmt.Errorf("writing the chart: %w", err)
	}
	return source.write(folder, r.Module)
}

func (r Repository) render(name string) ([]byte, error) {
	text, err := files.ReadFile("files/" + name)
	if err != nil {
		return nil, fmt.Errorf("reading the template: %w", err)
	}
	parsed, err := template.New(name).Option("missingkey=error").Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("parsing template %q: %w", name, err)
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, r); err != nil {
		return nil, fmt.Errorf("filling template %q: %w", name, err)
	}
	return out.Bytes(), nil
}

func put(file string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return fmt.Errorf("making the folder of %q: %w", file, err)
	}
	if err := os.WriteFile(file, content, 0o644); err != nil {
		return fmt.Errorf("writing %q: %w", file, err)
	}
	return nil
}
