package conformance

import (
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/graph"
)

// way is the way to an environment: name, distribution, origin's name, load balancer with one rule, buckets.
func way(t *testing.T, balancer, policy string) *Path {
	t.Helper()
	g, err := graph.Read(graph.Stack{
		Name: "prod",
		JSON: fmt.Appendf(nil, `{"provider": {"aws": [{"region": "eu-west-1"}]}, "resource": {
		"aws_route53_record": {
			"public": {"name": "api.example.com", "type": "A",
				"alias": {"name": "${aws_cloudfront_distribution.cdn.domain_name}"}},
			"origin": {"name": "origin.example.com", "type": "A", "alias": {"name": "${aws_lb.alb.dns_name}"}}},
		"aws_cloudfront_cache_policy": {"none": {"min_ttl": 0, "default_ttl": 0, "max_ttl": 60,
			"parameters_in_cache_key_and_forwarded_to_origin": {}}},
		"aws_cloudfront_origin_request_policy": {"all": {"headers_config": {"header_behavior": "allViewer"}}},
		"aws_cloudfront_origin_access_control": {"s3": {}},
		"aws_s3_bucket": {"static": {"bucket": "assets"}},
		"aws_s3_bucket_policy": {"static": {"bucket": "${aws_s3_bucket.static.id}", "policy": %q}},
		"aws_s3_object": {"page": {"bucket": "${aws_s3_bucket.static.id}", "key": "static/page.html",
			"content": "sorry", "content_type": "text/html", "cache_control": "max-age=9"}},
		"aws_cloudfront_distribution": {"cdn": {"aliases": ["api.example.com"],
			"restrictions": {"geo_restriction": {"restriction_type": "none"}},
			"origin": [
				{"origin_id": "alb", "domain_name": "origin.example.com", "custom_header": [{"name": "X-Verify",
					"value": "secret"}],
				 "custom_origin_config": {"https_port": 443, "origin_protocol_policy": "https-only",
					"origin_read_timeout": 60}},
				{"origin_id": "s3", "domain_name": "assets.s3.eu-west-1.amazonaws.com",
					"origin_access_control_id": "${aws_cloudfront_origin_access_control.s3.id}"}],
			"ordered_cache_behavior": [{"path_pattern": "/static/*", "target_origin_id": "s3",
				"viewer_protocol_policy": "https-only",
				"allowed_methods": ["GET"], "cache_policy_id": "${aws_cloudfront_cache_policy.none.id}"}],
			"default_cache_behavior": {"target_origin_id": "alb", "viewer_protocol_policy": "https-only",
				"allowed_methods": ["GET", "POST"],
				"cache_policy_id": "${aws_cloudfront_cache_policy.none.id}",
					"origin_request_policy_id": "${aws_cloudfront_origin_request_policy.all.id}"}}},
		"aws_lb": {"alb": {%s}},
		"aws_lb_target_group": {"pods": {}},
		"aws_lb_listener": {"https": {"load_balancer_arn": "${aws_lb.alb.arn}", "port": 443,
			"default_action": [{"type": "fixed-response", "fixed_response": {"status_code": "403"}}]}},
		"aws_lb_listener_rule": {"pods": {"listener_arn": "${aws_lb_listener.https.arn}", "priority": 1,
			"action": [{"type": "forward", "target_group_arn": "${aws_lb_target_group.pods.arn}"}],
			"condition": [{"http_header": {"http_header_name": "X-Verify", "values": ["secret"]}}]}}}}`, policy, balancer),
	})
	if err != nil {
		t.Fatal(err)
	}
	path, err := NewPath(g, "api.example.com", []string{"api.example.com", "*.shops.example.com"})
	if err != nil {
		t.Fatal(err)
	}
	return path
}

const (
	reads = `{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*"},
		{"Effect": "Allow", "Principal": {"Service": "cloudfront.amazonaws.com"}, "Action": "s3:GetObject"}]}`
	denied = `{"Statement": [{"Effect": "Deny", "Principal": {"Service": "cloudfront.amazonaws.com"}, ` +
		`"Action": "s3:ListBucket"}]}`
	lists = `{"Statement": [{"Effect": "Allow", "Principal": {"Service": ["cloudfront.amazonaws.com"]}, ` +
		`"Action": ["s3:GetObject", "s3:ListBucket"]}]}`
)

