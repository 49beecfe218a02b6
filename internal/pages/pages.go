// Package pages writes the pages of the documentation that are made of facts: a page and a picture of each environment,
// the reference of its file, the modules, and where each resource of the owner's document is.
package pages

import (
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/stacks/order"
)

//go:embed *.md.tmpl
var templates embed.FS

// Input is what pages are made of.
type Input struct {
	Root         string // of the repository, whose modules are read
	Environments []environments.Environment
	Synthesized  func(stack string) ([]byte, error)
}

// Pages are the pages, by their file from the root. An emulated environment has none, since it is another one's copy,
// and neither has one whose zone waits for its delegation, since it has no stack yet.
func Pages(in Input) (map[string][]byte, error) {
	found := map[string][]byte{}
	for _, environment := range in.Environments {
		if environment.Emulator || !environment.DNS.Delegated {
			continue
		}
		if err := in.environment(environment, found); err != nil {
			return nil, fmt.Errorf("writing the page of %s: %w", environment.Name, err)
		}
	}
	write := map[string]func() ([]byte, error){"docs/settings.md": settingsPage}
	if _, err := os.Stat(filepath.Join(in.Root, "modules")); err == nil { // Titan's own repository, and no adopter's
		write["docs/modules.md"], write["docs/document.md"] = in.modulesPage, in.documentPage
		if err := in.dashboardPictures(found); err != nil {
			return nil, fmt.Errorf("drawing the dashboards: %w", err)
		}
	}
	for file, write := range write {
		text, err := write()
		if err != nil {
			return nil, fmt.Errorf("writing %s: %w", file, err)
		}
		found[file] = text
	}
	return found, nil
}

// graphOf reads all stacks of some environments' accounts.
func (in Input) graphOf(some ...environments.Environment) (*graph.Graph, []graph.Stack, error) {
	accounts := map[string]bool{}
	for _, environment := range some {
		accounts[environment.Account.ID] = true
	}
	var texts []graph.Stack
	for _, stack := range order.All(in.Environments) {
		for _, environment := range in.Environments {
			if environment.Name != stack.Environment || !accounts[environment.Account.ID] {
				continue
			}
			text, err := in.Synthesized(stack.Name)
			if err != nil {
				return nil, nil, fmt.Errorf("reading a synthesized stack: %w", err)
			}
			texts = append(texts, graph.Stack{Name: stack.Name, JSON: text})
		}
	}
	g, err := graph.Read(texts...)
	return g, texts, err
}

// render fills a template.
func render(name string, data any) ([]byte, error) {
	functions := template.FuncMap{"cell": cell, "join": strings.Join, "below": below}
	parsed, err := template.New(name).Funcs(functions).ParseFS(templates, name)
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	if err := parsed.Execute(&text, data); err != nil {
		return nil, err
	}
	return []byte(text.String()), nil
}

// cell is a text in a cell of a Markdown table.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;", ">", "&gt;").Replace(strings.TrimSpace(text))
}

// below is a file's path below docs/, from which the pages of environments link.
func below(file string) string { return strings.TrimPrefix(file, "docs/") }
