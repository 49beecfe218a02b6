package docs

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

const formsFolder = "../.github/ISSUE_TEMPLATE"

// form is an issue form (GitHub Docs, 'Syntax for issue forms' and 'Syntax for GitHub's form schema').
type form struct {
	Name        string   `yaml:"name"`
	Description string   `yaml:"description"`
	Labels      []string `yaml:"labels"`
	Body        []field  `yaml:"body"`
}

type field struct {
	Type       string `yaml:"type"`
	ID         string `yaml:"id"`
	Attributes struct {
		Label       string `yaml:"label"`
		Description string `yaml:"description"`
		Value       string `yaml:"value"`
		Render      string `yaml:"render"`
		Options     []any  `yaml:"options"`
	} `yaml:"attributes"`
	Validations struct {
		Required bool `yaml:"required"`
	} `yaml:"validations"`
}

// checkForm refuses a form that GitHub would not show.
func checkForm(text string) error {
	var f form
	decoder := yaml.NewDecoder(strings.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&f); err != nil {
		return err
	}
	if f.Name == "" || f.Description == "" || len(f.Body) == 0 {
		return fmt.Errorf("a form needs a name, a description and a body")
	}
	seen, asked := map[string]bool{}, false
	for _, one := range f.Body {
		if !slices.Contains([]string{"markdown", "textarea", "input", "dropdown", "checkboxes"}, one.Type) {
			return fmt.Errorf("%q is no type of a field", one.Type)
		}
		if one.Type == "markdown" {
			if one.Attributes.Value == "" {
				return fmt.Errorf("a field of type markdown needs a value")
			}
			continue
		}
		asked = true
		if one.Attributes.Label == "" || one.ID == "" || seen[one.ID] {
			return fmt.Errorf("the field %q needs a label, and an id that no other has", one.ID)
		}
		seen[one.ID] = true
		if choice := one.Type == "dropdown" || one.Type == "checkboxes"; choice != (len(one.Attributes.Options) > 0) {
			return fmt.Errorf("the field %q of type %s: options are for choices, which need some", one.ID, one.Type)
		}
	}
	if !asked {
		return fmt.Errorf("a form needs a field that is not markdown")
	}
	return nil
}

func TestIssueForms(t *testing.T) {
	files, err := filepath.Glob(formsFolder + "/*.yml")
	if err != nil || len(files) < 2 {
		t.Fatalf("forms %v, error %v", files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Base(file) == "config.yml" {
			var config struct {
				BlankIssues  bool                                `yaml:"blank_issues_enabled"`
				ContactLinks []struct{ Name, URL, About string } `yaml:"contact_links"`
			}
			if err := yaml.Unmarshal(text, &config); err != nil || len(config.ContactLinks) == 0 || config.ContactLinks[0].URL == "" {
				t.Errorf("%s: %+v, error %v", file, config, err)
			}
			continue
		}
		if err := checkForm(string(text)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func TestAFormThatGitHubWouldNotShowIsSeen(t *testing.T) {
	const head = "name: n\ndescription: d\nbody:\n"
	for name, c := range map[string]struct{ text, want string }{
		"right":               {head + "- {type: input, id: a, attributes: {label: l}}", ""},
		"no name":             {"description: d\nbody:\n- {type: input, id: a, attributes: {label: l}}", "needs a name"},
		"no body":             {"name: n\ndescription: d", "a body"},
		"unknown key":         {head + "- {type: input, id: a, label: l}", "field label not found"},
		"unknown type":        {head + "- {type: text, id: a, attributes: {label: l}}", `"text" is no type`},
		"no label":            {head + "- {type: input, id: a}", "needs a label"},
		"the same id twice":   {head + "- &f {type: input, id: a, attributes: {label: l}}\n- *f", "no other has"},
		"nothing to choose":   {head + "- {type: dropdown, id: a, attributes: {label: l}}", "options are for choices"},
		"options of a text":   {head + "- {type: input, id: a, attributes: {label: l, options: [x]}}", "options are for choices"},
		"markdown alone":      {head + "- {type: markdown, attributes: {value: v}}", "not markdown"},
		"markdown of nothing": {head + "- {type: markdown}", "needs a value"},
	} {
		t.Run(name, func(t *testing.T) {
			err := checkForm(c.text)
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}
