package webacl

import (
	"net/netip"
	"strings"
	"testing"
)

const plain = `"text_transformation": [{"priority": 0, "type": "NONE"}]`

func TestStatements(t *testing.T) {
	for name, w := range map[string]want{
		"rate": {
			rules:   blocking(`"rate_based_statement": {"limit": 100, "aggregate_key_type": "IP"}`),
			request: func(r *Request) { r.Recent = 101 }, verdict: "block b",
		},
		"rate at the limit": {
			rules:   blocking(`"rate_based_statement": {"limit": 100, "aggregate_key_type": "IP"}`),
			request: func(r *Request) { r.Recent = 100 }, verdict: Allow,
		},
		"rate out of scope": {
			rules: blocking(`"rate_based_statement": {"limit": 100,
				"scope_down_statement": {"geo_match_statement": {"country_codes": ["FR"]}}}`),
			request: func(r *Request) { r.Recent = 101 }, verdict: Allow,
		},
		"geo": {
			rules:   blocking(`"geo_match_statement": {"country_codes": ["FR", "KP"]}`),
			request: func(r *Request) { r.Country = "KP" }, verdict: "block b",
		},
		"IPv4 in a set": {
			rules:   blocking(`"ip_set_reference_statement": {"arn": "${aws_wafv2_ip_set.office.arn}"}`),
			request: func(r *Request) { r.Source = netip.MustParseAddr("198.51.100.7") }, verdict: "block b",
		},
		"IPv6 in a set": {
			rules:   blocking(`"ip_set_reference_statement": {"arn": "${aws_wafv2_ip_set.office.arn}"}`),
			request: func(r *Request) { r.Source = netip.MustParseAddr("2001:db8::1") }, verdict: "block b",
		},
		"or": {
			rules: blocking(`"or_statement": {"statement": [{"geo_match_statement": {"country_codes": ["FR"]}},
				{"byte_match_statement": {"search_string": "POST", "positional_constraint": "EXACTLY",
					"field_to_match": {"method": {}}, ` + plain + `}}]}`),
			request: func(r *Request) { r.Method = "POST" }, verdict: "block b",
		},
		"header": {
			rules: blocking(`"byte_match_statement": {"search_string": "secret", "positional_constraint": "CONTAINS",
				"field_to_match": {"single_header": {"name": "x-key"}},
					"text_transformation": [{"priority": 0, "type": "LOWERCASE"}]}`),
			request: func(r *Request) { r.Headers = r.Headers.With("X-Key", "a SECRET") }, verdict: "block b",
		},
		"host": {
			rules: blocking(`"byte_match_statement": {"search_string": ".internal", "positional_constraint": "ENDS_WITH",
				"field_to_match": {"single_header": {"name": "host"}}, ` + plain + `}`),
			request: func(r *Request) { r.Host = "api.internal" }, verdict: "block b",
		},
		"transformations in their order": {
			rules: blocking(
				`"byte_match_statement": {"search_string": "<b> x", "positional_constraint": "EXACTLY",
					"field_to_match": {"query_string": {}},
				"text_transformation": [{"priority": 2, "type": "COMPRESS_WHITE_SPACE"},
					{"priority": 1, "type": "HTML_ENTITY_DECODE"}, {"priority": 0, "type": "URL_DECODE"}]}`),
			request: func(r *Request) { r.Query = "%26lt;b%26gt;%20%20x" }, verdict: "block b",
		},
		"expression": {
			rules: blocking(
				`"regex_match_statement": {"regex_string": "^/v[0-9]+/admin", "field_to_match": {"uri_path": {}}, ` + plain + `}`),
			request: func(r *Request) { r.Path = "/v2/admin" }, verdict: "block b",
		},
		"size": {
			rules: blocking(`"size_constraint_statement": {"comparison_operator": "GT", "size": 10000,
				"field_to_match": {"body": {"oversize_handling": "MATCH"}}, ` + plain + `}`),
			request: func(r *Request) { r.BodySize = 10001 }, verdict: "block b",
		},
		"size past what is inspected, continued": {
			rules: blocking(`"size_constraint_statement": {"comparison_operator": "GT", "size": 20000,
				"field_to_match": {"body": {"oversize_handling": "CONTINUE"}}, ` + plain + `}`),
			request: func(r *Request) { r.BodySize = 1 << 20 }, verdict: Allow,
		},
		"size past what is inspected, matched": {
			rules: blocking(`"size_constraint_statement": {"comparison_operator": "GT", "size": 20000,
				"field_to_match": {"body": {"oversize_handling": "MATCH"}}, ` + plain + `}`),
			request: func(r *Request) { r.BodySize = 1 << 20 }, verdict: "block b",
		},
		"text in a body past what is inspected": {
			rules: blocking(`"byte_match_statement": {"search_string": "x", "positional_constraint": "CONTAINS",
				"field_to_match": {"body": {"oversize_handling": "MATCH"}}, ` + plain + `}`),
			request: func(r *Request) { r.BodySize = 1 << 20 }, verdict: "block b",
		},
		"text in a body past what is inspected, not matched": {
			rules: blocking(`"byte_match_statement": {"search_string": "x", "positional_constraint": "CONTAINS",
				"field_to_match": {"body": {"oversize_handling": "NO_MATCH"}}, ` + plain + `}`),
			request: func(r *Request) { r.Body, r.BodySize = "x", 1<<20 }, verdict: Allow,
		},
		"a label of one's own": {
			rules: `{"name": "l", "priority": 0, "action": {"count": {}}, "rule_label": [{"name": "path:upload"}],
				"statement": {"byte_match_statement":
				{"search_string": "/upload", "positional_constraint": "STARTS_WITH", "field_to_match": {"uri_path": {}}, ` + plain +
				`}}},` +
				blocking(`"label_match_statement": {"scope": "NAMESPACE", "key": "path:"}`),
			request: func(r *Request) { r.Path = "/upload" }, verdict: "block b", counted: "l",
		},
	} {
		t.Run(name, w.check)
	}
}

