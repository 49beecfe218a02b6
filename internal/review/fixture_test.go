package review

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// resource is a resource change, as `terraform show -json` has it.
type resource struct {
	Address  string   `json:"address"`
	Previous string   `json:"previous_address,omitempty"`
	Mode     string   `json:"mode"`
	Type     string   `json:"type"`
	Name     string   `json:"name"`
	Provider string   `json:"provider_name"`
	Deposed  string   `json:"deposed,omitempty"`
	Change   planning `json:"change"`
	Reason   string   `json:"action_reason,omitempty"`
}

type planning struct {
	Actions         []string        `json:"actions"`
	Before          json.RawMessage `json:"before"`
	After           json.RawMessage `json:"after"`
	AfterUnknown    json.RawMessage `json:"after_unknown,omitempty"`
	BeforeSensitive json.RawMessage `json:"before_sensitive,omitempty"`
	AfterSensitive  json.RawMessage `json:"after_sensitive,omitempty"`
	ReplacePaths    json.RawMessage `json:"replace_paths,omitempty"`
	Importing       json.RawMessage `json:"importing,omitempty"`
}

// actions are Terraform's lists for our words.
var actions = map[Action][]string{
	Create: {"create"}, Update: {"update"}, Delete: {"delete"}, Replace: {"delete", "create"}, Forget: {"forget"},
	NoOp: {"no-op"}, Move: {"no-op"}, Import: {"no-op"},
}

// planned is a change of a resource named x, or of an address.
func planned(kind string, action Action, before, after string) resource {
	name := "x"
	if found, rest, ok := strings.Cut(kind, "."); ok {
		kind, name = found, rest
	}
	address := kind + "." + name
	raw := func(text string) json.RawMessage {
		if text == "" {
			return json.RawMessage("null")
		}
		return json.RawMessage(text)
	}
	r := resource{Address: address, Mode: "managed", Type: kind, Name: name,
		Provider: "registry.terraform.io/hashicorp/aws",
		Change:   planning{Actions: actions[action], Before: raw(before), After: raw(after)}}
	switch action {
	case Delete:
		r.Reason = "delete_because_no_resource_config"
	case Replace:
		r.Reason = "replace_because_cannot_update"
	}
	return r
}

func (r resource) replacing(paths string) resource {
	r.Change.ReplacePaths = json.RawMessage(paths)
	return r
}

func (r resource) unknown(marks string) resource {
	r.Change.AfterUnknown = json.RawMessage(marks)
	return r
}

func (r resource) sensitive(before, after string) resource {
	r.Change.BeforeSensitive, r.Change.AfterSensitive = json.RawMessage(before), json.RawMessage(after)
	return r
}

func (r resource) first() resource {
	r.Change.Actions = []string{"create", "delete"}
	return r
}

// planText is a plan's JSON. more are further keys of it.
func planText(t testing.TB, more map[string]any, resources ...resource) string {
	t.Helper()
	plan := map[string]any{
		"format_version": "1.2", "terraform_version": "1.11.4", "complete": true, "applyable": true, "errored": false,
		"planned_values":   map[string]any{"root_module": map[string]any{}},
		"resource_changes": resources,
	}
	for name, value := range more {
		plan[name] = value
	}
	text, err := json.Marshal(plan)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// planOf reads a plan of a stack.
func planOf(t testing.TB, stack string, resources ...resource) Plan {
	t.Helper()
	plan, err := Read(strings.NewReader(planText(t, nil, resources...)))
	if err != nil {
		t.Fatal(err)
	}
	plan.Stack = stack
	return plan
}

func reviewed(t testing.TB, resources ...resource) Report {
	t.Helper()
	return Review([]Plan{planOf(t, "prod", resources...)}, Rules{})
}

// line is a finding in a line: exposure warning, then the summary.
func line(f Finding) string {
	severity := ""
	if f.Severity != Failure {
		severity = string(f.Severity) + " "
	}
	return string(f.Verdict) + " " + severity + f.Summary
}

// told are the findings of a report in a line each: data-loss aws_x.x: summary.
func told(r Report) string {
	var lines []string
	for _, f := range r.Findings {
		f.Summary = f.Address + ": " + f.Summary
		lines = append(lines, line(f))
	}
	return strings.Join(lines, "\n")
}

// row is a change and what is found in it: beginnings of lines, in any order. Empty is nothing.
type row struct {
	kind          string
	before, after string
	want          []string
}

// check reviews each row as an update, and its opposite, in which nothing of the row may be found.
func check(t *testing.T, rows []row) {
	t.Helper()
	for _, row := range rows {
		findings := reviewed(t, planned(row.kind, Update, row.before, row.after)).Findings
		found := 0
		for _, f := range findings {
			if slices.ContainsFunc(row.want, func(want string) bool { return strings.HasPrefix(line(f), want) }) {
				found++
			}
		}
		if found != len(row.want) || found != len(findings) {
			t.Errorf("%s %s → %s:\ngot  %+v\nwant %q", row.kind, row.before, row.after, findings, row.want)
		}
		for _, f := range reviewed(t, planned(row.kind, Update, row.after, row.before)).Findings {
			back := slices.ContainsFunc(row.want, func(want string) bool { return strings.HasPrefix(line(f), want) })
			if back && !bothWays[f.Rule] {
				t.Errorf("%s %s → %s: %q is found in both directions", row.kind, row.after, row.before, f.Summary)
			}
		}
	}
}
