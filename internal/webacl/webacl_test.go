package webacl

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/graph"
)

// evaluate asks a web ACL of some rules, as Terraform's JSON has them, about a request.
func evaluate(t *testing.T, rules string, change func(*Request)) (Verdict, error) {
	t.Helper()
	return evaluateACL(t, `"scope": "CLOUDFRONT", "rule": [`+rules+`]`, change)
}

func evaluateACL(t *testing.T, acl string, change func(*Request)) (Verdict, error) {
	t.Helper()
	g, err := graph.Read(graph.Stack{Name: "prod", JSON: []byte(`{"resource": {
		"aws_wafv2_ip_set": {"office": {"addresses": ["198.51.100.0/24", "2001:db8::/32"]}},
		"aws_wafv2_regex_pattern_set": {"uploads": {"regular_expression": [{"regex_string": "^/upload/"},
			{"regex_string": "^/import$"}]}},
		"aws_wafv2_web_acl": {"acl": {"name": "titan", "default_action": {"allow": {}}, ` + acl + `}}}}`)})
	if err != nil {
		t.Fatal(err)
	}
	request := Request{
		Source: netip.MustParseAddr("203.0.113.9"), Country: "DE", Method: "GET", Host: "api.example.com", Path: "/",
		Headers: Headers{"user-agent": "Mozilla/5.0"},
	}
	if change != nil {
		change(&request)
	}
	return Evaluate(g.Node("prod", "aws_wafv2_web_acl.acl"), request)
}

// managed is a rule that asks a managed rule group.
func managed(group, override, more string) string {
	return `{"name": "m", "priority": 5, "override_action": {"` + override + `": {}},
		"statement": {"managed_rule_group_statement": {"vendor_name": "AWS", "name": "` + group + `"` + more + `}}}`
}

// blocking is a rule that blocks by a statement.
func blocking(statement string) string {
	return `{"name": "b", "priority": 1, "action": {"block": {}}, "statement": {` + statement + `}}`
}

// want is what a web ACL has to say, and what it has to say of the same request with a change taken back.
type want struct {
	rules   string
	request func(*Request)
	verdict string // of the request
	counted string
}

func (w want) check(t *testing.T) {
	t.Helper()
	got, err := evaluate(t, w.rules, w.request)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != w.verdict || strings.Join(got.Counted, " ") != w.counted {
		t.Errorf("%v, counted %v; want %s, counted %s", got, got.Counted, w.verdict, w.counted)
	}
	if w.request == nil || w.verdict == Allow && w.counted == "" {
		return
	}
	if plain, err := evaluate(t, w.rules, nil); err != nil || plain.String() == w.verdict && w.counted == "" {
		t.Errorf("an ordinary request gets %v too, %v", plain, err)
	}
}

