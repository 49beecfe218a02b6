package requestpath

import (
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/graph"
)

// pair reads two stacks with a load balancer each and its name, and one with a failover record for both. The
// secondary's calculated check wants this many of its two children to be healthy.
func pair(t *testing.T, secondaryThreshold int) *graph.Graph {
	t.Helper()
	region := func(name string) string {
		return `{"provider": {"aws": [{"region": "` + name +
			`"}]}, "resource": {"aws_lb": {"alb": {}}, "aws_route53_record": {"regional": {
			"name": "` + name +
			`.origin.example.com", "type": "A", "alias": {"name": "${aws_lb.alb.dns_name}", "evaluate_target_health": true}}}}}`
	}
	record := func(id, policy, region string) string {
		return fmt.Sprintf(`%q: {"name": "origin.example.com.", "type": "A", "failover_routing_policy": {"type": %q},
			"health_check_id": "${aws_route53_health_check.%s.id}",
				"alias": {"name": "%s.ORIGIN.example.com", "evaluate_target_health": true}}`, id, policy, id, region)
	}
	check := func(id string, threshold int, region string) string {
		return fmt.Sprintf(
			`%q: {"type": "CALCULATED", "child_health_threshold": %d,
				"child_healthchecks": ["${aws_route53_health_check.%s-a.id}", "${aws_route53_health_check.%s-b.id}"]},
			"%s-a": {"type": "CLOUDWATCH_METRIC", "cloudwatch_alarm_region": %q},
				"%s-b": {"type": "CLOUDWATCH_METRIC", "cloudwatch_alarm_region": %q}`,
			id, threshold, id, id, id, region, id, region)
	}
	global := `{"provider": {"aws": [{"region": "us-east-1"}]}, "resource": {
		"aws_route53_record": {` + record("p", "PRIMARY", "eu-west-1") + `, ` + record("s", "SECONDARY", "eu-central-1") + `},
		"aws_route53_health_check": {` + check("p", 2, "eu-west-1") + `, ` + check("s", secondaryThreshold, "eu-central-1") +
		`}}}`
	g, err := graph.Read(graph.Stack{Name: "one", JSON: []byte(region("eu-west-1"))},
		graph.Stack{Name: "two", JSON: []byte(region("eu-central-1"))},
		graph.Stack{Name: "global", JSON: []byte(global)})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestFailoverAnswersAsRoute53Does(t *testing.T) {
	for _, c := range []struct {
		primary, secondary bool
		threshold          int
		want               string
	}{
		{true, true, 2, "one"},
		{true, false, 2, "one"},
		{false, true, 2, "two"},
		{false, false, 2, "one"}, // whatever its health
		{false, true, 3, "one"},  // more than there are is never
		{false, true, 1, "two"},
		{false, false, 0, "one"}, // the check is healthy, the target is not
	} {
		healthy := func(region string) bool {
			return region == "eu-west-1" && c.primary || region == "eu-central-1" && c.secondary
		}
		node, err := dns{pair(t, c.threshold), healthy}.resolve("Origin.example.com")
		if err != nil || node.Stack != c.want {
			t.Errorf("%+v: got %v, %v", c, node, err)
		}
	}
}

// Fewer than all children are enough where the threshold says so.
func TestACalculatedCheckCountsItsChildren(t *testing.T) {
	const checks = `"a": {"type": "CLOUDWATCH_METRIC", "cloudwatch_alarm_region": "good"},
		"b": {"type": "CLOUDWATCH_METRIC", "cloudwatch_alarm_region": "bad"},
		"c": {"type": "CLOUDWATCH_METRIC", "cloudwatch_alarm_region": "good"}`
	for threshold, want := range []bool{true, true, true, false, false} {
		g := read(t, "prod",
			fmt.Sprintf(`"aws_route53_health_check": {%s, "all": {"type": "CALCULATED", "child_health_threshold": %d,
			"child_healthchecks": ["${aws_route53_health_check.a.id}", "${aws_route53_health_check.b.id}",
				"${aws_route53_health_check.c.id}"]}}`, checks, threshold))
		healthy := func(region string) bool { return region == "good" }
		if got, err := (dns{g, healthy}).checkHealthy(g.Node("prod", "aws_route53_health_check.all")); err != nil ||
			got != want {
			t.Errorf("2 of 3 are healthy, and %d have to be: got %v, %v", threshold, got, err)
		}
	}
}

func TestDNSSaysWhatItDoesNotModel(t *testing.T) {
	const name = `"name": "origin.example.com", "type": "A"`
	for what, c := range map[string]struct{ resources, want string }{
		"no record": {`"aws_route53_record": {}`, "has the records [], want one"},
		"two primaries": {`"aws_route53_record": {"a": {` + name +
			`, "failover_routing_policy": {"type": "PRIMARY"}}, "b": {` + name +
			`, "failover_routing_policy": {"type": "PRIMARY"}}}`, "want one, or a primary and a secondary"},
		"weights": {`"aws_route53_record": {"a": {` + name + `, "weighted_routing_policy": {"weight": 1}}, "b": {` +
			name + `}}`, "want one, or a primary and a secondary"},
		"an address": {`"aws_route53_record": {"a": {` + name + `, "records": ["192.0.2.1"]}}`, "is no alias"},
		"a circle": {`"aws_route53_record": {"a": {` + name + `, "alias": {"name": "origin.example.com"}}}`,
			"leads from name to name"},
		"no target":      {failoverWith(`"type": "CLOUDWATCH_METRIC"`), "is as healthy as the records [], want one"},
		"another check":  {failoverWith(`"type": "HTTPS"`), `is of type "HTTPS"`},
		"a disabled one": {failoverWith(`"type": "CLOUDWATCH_METRIC", "disabled": true`), "is disabled or inverted"},
		"no threshold":   {failoverWith(`"type": "CALCULATED"`), "has no child_health_threshold"},
		"a foreign child": {failoverWith(`"type": "CALCULATED", "child_health_threshold": 1, "child_healthchecks": ["abc"]`),
			"child 0 is no health check"},
	} {
		if node, err := (dns{read(t, "prod", c.resources), allHealthy}).resolve("origin.example.com"); err == nil ||
			!strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, %v; want %q", what, node, err, c.want)
		}
	}
}

func failoverWith(check string) string {
	record := func(id, policy string) string {
		return fmt.Sprintf(
			`%q: {"name": "origin.example.com", "type": "A", "health_check_id": "${aws_route53_health_check.c.id}",
				"failover_routing_policy": {"type": %q},
			"alias": {"name": "elsewhere.example.com", "evaluate_target_health": true}}`, id, policy)
	}
	return `"aws_route53_record": {` + record("a", "PRIMARY") + `, ` + record("b", "SECONDARY") +
		`}, "aws_route53_health_check": {"c": {` + check + `}}`
}