func TestTheFirstRuleByPriorityDecides(t *testing.T) {
	allow := `{"name": "a", "priority": 0,
		"action": {"allow": {"custom_request_handling": {"insert_header": [{"name": "office", "value": "yes"}]}}},
		"statement": {"ip_set_reference_statement": {"arn": "${aws_wafv2_ip_set.office.arn}"}}}`
	rules := managed("AWSManagedRulesCommonRuleSet", "none", "") + "," + allow
	got, err := evaluate(t, rules, func(r *Request) { r.Headers, r.Source = nil, netip.MustParseAddr("198.51.100.7") })
	if err != nil || got.String() != "allow a" || got.Inserted.Get("X-Amzn-Waf-Office") != "yes" {
		t.Errorf("%v inserts %v, %v", got, got.Inserted, err)
	}
	if got, err := evaluate(t, rules, func(r *Request) { r.Headers = nil }); err != nil || got.Status != 403 {
		t.Errorf("%v by %d, %v", got, got.Status, err)
	}
}

// What the model does not know has to be an error, else a row of the conformance table would show nothing.
func TestWhatIsNotModelledIsAnError(t *testing.T) {
	for _, c := range []struct{ rules, want string }{
		{managed("AWSManagedRulesLinuxRuleSet", "none", ""),
			`rule group "AWSManagedRulesLinuxRuleSet" of "AWS" is not modelled`},
		{managed("AWSManagedRulesCommonRuleSet", "none", `, "rule_action_override": {"name": "NoAgent"}`),
			`the group has no rule "NoAgent"`},
		{blocking(`"sqli_match_statement": {}`), "sqli_match_statement is not modelled"},
		{blocking(`"label_match_statement": {"key": "x", "scope": "ALL"}`), `scope is "ALL", want LABEL or NAMESPACE`},
		{blocking(`"regex_match_statement": {"regex_string": "(?!x)", "field_to_match": {"uri_path": {}}}`),
			`regular expression "(?!x)"`},
		{blocking(`"byte_match_statement": {"search_string": "x", "positional_constraint": "EXACTLY"}`),
			"field_to_match is <nil>, want one field"},
		{blocking(`"geo_match_statement": {}`) + "," + blocking(`"geo_match_statement": {}`),
			"has the priority of another rule"},
		{strings.Replace(blocking(`"not_statement": {"statement": {"geo_match_statement": {}}}`), "block", "deny", 1),
			"action is [deny]"},
	} {
		if got, err := evaluate(t, c.rules, nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, %v; want %q", c.rules, got, err, c.want)
		}
	}
}