func TestManagedRulesMatchWhatTheGuideSays(t *testing.T) {
	for name, request := range map[string]func(*Request){
		"AWSManagedRulesCommonRuleSet/NoUserAgent_HEADER": func(r *Request) { r.Headers = nil },
		"AWSManagedRulesCommonRuleSet/UserAgent_BadBots_HEADER": func(r *Request) {
			r.Headers = r.Headers.With("User-Agent", "Nmap")
		},
		"AWSManagedRulesCommonRuleSet/SizeRestrictions_QUERYSTRING": func(r *Request) {
			r.Query = strings.Repeat("q", 2049)
		},
		"AWSManagedRulesCommonRuleSet/SizeRestrictions_Cookie_HEADER": func(r *Request) {
			r.Headers = r.Headers.With("cookie", strings.Repeat("c", 10241))
		},
		"AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY": func(r *Request) { r.BodySize = 8193 },
		"AWSManagedRulesCommonRuleSet/SizeRestrictions_URIPATH": func(r *Request) {
			r.Path = "/" + strings.Repeat("p", 1024)
		},
		"AWSManagedRulesCommonRuleSet/EC2MetaDataSSRF_QUERYARGUMENTS": func(r *Request) {
			r.Query = "to=169.254.169.254"
		},
		"AWSManagedRulesCommonRuleSet/GenericLFI_QUERYARGUMENTS": func(r *Request) {
			r.Query = "file=..%2F..%2Fetc"
		},
		"AWSManagedRulesCommonRuleSet/GenericLFI_URIPATH":           func(r *Request) { r.Path = "/%2e%2e/etc" },
		"AWSManagedRulesCommonRuleSet/RestrictedExtensions_URIPATH": func(r *Request) { r.Path = "/app.log" },
		"AWSManagedRulesCommonRuleSet/GenericRFI_QUERYARGUMENTS": func(r *Request) {
			r.Query = "callback=http%3A%2F%2F10.0.0.7%2Fhook"
		},
		"AWSManagedRulesCommonRuleSet/GenericRFI_BODY": func(r *Request) {
			r.Body = `{"hook": "https://192.168.1.4/"}`
		},
		"AWSManagedRulesCommonRuleSet/CrossSiteScripting_BODY": func(r *Request) {
			r.Body = `<script>alert("hello")</script>`
		},
		"AWSManagedRulesKnownBadInputsRuleSet/Log4JRCE_HEADER": func(r *Request) {
			r.Headers = r.Headers.With("x-id", "${jndi:ldap://example.com/}")
		},
		"AWSManagedRulesKnownBadInputsRuleSet/JavaDeserializationRCE_BODY": func(r *Request) {
			r.Body = `(java.lang.Runtime).getRuntime().exec("whoami")`
		},
		"AWSManagedRulesKnownBadInputsRuleSet/PROPFIND_METHOD":          func(r *Request) { r.Method = "PROPFIND" },
		"AWSManagedRulesKnownBadInputsRuleSet/Host_localhost_HEADER":    func(r *Request) { r.Host = "localhost:8080" },
		"AWSManagedRulesKnownBadInputsRuleSet/ExploitablePaths_URIPATH": func(r *Request) { r.Path = "/WEB-INF/web.xml" },
		"AWSManagedRulesSQLiRuleSet/SQLi_QUERYARGUMENTS": func(r *Request) {
			r.Query = "name=x'%20OR%201=1"
		},
		"AWSManagedRulesAdminProtectionRuleSet/AdminProtection_URIPATH": func(r *Request) { r.Path = "/sqlmanager/" },
		"AWSManagedRulesAmazonIpReputationList/AWSManagedIPReputationList": func(r *Request) {
			r.Listed = []string{"AWSManagedIPReputationList"}
		},
		"AWSManagedRulesAnonymousIpList/HostingProviderIPList": func(r *Request) {
			r.Listed = []string{"HostingProviderIPList"}
		},
		"AWSManagedRulesBotControlRuleSet/CategoryHttpLibrary": func(r *Request) {
			r.Headers = r.Headers.With("User-Agent", "curl/8.5.0")
		},
		"AWSManagedRulesBotControlRuleSet/SignalNonBrowserUserAgent": func(r *Request) {
			r.Headers = r.Headers.With("User-Agent", "friend")
		},
	} {
		group, rule, _ := strings.Cut(name, "/")
		t.Run(rule, func(t *testing.T) {
			want{rules: managed(group, "none", ""), request: request, verdict: "block m/" + rule}.check(t)
		})
	}
}

func TestSizesAtTheLimitPass(t *testing.T) {
	want{rules: managed("AWSManagedRulesCommonRuleSet", "none", ""), verdict: Allow, request: func(r *Request) {
		r.BodySize, r.Query, r.Path = 8192, strings.Repeat("q", 2048), "/"+strings.Repeat("p", 1023)
	}}.check(t)
}

func TestWhatIsBehindTheInspectionLimitIsNotSeen(t *testing.T) {
	hidden := func(r *Request) { r.Body = strings.Repeat(" ", 16<<10) + "<script>" }
	more := `, "rule_action_override": [{"name": "SizeRestrictions_BODY", "action_to_use": {"count": {}}}]`
	rules := managed("AWSManagedRulesCommonRuleSet", "none", more)
	want{rules: rules, request: hidden, verdict: Allow, counted: "m/SizeRestrictions_BODY"}.check(t)

	raised := `"scope": "CLOUDFRONT", "rule": [` + rules + `],
		"association_config": {"request_body": [{"cloudfront": {"default_size_inspection_limit": "KB_64"}}]}`
	if got, err := evaluateACL(t, raised, hidden); err != nil || got.String() != "block m/CrossSiteScripting_BODY" {
		t.Errorf("with 64 KB inspected: %v, %v", got, err)
	}
	regional := `"scope": "REGIONAL", "rule": [` + rules + `]`
	late := func(r *Request) { r.Body = strings.Repeat(" ", 8<<10) + "<script>" }
	if got, err := evaluateACL(t, regional, late); err != nil || got.Action != Allow {
		t.Errorf("at a load balancer: %v, %v", got, err)
	}
}

