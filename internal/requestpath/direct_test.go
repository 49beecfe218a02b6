package requestpath

import "testing"

func TestAClientCallsALoadBalancer(t *testing.T) {
	g := read(t, "dev", `"aws_route53_record": {"public": {"name": "api.example.com", "type": "A", "alias": {"name": "${aws_lb.alb.dns_name}"}}},
		"aws_lb": {"alb": {}}, "aws_lb_target_group": {"pods": {}},
		"aws_lb_listener": {"https": {"load_balancer_arn": "${aws_lb.alb.arn}", "port": 443,
			"default_action": [`+refuse("403")+`]}},
		"aws_lb_listener_rule": {`+rule("pods", 1, forward, "X-Key=a")+`}`)
	balancer, err := Target(g, "api.example.com")
	if err != nil {
		t.Fatal(err)
	}
	for value, want := range map[string]string{"a": "forward", "b": "fixed-response 403"} {
		end, err := SendTo(balancer, map[string]string{"X-Key": value})
		if err != nil || end.Action.String() != want || end.LoadBalancer != balancer {
			t.Errorf("%s: %v, %v; want %s", value, end.Action, err, want)
		}
	}
	if _, err := Target(g, "www.example.com"); err == nil {
		t.Error("a name without a record leads somewhere")
	}
}
