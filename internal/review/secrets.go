package review

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// masked stands for what is sensitive.
const masked = "(sensitive)"

// shortestSecret is the length from which a sensitive text is looked for in other texts. A shorter one would hide
// what only has the same letters; where the plan marks it, it is hidden all the same.
const shortestSecret = 8

// secrets are the sensitive texts of a plan. A plan marks where they are, but not all: a provider puts them into
// policies, conditions and errors that it does not mark. So they are hidden wherever they stand.
type secrets struct{ replacer *strings.Replacer }

// hide is a text without secrets.
func (s *secrets) hide(text string) string {
	if s == nil || s.replacer == nil {
		return text
	}
	return s.replacer.Replace(text)
}

// secretsOf collects what a plan marks as sensitive, in resources, data sources, outputs and variables.
func secretsOf(plan *tfjson.Plan) *secrets {
	found := collector{}
	for _, changes := range [][]*tfjson.ResourceChange{plan.ResourceChanges, plan.ResourceDrift} {
		for _, planned := range changes {
			if planned != nil {
				found.change(planned.Change)
			}
		}
	}
	for _, change := range plan.OutputChanges {
		found.change(change)
	}
	if plan.PriorState != nil {
		found.values(plan.PriorState.Values)
	}
	found.values(plan.PlannedValues)
	if plan.Config != nil && plan.Config.RootModule != nil {
		for name, variable := range plan.Config.RootModule.Variables {
			if given := plan.Variables[name]; given != nil && variable != nil && variable.Sensitive {
				found.leaves(given.Value)
			}
		}
	}
	return found.secrets()
}

type collector map[string]bool

func (c collector) change(change *tfjson.Change) {
	if change == nil {
		return
	}
	c.node(node{value: change.Before, sensitive: change.BeforeSensitive})
	c.node(node{value: change.After, sensitive: change.AfterSensitive})
}

func (c collector) values(values *tfjson.StateValues) {
	if values == nil {
		return
	}
	for _, output := range values.Outputs {
		if output != nil && output.Sensitive {
			c.leaves(output.Value)
		}
	}
	c.module(values.RootModule)
}

func (c collector) module(module *tfjson.StateModule) {
	if module == nil {
		return
	}
	for _, resource := range module.Resources {
		if resource == nil {
			continue
		}
		var marks any
		if len(resource.SensitiveValues) > 0 && json.Unmarshal(resource.SensitiveValues, &marks) != nil {
			marks = true // what can't be read hides all
		}
		c.node(node{value: resource.AttributeValues, sensitive: marks})
	}
	for _, child := range module.ChildModules {
		c.module(child)
	}
}

// node collects the sensitive leaves of a value.
func (c collector) node(n node) {
	if n.isSensitive() {
		c.leaves(n.value)
		return
	}
	switch v := n.value.(type) {
	case map[string]any:
		for name := range v {
			c.node(n.field(name))
		}
	case []any:
		for _, item := range n.items() {
			c.node(item)
		}
	}
}

// public are the fields of a secret's JSON that are no secret: user, host, engine.
var public = regexp.MustCompile(`(?i)(user|host|engine|port|dbname|database|name|region)`)

// leaves collects all texts of a sensitive value, and those of the JSON that one of them is.
func (c collector) leaves(value any) {
	switch v := value.(type) {
	case string:
		c.add(v)
		var inner any
		if strings.HasPrefix(v, "{") && json.Unmarshal([]byte(v), &inner) == nil {
			c.leaves(inner)
		}
	case []any:
		for _, item := range v {
			c.leaves(item)
		}
	case map[string]any:
		for name, item := range v {
			if !public.MatchString(name) {
				c.leaves(item)
			}
		}
	}
}

func (c collector) add(text string) {
	if len(text) < shortestSecret {
		return
	}
	c[text] = true
	c[base64.StdEncoding.EncodeToString([]byte(text))] = true
	if escaped, err := json.Marshal(text); err == nil { // with < and > as \u003c
		c[inner(string(escaped))] = true
	}
	inJSON := inner(compact(text))
	c[inJSON] = true
	c[inner(compact(inJSON))] = true // of JSON in a string of JSON
}

func inner(quoted string) string { return strings.TrimSuffix(strings.TrimPrefix(quoted, `"`), `"`) }

// secrets replaces longer texts first, for a shorter one may be a part of them.
func (c collector) secrets() *secrets {
	if len(c) == 0 {
		return nil
	}
	var texts []string
	for text := range c {
		texts = append(texts, text)
	}
	slices.SortFunc(texts, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b))
	})
	var pairs []string
	for _, text := range texts {
		pairs = append(pairs, text, masked)
	}
	return &secrets{strings.NewReplacer(pairs...)}
}