func TestOverridesCount(t *testing.T) {
	noAgent := func(r *Request) { r.Headers = nil }
	for name, w := range map[string]want{
		"the group": {
			rules: managed("AWSManagedRulesCommonRuleSet", "count", ""), request: noAgent, verdict: Allow,
			counted: "m/NoUserAgent_HEADER",
		},
		"the rule": {
			rules: managed("AWSManagedRulesCommonRuleSet", "none",
				`, "rule_action_override": {"name": "NoUserAgent_HEADER", "action_to_use": {"count": {}}}`),
			request: noAgent, verdict: Allow, counted: "m/NoUserAgent_HEADER",
		},
		"another rule": {
			rules: managed("AWSManagedRulesCommonRuleSet", "none",
				`, "rule_action_override": {"name": "GenericLFI_BODY", "action_to_use": {"count": {}}}`),
			request: noAgent, verdict: "block m/NoUserAgent_HEADER",
		},
		"a rule that challenges": {
			rules: managed("AWSManagedRulesCommonRuleSet", "none",
				`, "rule_action_override": {"name": "NoUserAgent_HEADER", "action_to_use": {"challenge": {}}}`),
			request: noAgent, verdict: "challenge m/NoUserAgent_HEADER",
		},
		"a rule that counts by itself": {
			rules:   managed("AWSManagedRulesAmazonIpReputationList", "none", ""),
			request: func(r *Request) { r.Listed = []string{"AWSManagedIPDDoSList"} },
			verdict: Allow,
			counted: "m/AWSManagedIPDDoSList",
		},
		"out of scope": {
			rules: managed("AWSManagedRulesCommonRuleSet", "none", `, "scope_down_statement": {"not_statement": {"statement": [
				{"byte_match_statement": {"search_string": "/upload/", "positional_constraint": "STARTS_WITH",
					"field_to_match": {"uri_path": {}}, "text_transformation": [{"priority": 0, "type": "NONE"}]}}]}}`),
			request: func(r *Request) { r.Path, r.BodySize = "/upload/a", 9000 }, verdict: Allow,
		},
	} {
		t.Run(name, w.check)
	}
}

func TestALabelOfACountedRuleDecidesLater(t *testing.T) {
	rules := managed("AWSManagedRulesCommonRuleSet", "none",
		`, "rule_action_override": [{"name": "SizeRestrictions_BODY", "action_to_use": {"count": {}}}]`) + `,
		{"name": "size", "priority": 9, "action": {"block": {"custom_response": {"response_code": 413,
			"custom_response_body_key": "large", "response_header": [{"name": "Accept-Post", "value": "none"}]}}},
		 "statement": {"and_statement": {"statement": [
			{"label_match_statement": {"scope": "LABEL",
				"key": "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body"}},
			{"not_statement": {"statement": {"regex_pattern_set_reference_statement": {
				"arn": "${aws_wafv2_regex_pattern_set.uploads.arn}",
				"field_to_match": {"uri_path": {}}, "text_transformation": {"priority": 0, "type": "LOWERCASE"}}}}}
		 ]}}}`
	acl := `"scope": "CLOUDFRONT", "custom_response_body": [{"key": "large", "content": "too large", ` +
		`"content_type": "TEXT_PLAIN"}], "rule": [` + rules + `]`
	for path, wanted := range map[string]string{
		"/birthday":     "block size",
		"/Upload/photo": Allow,
		"/import":       Allow,
		"/import/x":     "block size",
	} {
		got, err := evaluateACL(t, acl, func(r *Request) { r.Path, r.BodySize = path, 9000 })
		if err != nil || got.String() != wanted {
			t.Errorf("%s: %v, %v; want %s", path, got, err, wanted)
		}
		if got.Action == Block && (got.Status != 413 || got.Body != "too large" || got.Headers.Get("Accept-Post") != "none") {
			t.Errorf("%s: answered by %d %q", path, got.Status, got.Body)
		}
	}
	if got, err := evaluateACL(t, acl, func(r *Request) { r.BodySize = 100 }); err != nil || got.Action != Allow ||
		len(got.Labels) > 0 {
		t.Errorf("a small body: %v with labels %v, %v", got, got.Labels, err)
	}
}
