package environments

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"sort"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/titan-platform/titan/internal/suggest"
)

// check holds a document against the schema and reports every difference.
func (d *document) check() {
	err := d.grammar.compiled().Validate(d.value)
	if err == nil {
		return
	}
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		d.whole("cannot be checked: %v", err)
		return
	}
	d.explain(invalid)
}

// explain reports the leaves of a tree of schema errors: the inner ones only say where.
func (d *document) explain(err *jsonschema.ValidationError) {
	for _, inner := range err.Causes {
		d.explain(inner)
	}
	if len(err.Causes) > 0 || d.isFull() {
		return
	}
	path := strings.Join(err.InstanceLocation, ".")
	schema := d.grammar.at(err.InstanceLocation)
	switch what := err.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		unknown, known := sorted(slices.Clone(what.Properties)), keys(schema)
		for _, key := range unknown[:min(len(unknown), mostProblems+1)] {
			d.refuse(join(path, key), "is not a setting%s", didYouMean(key, known))
		}
	case *kind.Required:
		for _, key := range what.Missing {
			d.refuse(join(path, key), "is missing: %s", description(schema.Properties[key]))
		}
	case *kind.Type:
		d.refuse(path, "%s", wrongType(what, schema, d.written(path)))
	case *kind.Enum:
		d.refuse(path, "is %s, which is not allowed%s", d.written(path), alternatives(what))
	case *kind.Pattern:
		d.refuse(path, "is %q, which does not match %s: %s", what.Got, what.Want, description(schema))
	case *kind.Minimum:
		d.refuse(path, "is %s, below the least allowed, %s: %s", d.written(path), number(what.Want), description(schema))
	case *kind.Maximum:
		d.refuse(path, "is %s, above the most allowed, %s: %s", d.written(path), number(what.Want), description(schema))
	case *kind.MultipleOf:
		d.refuse(path, "is %s, not a multiple of %s: %s", d.written(path), number(what.Want), description(schema))
	case *kind.MinItems:
		d.refuse(path, "has %d items, fewer than %d: %s", what.Got, what.Want, description(schema))
	case *kind.MaxItems:
		d.refuse(path, "has %d items, more than %d: %s", what.Got, what.Want, description(schema))
	case *kind.UniqueItems:
		d.refuse(fmt.Sprintf("%s.%d", path, what.Duplicates[1]), "repeats item %d of the list; remove one of them",
			what.Duplicates[0])
	case *kind.MinLength:
		d.refuse(path, "is empty: %s", description(schema))
	case *kind.MaxLength:
		d.refuse(path, "is too long, %d characters, at most %d: %s", what.Got, what.Want, description(schema))
	default:
		d.refuse(path, "is not valid: %v", err)
	}
}

// at is the schema of the value at a location, nil where the schema knows none.
func (g *grammar) at(location []string) *jsonschema.Schema {
	schema := g.compiled()
	for _, step := range location {
		if schema == nil {
			return nil
		}
		if schema.Items2020 != nil {
			schema = schema.Items2020
			continue
		}
		schema = schema.Properties[step]
	}
	return schema
}

func wrongType(what *kind.Type, schema *jsonschema.Schema, written string) string {
	want := strings.Join(what.Want, " or ")
	if what.Got == "null" {
		return fmt.Sprintf("has no value; give it one (%s) or remove the line", want)
	}
	if want == "object" {
		return fmt.Sprintf("is %s, must be a mapping with the settings %s",
			article(what.Got), strings.Join(keys(schema), ", "))
	}
	if want == "array" {
		return fmt.Sprintf("is %s, must be a list: put it in [brackets]", article(what.Got))
	}
	if what.Got == "object" || what.Got == "array" {
		return fmt.Sprintf("is %s, must be %s", article(what.Got), article(want))
	}
	text := fmt.Sprintf("is %s, %s, must be %s", written, article(what.Got), article(want))
	switch {
	case schema != nil && schema.Enum != nil:
		return text + "; allowed: " + strings.Join(texts(schema.Enum.Values), ", ")
	case want == "string":
		return text + ": put it in quotes"
	}
	return text + ": " + description(schema)
}

var articles = map[string]string{
	"object": "a mapping", "array": "a list", "string": "a string", "number": "a number", "integer": "a whole number",
	"boolean": "true or false", "null": "nothing",
}

func article(jsonType string) string {
	if text, ok := articles[jsonType]; ok {
		return text
	}
	return jsonType
}

// didYouMean names the nearest allowed word, and all of them.
func didYouMean(word string, allowed []string) string {
	best := suggest.Nearest(word, allowed)
	if best != "" {
		return fmt.Sprintf("; did you mean %q? allowed: %s", best, strings.Join(allowed, ", "))
	}
	return "; allowed: " + strings.Join(allowed, ", ")
}

// alternatives are the allowed words, the nearest first; which number is nearest is for the reader to say.
func alternatives(what *kind.Enum) string {
	word, ok := what.Got.(string)
	if !ok {
		return "; allowed: " + strings.Join(texts(what.Want), ", ")
	}
	allowed := texts(what.Want)
	if reason := regionRefusal(word, allowed); reason != "" {
		return ": " + reason + "; allowed: " + strings.Join(allowed, ", ")
	}
	return didYouMean(word, allowed)
}

func keys(schema *jsonschema.Schema) []string {
	if schema == nil {
		return nil
	}
	list := make([]string, 0, len(schema.Properties))
	for key := range schema.Properties {
		list = append(list, key)
	}
	sort.Strings(list)
	return list
}

func description(schema *jsonschema.Schema) string {
	if schema == nil || schema.Description == "" {
		return "see environments/schema.json"
	}
	text := strings.Join(strings.Fields(schema.Description), " ")
	return strings.TrimSuffix(strings.Replace(text, " Required.", "", 1), ".")
}

func texts[T any](values []T) []string {
	list := make([]string, len(values))
	for i, value := range values {
		list[i] = fmt.Sprint(value)
	}
	return list
}

func number(n *big.Rat) string {
	if n.IsInt() {
		return n.Num().String()
	}
	return strings.TrimRight(n.FloatString(3), "0")
}
