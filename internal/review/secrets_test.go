package review

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// secret is the value that no output may hold, in any form.
const secret = `pa"ss<word>-4711`

// shown is all that a review says of plans: both forms, and each field of the report.
func shown(t *testing.T, report Report) string {
	t.Helper()
	var text bytes.Buffer
	if err := report.Human(&text); err != nil {
		t.Fatal(err)
	}
	if err := report.Markdown(&text); err != nil {
		t.Fatal(err)
	}
	fields, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	return text.String() + string(fields)
}

func TestSensitiveValuesAreNeverShown(t *testing.T) {
	value := func(format string) string { return strings.ReplaceAll(format, "%s", quoted(secret)) }
	inside := quoted(
		`{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:Referer":` +
			quoted(secret) + `}}}]}`)
	known := planned("aws_ssm_parameter.known", NoOp, value(`{"value":%s}`), value(`{"value":%s}`)).
		sensitive(`{"value":true}`, `{"value":true}`)
	for name, changed := range map[string]resource{
		"before": planned("aws_x", Update, value(`{"a":%s}`), `{"a":"public"}`).sensitive(`{"a":true}`, `{}`),
		"after":  planned("aws_x", Update, `{"a":"public"}`, value(`{"a":%s}`)).sensitive(`{}`, `{"a":true}`),
		"before it was one": planned("aws_x", Update, value(`{"a":%s}`), value(`{"a":%s,"b":1}`)).
			sensitive(`{}`, `{"a":true}`),
		"nested": planned("aws_x", Update, value(`{"a":[{"b":{"c":%s}},{"b":{"c":"x"}}]}`),
			`{"a":[{"b":{"c":"public"}}]}`).sensitive(`{"a":[{"b":{"c":true}}]}`, `{"a":[{}]}`),
		"a whole object": planned("aws_x", Update, value(`{"a":{"b":%s,"c":[%s]}}`), value(`{"a":{"b":1,"d":%s}}`)).
			sensitive(`{"a":true}`, `{"a":true}`),
		"all of it": planned("aws_x", Replace, value(`{"a":%s}`), `{"a":1}`).sensitive(`true`, `true`).
			replacing(`[["a"]]`),
		"a list that moves": planned("aws_x", Update, value(`{"a":["x",%s]}`), value(`{"a":[%s]}`)).
			sensitive(`{"a":[false,true]}`, `{"a":[true]}`),
		"write-only": planned("aws_rds_cluster", Update, value(`{"master_password_wo":%s}`),
			`{"master_password_wo":null}`),
		"a password that the provider does not mark": planned("aws_x", Update, value(`{"password":%s}`),
			value(`{"password":"b"}`)),
		"the origin header": planned("aws_cloudfront_distribution", Update,
			value(`{"origin":[{"origin_id":"alb","custom_header":[{"name":"X-Origin-Verify","value":%s}]}]}`),
			`{"origin":[{"origin_id":"alb","custom_header":[{"name":"X-Origin-Verify","value":"other"}]}]}`),
		"the origin header's rule": planned("aws_lb_listener_rule", Update,
			value(`{"action":[{"type":"forward"}],"condition":[{"http_header":[{"http_header_name":"X","values":[%s]}]}]}`),
			`{"action":[{"type":"forward"}],"condition":[{"path_pattern":[{"values":["/a"]}]}]}`),
		"an unmarked copy": planned("aws_x", Update, value(`{"a":%s}`), `{"a":"public"}`),
		"an unmarked copy in a key": planned("helm_release", Update, `{"values":["a: 1"]}`,
			value(`{"values":[`+quoted("a: "+secret)+`]}`)),
		"a policy": planned("aws_s3_bucket_policy", Update, `{"policy":`+inside+`}`, policy(readOne)),
		"a sensitive policy": planned("aws_s3_bucket_policy", Update, policy(readOne), `{"policy":`+inside+`}`).
			sensitive(`{}`, `{"policy":true}`),
		"what is created": planned("aws_iam_role_policy_attachment", Create, "",
			value(`{"role":%s,"policy_arn":%s}`)).sensitive(`false`, `{"role":true,"policy_arn":true}`),
		"a finding's difference": planned("aws_elasticache_user", Update, value(`{"access_string":%s}`),
			`{"access_string":"on"}`).sensitive(`{"access_string":true}`, `{}`),
	} {
		resources := []resource{changed}
		if strings.Contains(name, "policy") || strings.Contains(name, "unmarked") {
			resources = append(resources, known)
		}
		plan := planOf(t, "prod", resources...)
		report := Review([]Plan{plan}, Rules{Policies: func(before, after []byte) ([]string, error) {
			return []string{string(before), string(after)}, nil
		}})
		if len(report.Changes) == 0 {
			t.Errorf("%s: nothing changes", name)
		}
		output := shown(t, report)
		for _, form := range []string{"4711", "pa\\\"ss", `pa"ss`} {
			if strings.Contains(output, form) {
				t.Errorf("%s: shown:\n%s", name, output)
				break
			}
		}
	}
}

