package requestpath

import (
	"net/netip"
	"testing"
)

func TestAClientCallsALoadBalancer(t *testing.T) {
	g := read(t, "dev",
		`"aws_route53_record": {"public": {"name": "api.example.com", "type": "A",
			"alias": {"name": "${aws_lb.alb.dns_name}"}}},
		"aws_lb": {"alb": {}}, "aws_lb_target_group": {"pods": {}},
		"aws_lb_listener": {"https": {"load_balancer_arn": "${aws_lb.alb.arn}", "port": 443,
			"default_action": [`+refuse("403")+`]}},
		"aws_lb_listener_rule": {`+rule("pods", 1, forward, "X-Key=a")+`}`)
	balancer, err := Target(g, "api.example.com")
	if err != nil {
		t.Fatal(err)
	}
	for value, want := range map[string]string{"a": "forward", "b": "fixed-response 403"} {
		end, err := SendTo(balancer, map[string]string{"X-Key": value}, netip.MustParseAddr("198.51.100.7"))
		if err != nil || end.Action.String() != want || end.LoadBalancer != balancer {
			t.Errorf("%s: %v, %v; want %s", value, end.Action, err, want)
		}
	}
	if _, err := Target(g, "www.example.com"); err == nil {
		t.Error("a name without a record leads somewhere")
	}
}

// A client's address is the connection's, whatever a header says of it.
func TestARuleKnowsBlocksOfAddresses(t *testing.T) {
	rule := func(blocks string) string {
		return `"r": {"listener_arn": "${aws_lb_listener.https.arn}", "priority": 1, "action": [` + forward + `],
			"condition": [{"host_header": {"values": ["grafana.example.com"]}}, {"source_ip": {"values": [` + blocks + `]}}]}`
	}
	rules := rule(`"198.51.100.0/24", "203.0.113.7/32"`)
	for _, c := range []struct {
		host, source, want string
	}{
		{"grafana.example.com", "198.51.100.7", "forward"},
		{"grafana.example.com", "203.0.113.7", "forward"},
		{"grafana.example.com", "203.0.113.8", "fixed-response 403"},
		{"api.example.com", "198.51.100.7", "fixed-response 403"},
	} {
		sent := headers{"host": c.host, "x-forwarded-for": "198.51.100.7"}
		action, err := evaluate(listener(t, rules), sent, netip.MustParseAddr(c.source))
		if err != nil || action.String() != c.want {
			t.Errorf("%s from %s: got %s, %v; want %s", c.host, c.source, action, err, c.want)
		}
	}
	if action, err := evaluate(listener(t, rules), headers{"host": "grafana.example.com"}, fromEdge); err != nil ||
		action.Type == Forward {
		t.Errorf("from CloudFront: got %s, %v", action, err)
	}
	if _, err := evaluate(listener(t, rule(`"office"`)), headers{"host": "grafana.example.com"}, fromEdge); err == nil {
		t.Error("a block that is none is taken")
	}
}
