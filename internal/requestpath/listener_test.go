package requestpath

import (
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/graph"
)

// listener reads a stack with a listener that refuses, and these rules.
func listener(t *testing.T, rules string) *graph.Node {
	t.Helper()
	return read(t, "prod",
		`"aws_lb_target_group": {"pods": {}}, "aws_lb_listener": {"https": {"default_action": [`+refuse("403")+
			`]}}, "aws_lb_listener_rule": {`+rules+`}`).
		Node("prod", "aws_lb_listener.https")
}

// read makes the graph of one stack of these resources in eu-west-1.
func read(t *testing.T, name, resources string) *graph.Graph {
	t.Helper()
	g, err := graph.Read(stackOf(name, resources))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func stackOf(name, resources string) graph.Stack {
	return graph.Stack{Name: name, JSON: []byte(`{
		"provider": {"aws": [{"region": "eu-west-1"}]},
		"data": {"aws_secretsmanager_secret_version": {"a": {"secret_id": "${aws_secretsmanager_secret.a.id}"},
			"replica": {"secret_id": "origin-a"}}},
		"resource": {"aws_secretsmanager_secret": {"a": {"name": "origin-a"}}, ` + resources + `}
	}`)}
}

func refuse(status string) string {
	return fmt.Sprintf(`{"type": "fixed-response", "fixed_response": {"status_code": %q}}`, status)
}

const forward = `{"type": "forward", "target_group_arn": "${aws_lb_target_group.pods.arn}"}`

// rule is a rule with conditions on headers, each as name=value|value.
func rule(id string, priority int, action string, conditions ...string) string {
	var parts []string
	for _, condition := range conditions {
		name, values, _ := strings.Cut(condition, "=")
		parts = append(parts, fmt.Sprintf(`{"http_header": {"http_header_name": %q, "values": ["%s"]}}`,
			name, strings.ReplaceAll(values, "|", `", "`)))
	}
	return fmt.Sprintf(
		`%q: {"listener_arn": "${aws_lb_listener.https.arn}", "priority": %d, "action": [%s], "condition": [%s]}`,
		id, priority, action, strings.Join(parts, ", "))
}

func TestListenerTakesTheFirstRuleWhoseConditionsAllHold(t *testing.T) {
	const secret = "${data.aws_secretsmanager_secret_version.a.secret_string}"
	rules := strings.Join([]string{
		rule("z-first", 10, forward, "X-Verify="+secret+"|other", "X-Serving=prod"),
		rule("a-second", 20, refuse("503"), "x-verify="+secret),
		rule("b-third", 300, `{"type": "redirect", "redirect": {"status_code": "HTTP_301"}}`, "X-Wild=a*c?"),
		rule("c-never", 40, refuse("500"), "X-Verify="+secret, "X-Serving=prod"),
	}, ", ")
	value := "value of secret origin-a"
	for name, c := range map[string]struct {
		headers headers
		want    string
	}{
		"nothing":                          {headers{}, "fixed-response 403"},
		"both headers":                     {headers{"x-verify": value, "x-serving": "prod"}, "forward"},
		"without regard to case":           {headers{"x-verify": strings.ToUpper(value), "x-serving": "PROD"}, "forward"},
		"one of a condition's values":      {headers{"x-verify": "other", "x-serving": "prod"}, "forward"},
		"one condition of two":             {headers{"x-verify": value}, "fixed-response 503"},
		"another value":                    {headers{"x-verify": value, "x-serving": "prod-dr"}, "fixed-response 503"},
		"a value that only begins so":      {headers{"x-verify": value, "x-serving": "production"}, "fixed-response 503"},
		"the second condition alone":       {headers{"x-serving": "prod"}, "fixed-response 403"},
		"a star for nothing":               {headers{"x-wild": "acd"}, "redirect HTTP_301"},
		"a star for much":                  {headers{"x-wild": "a, b\nc!"}, "redirect HTTP_301"},
		"no character for a question mark": {headers{"x-wild": "abc"}, "fixed-response 403"},
	} {
		t.Run(name, func(t *testing.T) {
			action, err := evaluate(listener(t, rules), c.headers, fromEdge)
			if err != nil || action.String() != c.want {
				t.Errorf("got %s, %v; want %s", action, err, c.want)
			}
			if action.Type == Forward != (action.TargetGroup != nil) {
				t.Errorf("%s leads to %v", action, action.TargetGroup)
			}
		})
	}
}

// A replica is read by the secret's name, and has its value.
func TestAReplicaHasItsSecretsValue(t *testing.T) {
	node := listener(t,
		rule("r", 1, forward, "a=${data.aws_secretsmanager_secret_version.a.secret_string}",
			"b=${data.aws_secretsmanager_secret_version.replica.secret_string}"))
	rules, err := rulesOf(node)
	if err != nil {
		t.Fatal(err)
	}
	own, err := valueOf(rules[0], "condition.0.http_header.values.0")
	if err != nil {
		t.Fatal(err)
	}
	replica, err := valueOf(rules[0], "condition.1.http_header.values.0")
	if err != nil || own != replica {
		t.Errorf("%q and %q, %v", own, replica, err)
	}
}

// A guess would make the walk say of a request what is not so.
func TestWhatIsNotModelledIsAnError(t *testing.T) {
	for name, c := range map[string]struct{ rules, want string }{
		"another condition": {`"r": {"listener_arn": "${aws_lb_listener.https.arn}", "priority": 1, "action": [` + forward +
			`], "condition": [{"path_pattern": {"values": ["/*"]}}]}`,
			"condition.0 is on no header and no address"},
		"a value that is neither text nor secret": {rule("r", 1, forward, "a=${aws_lb_target_group.pods.arn}"),
			"want a string or the value of a secret"},
		"a value within text": {rule("r", 1, forward, "a=x${aws_lb_target_group.pods.arn}"),
			"want a string or the value of a secret"},
		"an action before the last": {rule("r", 1, `{"type": "authenticate-oidc"}, `+forward, "a=1"),
			"has 2 actions in action, want one"},
		"another action": {rule("r", 1, `{"type": "forward", "forward": {}}`, "a=1"),
			"want a forward to one target group"},
		"no priority": {rule("r", 0, forward, "a=1"), "has priority 0"},
		"one priority twice": {rule("r", 1, forward, "a=1") + ", " + rule("s", 1, forward, "a=1"),
			"has the priority of"},
	} {
		if action, err := evaluate(listener(t, c.rules), headers{"a": "1"}, fromEdge); err == nil ||
			!strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %s, %v; want %q", name, action, err, c.want)
		}
	}
}