// Secrets of data sources, outputs and variables are hidden where a resource has a copy.
func TestSecretsOfOtherPlaces(t *testing.T) {
	for name, more := range map[string]map[string]any{
		"a data source": {
			"prior_state": map[string]any{"format_version": "1.0", "values": map[string]any{"root_module": map[string]any{
				"resources": []any{map[string]any{"address": "data.x.y", "mode": "data", "type": "x", "name": "y",
					"values": map[string]any{"secret": secret}, "sensitive_values": map[string]any{"secret": true}}}}}},
		},
		"JSON in a data source": {
			"prior_state": map[string]any{"format_version": "1.0", "values": map[string]any{"root_module": map[string]any{
				"child_modules": []any{map[string]any{
					"resources": []any{map[string]any{"address": "data.x.y", "mode": "data", "type": "x", "name": "y",
						"values":           map[string]any{"text": `{"password":` + quoted(secret) + `}`},
						"sensitive_values": map[string]any{"text": true}}},
				}}}}},
		},
		"an output": {"output_changes": map[string]any{"o": map[string]any{"actions": []string{"update"}, "before": secret,
			"after": "x", "before_sensitive": true, "after_sensitive": true}}},
		"a variable": {"variables": map[string]any{"v": map[string]any{"value": secret}},
			"configuration": map[string]any{
				"root_module": map[string]any{"variables": map[string]any{"v": map[string]any{"sensitive": true}}},
			}},
	} {
		text := planText(t, more, planned("aws_x", Update, `{"a":"x"}`, `{"a":`+quoted("copy of "+secret)+`}`))
		plan, err := Read(strings.NewReader(text))
		if err != nil {
			t.Fatal(name, err)
		}
		output := shown(t, Review([]Plan{plan}, Rules{}))
		if strings.Contains(output, "4711") || !strings.Contains(output, "copy of") {
			t.Errorf("%s: shown:\n%s", name, output)
		}
	}
}

// A secret that is too short to be looked for elsewhere is hidden where either side of the change marks it.
func TestShortSecrets(t *testing.T) {
	for name, c := range map[string]resource{
		"before": planned("aws_x", Update, `{"a":"zq9x","b":[{"c":"zq9x"}]}`, `{"a":"y","b":[{"c":"y"}]}`).
			sensitive(`{}`, `{"a":true,"b":[{"c":true}]}`),
		"after": planned("aws_x", Update, `{"a":"y","b":[]}`, `{"a":"zq9x","b":["zq9x"]}`).
			sensitive(`{"a":true,"b":[true]}`, `{}`),
		"deeper": planned("aws_x", Update, `{"a":{"b":"zq9x"},"c":["zq9x"]}`, `{"a":{"b":"y"},"c":["y"]}`).
			sensitive(`{"a":{},"c":[]}`, `{"a":true,"c":true}`),
		"both": planned("aws_x", Update, `{"a":{"b":"zq9x"}}`, `{"a":{"b":"zq9x2"}}`).sensitive(`true`, `{"a":{"b":true}}`),
	} {
		if output := shown(t, reviewed(t, c)); strings.Contains(output, "zq9x") || !strings.Contains(output, masked) {
			t.Errorf("%s: shown:\n%s", name, output)
		}
	}
}
