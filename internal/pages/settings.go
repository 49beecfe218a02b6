package pages

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
)

// schema is the part of a JSON Schema that the reference is made of.
type schema struct {
	Description          string
	Type                 string
	Enum                 []any
	Const                any
	Pattern              string
	Minimum, Maximum     *float64
	Required             []string
	Properties           map[string]*schema
	Items                *schema
	AdditionalProperties json.RawMessage
	OneOf, AnyOf         []*schema
}

// setting is a row of the reference.
type setting struct {
	Path, Type, Default, Says string
}

// section is the settings below one key of the file.
type section struct {
	Name     string
	Says     string
	Settings []setting
}

func settingsPage() ([]byte, error) {
	var root schema
	if err := json.Unmarshal(environments.EmbeddedSchemas()["schema.json"], &root); err != nil {
		return nil, fmt.Errorf("reading the schema: %w", err)
	}
	defaults := map[environments.Tier]map[string]string{}
	for _, tier := range environments.Tiers() {
		found, err := environments.Defaults(tier)
		if err != nil {
			return nil, err
		}
		defaults[tier] = found
	}
	general := section{Name: "The file", Says: root.Description}
	var sections []section
	for _, name := range keys(root.Properties) {
		property := root.Properties[name]
		var rows []setting
		collect(name, property, slices.Contains(root.Required, name), defaults, &rows)
		if len(property.Properties) == 0 {
			general.Settings = append(general.Settings, rows...)
			continue
		}
		sections = append(sections, section{name, property.Description, rows[1:]})
	}
	return render("settings.md.tmpl", append([]section{general}, sections...))
}

// collect adds a setting and what is below it.
func collect(path string, s *schema, required bool, defaults map[environments.Tier]map[string]string, rows *[]setting) {
	*rows = append(*rows, setting{path, s.kind(), byTier(path, required, defaults), s.Description})
	for _, name := range keys(s.Properties) {
		collect(path+"."+name, s.Properties[name], slices.Contains(s.Required, name), defaults, rows)
	}
	if s.Items != nil {
		for _, name := range keys(s.Items.Properties) {
			collect(path+"[]."+name, s.Items.Properties[name], slices.Contains(s.Items.Required, name), defaults, rows)
		}
	}
}

// kind is a setting's type in words, with what is allowed.
func (s *schema) kind() string {
	const mostNamed = 12
	switch {
	case len(s.Enum) > mostNamed:
		return fmt.Sprintf("one of %d values, such as %v", len(s.Enum), s.Enum[0])
	case len(s.Enum) > 0:
		var values []string
		for _, value := range s.Enum {
			values = append(values, fmt.Sprint(value))
		}
		return strings.Join(values, ", ")
	case s.Type == "array" && s.Items != nil:
		return "list of " + plural(s.Items.kind())
	case s.Minimum != nil && s.Maximum != nil && *s.Maximum < math.MaxInt32:
		return fmt.Sprintf("%s, %v to %v", s.Type, *s.Minimum, *s.Maximum)
	case s.Minimum != nil:
		return fmt.Sprintf("%s, %v and more", s.Type, *s.Minimum)
	case s.Type == "" && len(s.OneOf)+len(s.AnyOf) > 0:
		var kinds []string
		for _, one := range append(s.OneOf, s.AnyOf...) {
			kinds = append(kinds, one.kind())
		}
		return strings.Join(kinds, " or ")
	}
	return s.Type
}

func plural(kind string) string {
	switch kind {
	case "string", "object", "integer", "number":
		return kind + "s"
	}
	return kind
}

// byTier is a default: one where the tiers agree, else each with its tier.
func byTier(path string, required bool, defaults map[environments.Tier]map[string]string) string {
	if required {
		return "required"
	}
	var values, distinct []string
	for _, tier := range environments.Tiers() {
		value := defaults[tier][path]
		if value == "" {
			value = "none"
		}
		values = append(values, fmt.Sprintf("%s: %s", tier, value))
		if !slices.Contains(distinct, value) {
			distinct = append(distinct, value)
		}
	}
	switch {
	case len(distinct) == 1 && distinct[0] == "none":
		return ""
	case len(distinct) == 1:
		return distinct[0]
	}
	return strings.Join(values, "; ")
}

func keys(properties map[string]*schema) []string {
	var names []string
	for name := range properties {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