func TestTheWayFromTheEdgeToTheApplication(t *testing.T) {
	for name, one := range map[string]struct {
		balancer, policy string
		row              Row
	}{
		"the application": {
			row: Row{
				Request: "GET /a?b=c",
				Origin:  "200 X-A:b",
				Client:  "200 origin X-A:b",
				Kept:    "-",
				Sent:    "path=/a host=api.example.com",
			},
		},
		"defensive passes a name": {
			balancer: `"desync_mitigation_mode": "defensive"`,
			row:      Row{Request: "GET / X-Name:Zoë", Origin: "200", Client: "200 origin", Kept: "-"},
		},
		"strictest refuses a name": {
			balancer: `"desync_mitigation_mode": "strictest"`,
			row:      Row{Request: "GET / X-Name:Zoë", Origin: "200", Client: "400 load-balancer", Kept: "-"},
		},
		"strictest passes ASCII": {
			balancer: `"desync_mitigation_mode": "strictest"`,
			row:      Row{Request: "GET / X-Name:Zoe", Origin: "200", Client: "200 origin", Kept: "-"},
		},
		"an invalid header is dropped": {
			balancer: `"drop_invalid_header_fields": true`,
			row:      Row{Request: "GET / X_Name:a", Origin: "200", Client: "200 origin", Kept: "-", Sent: "!X_Name"},
		},
		"or not": {
			row: Row{Request: "GET / X_Name:a", Origin: "200", Client: "200 origin", Kept: "-", Sent: "X_Name:a"},
		},
		"the load balancer waits a minute": {
			row: Row{Request: "POST /", Origin: "200 after=60s", Client: "200 origin waits=60s", Kept: "-"},
		},
		"and no longer": {
			balancer: `"idle_timeout": 50`,
			row:      Row{Request: "POST /", Origin: "200 after=60s", Client: "504 load-balancer waits=50s", Kept: "-"},
		},
		"the load balancer is gone": {
			row: Row{Request: "POST /", Origin: "unreachable", Client: "504 edge waits=30s", Kept: "-"},
		},
		"the pods refuse": {
			row: Row{Request: "GET /", Origin: "refused", Client: "502 ingress", Kept: "10 s"},
		},
		"an object of the stacks": {
			row: Row{
				Request: "GET /static/page.html",
				Origin:  "missing",
				Client:  "200 bucket Content-Type:text/html",
				Kept:    "9 s",
			},
		},
		"an object that builds bring": {
			row: Row{Request: "GET /static/app.js", Origin: "200", Client: "200 bucket", Kept: "-", Sent: "origin=s3"},
		},
		"an object that is not there": {
			policy: reads,
			row:    Row{Request: "GET /static/app.js", Origin: "missing", Client: "403 bucket", Kept: "-"},
		},
		"where listing is denied": {
			policy: denied, row: Row{Request: "GET /static/app.js", Origin: "missing", Client: "403 bucket", Kept: "-"},
		},
		"where CloudFront lists the bucket": {
			policy: lists,
			row:    Row{Request: "GET /static/app.js", Origin: "missing", Client: "404 bucket", Kept: "10 s"},
		},
		"a name that is not served": {
			row: Row{Request: "GET https://evil.example/", Origin: "-", Client: "403 edge", Kept: "-"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if one.policy == "" {
				one.policy = reads
			}
			problems, err := way(t, one.balancer, one.policy).Check(one.row, "api.example.com", nil)
			if err != nil || len(problems) > 0 {
				t.Errorf("%v, %v", problems, err)
			}
		})
	}
}

