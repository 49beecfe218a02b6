package review

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestWhatIsNoPlan(t *testing.T) {
	whole := planText(t, nil, planned("aws_ssm_parameter", Update, `{"value":"`+"hunter2-4711"+`"}`, `{}`))
	for name, c := range map[string]struct{ text, want string }{
		"empty":           {"  \n", "it is empty"},
		"no JSON":         {"Terraform will perform", "it is no JSON object"},
		"null":            {"null", "it is no JSON object"},
		"a list":          {"[]", "it is no JSON object"},
		"an empty object": {"{}", "it has no format_version"},
		"Terraform's own": {"PK\x03\x04tfplan", "a plan file of Terraform's own form"},
		"a log": {`{"@level":"info","@message":"Terraform 1.11.4"}` + "\n" + `{"@level":"info"}`,
			"the log of a command with -json"},
		"truncated":        {whole[:len(whole)-40], "it ends in the middle"},
		"truncated early":  {whole[:3], "it ends in the middle"},
		"corrupt":          {swap(whole, `"actions":`, `"actions"!`), "it is no valid JSON at byte"},
		"something behind": {whole + whole, "it is no valid JSON at byte"},
		"another kind": {swap(whole, `"resource_changes":[`, `"resource_changes":["hunter2-4711",`),
			"is not what a plan has there"},
		"a number": {swap(whole, `"address":"aws_ssm_parameter.x"`, `"address":4711`),
			"is not what a plan has there"},
		"old": {swap(whole, `"format_version":"1.2"`, `"format_version":"0.2"`),
			`it has format "0.2", of a Terraform before 1.1`},
		"of tomorrow": {swap(whole, `"format_version":"1.2"`, `"format_version":"2.0"`),
			`it has format "2.0", and 1.x is what can be read`},
		"a state":         {`{"format_version":"1.0","values":{"root_module":{}}}`, "it is a state, not a plan"},
		"a state file":    {`{"version":4,"serial":1,"resources":[]}`, "it is a state file, not a plan"},
		"a part":          {`{"format_version":"1.2"}`, "it has no planned_values"},
		"of a failed run": {swap(whole, `"errored":false`, `"errored":true`), "planning failed"},
		"an unknown action": {swap(whole, `["update"]`, `["evaporate"]`),
			`would "evaporate" aws_ssm_parameter.x, which titan does not know`},
		"no action": {swap(whole, `["update"]`, `[]`), "says nothing of what to do with aws_ssm_parameter.x"},
		"no change": {swap(whole, `"resource_changes":[`, `"resource_changes":[{"address":"a.b","type":"a"},`),
			"has no address, type or change"},
		"a change of nobody": {swap(whole, `"resource_changes":[`, `"resource_changes":[null,`),
			"has no address, type or change"},
	} {
		_, err := Read(strings.NewReader(c.text))
		if err == nil || !strings.HasPrefix(err.Error(), "reading a plan: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "4711") {
			t.Errorf("%s: the error has a value: %v", name, err)
		}
	}
	if _, err := read(strings.NewReader(whole), int64(len(whole))-1); err == nil ||
		!strings.Contains(err.Error(), "larger than") {
		t.Errorf("a huge one: %v", err)
	}
	if _, err := read(strings.NewReader(whole), int64(len(whole))); err != nil {
		t.Error(err)
	}
}

func TestAPlanOfAPart(t *testing.T) {
	text := planText(t, map[string]any{
		"complete": false,
		"deferred_changes": []any{map[string]any{"reason": "provider_config_unknown",
			"resource_change": map[string]any{
				"address": "helm_release.x",
				"type":    "helm_release",
				"change":  map[string]any{"actions": []string{"create"}},
			}}},
	})
	plan, err := Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	plan.Stack = "prod"
	if w := Review([]Plan{plan}, Rules{}).Warnings; len(w) != 1 ||
		w[0] != "prod: helm_release.x is planned later (provider_config_unknown), and not reviewed here" {
		t.Errorf("got %q", w)
	}
	if plan, err = Read(strings.NewReader(planText(t, map[string]any{"complete": false}))); err != nil ||
		len(plan.warnings) != 1 {
		t.Errorf("got %q, %v", plan.warnings, err)
	}
}

// FuzzRead holds every text to an error or a plan.
func FuzzRead(f *testing.F) {
	f.Add(planText(f, nil, planned("aws_x", Replace, `{"a":[{"b":1}]}`, `{"a":[]}`).replacing(`[["a",0,"b"]]`)))
	f.Add(
		`{"format_version":"1.2","planned_values":{},"resource_changes":[{"address":"a","type":"b",` +
			`"change":{"actions":["update"],"before":1,"after":[null],"after_unknown":[[true]],"before_sensitive":[1]}}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		plan, err := Read(strings.NewReader(text))
		if err != nil {
			return
		}
		report := Review([]Plan{plan}, Rules{})
		if _, err := json.Marshal(report); err != nil {
			t.Error(err)
		}
	})
}