func TestAClientOfTheLoadBalancer(t *testing.T) {
	g, err := graph.Read(graph.Stack{
		Name: "dev",
		JSON: []byte(`{"provider": {"aws": [{"region": "eu-west-1"}]}, "resource": {
		"aws_route53_record": {"public": {"name": "api.example.com", "type": "A",
			"alias": {"name": "${aws_lb.alb.dns_name}"}}},
		"aws_security_group": {"alb": {}, "other": {}},
		"aws_vpc_security_group_ingress_rule": {
			"office": {"security_group_id": "${aws_security_group.alb.id}", "cidr_ipv4": "198.51.100.0/24",
				"from_port": 443},
			"other": {"security_group_id": "${aws_security_group.other.id}", "cidr_ipv4": "0.0.0.0/0",
				"from_port": 443}},
		"aws_wafv2_web_acl": {"acl": {"scope": "REGIONAL", "default_action": {"allow": {}},
			"rule": [{"name": "korea", "priority": 0, "action": {"block": {}},
			"statement": {"geo_match_statement": {"country_codes": ["KP"]}}}]}},
		"aws_wafv2_web_acl_association": {"acl": {"resource_arn": "${aws_lb.alb.arn}",
			"web_acl_arn": "${aws_wafv2_web_acl.acl.arn}"}},
		"aws_lb": {"alb": {"security_groups": ["${aws_security_group.alb.id}"]}}, "aws_lb_target_group": {"pods": {}},
		"aws_lb_listener": {"https": {"load_balancer_arn": "${aws_lb.alb.arn}", "port": 443,
			"default_action": [{"type": "fixed-response", "fixed_response": {"status_code": "403"}}]}},
		"aws_lb_listener_rule": {"pods": {"listener_arn": "${aws_lb_listener.https.arn}", "priority": 1,
			"action": [{"type": "forward", "target_group_arn": "${aws_lb_target_group.pods.arn}"}],
			"condition": [{"http_header": {"http_header_name": "Host", "values": ["api.example.com"]}}]}}}}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	path, err := NewPath(g, "api.example.com", []string{"api.example.com"})
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]Row{
		"who is let in": {
			Request: "GET / from=198.51.100.7 X-Forwarded-For:192.0.2.1", Origin: "404", Client: "404 origin",
			Sent: "X-Forwarded-For:192.0.2.1,198.51.100.7",
		},
		"who is not": {Request: "GET / from=192.0.2.7", Origin: "-", Client: "0 nobody"},
		"over HTTP": {
			Request: "GET http://api.example.com/ from=198.51.100.7", Origin: "-", Client: "0 nobody",
		},
		"another name": {
			Request: "GET https://evil.example/ from=198.51.100.7", Origin: "-", Client: "403 load-balancer",
		},
		"who WAF refuses": {Request: "GET / from=198.51.100.7 country=KP", Origin: "-", Client: "403 web-acl"},
		"the pods are slow": {
			Request: "GET / from=198.51.100.7", Origin: "200 after=61s", Client: "504 load-balancer waits=60s",
		},
	} {
		row.Kept = "-"
		if problems, err := path.Check(row, "api.example.com", nil); err != nil || len(problems) > 0 {
			t.Errorf("%s: %v, %v", name, problems, err)
		}
	}
}

func TestAnIngressHost(t *testing.T) {
	for name, want := range map[string]bool{
		"api.example.com": true, "API.example.com": true, "a.shops.example.com": true, "a.b.shops.example.com": false,
		"shops.example.com": false, "evil.example": false,
	} {
		if got := isHost("api.example.com", name) || isHost("*.shops.example.com", name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestRowsThatCantBeRead(t *testing.T) {
	path := way(t, "", reads)
	for want, row := range map[string]Row{
		"want a method and a URL": {Request: "GET", Origin: "-", Client: "200 origin", Kept: "-"},
		`"sise=7" is no header`:   {Request: "GET / sise=7", Origin: "200", Client: "200 origin", Kept: "-"},
		"invalid syntax":          {Request: "GET / body=large", Origin: "200", Client: "200 origin", Kept: "-"},
		`answer "lost"`:           {Request: "GET /", Origin: "lost", Client: "200 origin", Kept: "-"},
		"want a status and who":   {Request: "GET /", Origin: "200", Client: "200", Kept: "-"},
		`"nothing" is no header`:  {Request: "GET /", Origin: "200", Client: "200 origin nothing", Kept: "-"},
		"time: invalid duration":  {Request: "GET /", Origin: "200", Client: "200 origin waits=x", Kept: "-"},
	} {
		if problems, err := path.Check(row, "api.example.com", nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, %v; want %q", row, problems, err, want)
		}
	}
}
