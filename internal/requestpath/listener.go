package requestpath

import (
	"cmp"
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// Types of a listener's actions.
const (
	Forward       = "forward"
	FixedResponse = "fixed-response"
	Redirect      = "redirect"
)

// Action is what a load balancer does with a request.
type Action struct {
	Type        string      // Forward, FixedResponse or Redirect
	Status      string      // of a fixed response or a redirect; a forwarded request has the application's own
	TargetGroup *graph.Node // where it is forwarded to, nil otherwise
}

// String is the action in a line: forward, or fixed-response 503.
func (a Action) String() string { return strings.TrimSpace(a.Type + " " + a.Status) }

// evaluate is what a listener does with a request that has these headers and comes from an address: the first rule in
// the order of priorities whose conditions all hold, else the default action (ALB User Guide, 'Listener rules'). It is
// an error where the outcome depends on what is not modelled here.
func evaluate(listener *graph.Node, headers headers, source netip.Addr) (Action, error) {
	rules, err := rulesOf(listener)
	if err != nil {
		return Action{}, err
	}
	for _, rule := range rules {
		holds, err := conditionsHold(rule, headers, source)
		if err != nil {
			return Action{}, err
		}
		if holds {
			return actionOf(rule, "action")
		}
	}
	return actionOf(listener, "default_action")
}

// rulesOf are a listener's rules in the order of their priorities, which no two share.
func rulesOf(listener *graph.Node) ([]*graph.Node, error) {
	var rules []*graph.Node
	for _, edge := range listener.Referrers() {
		if edge.From.Type == "aws_lb_listener_rule" && edge.Argument == "listener_arn" {
			rules = append(rules, edge.From)
		}
	}
	priority := func(rule *graph.Node) float64 { n, _ := rule.At("priority").(float64); return n }
	slices.SortFunc(rules, func(a, b *graph.Node) int { return cmp.Compare(priority(a), priority(b)) })
	for i, rule := range rules {
		if priority(rule) < 1 {
			return nil, fmt.Errorf("%s has priority %v, want 1 to 50000", rule, rule.At("priority"))
		}
		if i > 0 && priority(rule) == priority(rules[i-1]) {
			return nil, fmt.Errorf("%s has the priority of %s: AWS refuses that", rule, rules[i-1])
		}
	}
	return rules, nil
}

// conditionsHold is whether a request meets every condition of a rule. Of each, one value is enough.
func conditionsHold(rule *graph.Node, headers headers, source netip.Addr) (bool, error) {
	for i := range rule.Len("condition") {
		path := conditionPath(i)
		condition, _ := rule.At(path).(map[string]any)
		var holds bool
		var err error
		switch {
		case len(condition) == 1 && condition["source_ip"] != nil:
			holds, err = sourceMatches(rule, path+".source_ip.values", source)
		case len(condition) == 1 && (condition["http_header"] != nil || condition["host_header"] != nil):
			holds, err = headerMatches(rule, path, headers)
		default:
			err = fmt.Errorf("%s: %s is on no header and no address, and others are not modelled", rule, path)
		}
		if err != nil || !holds {
			return false, err
		}
	}
	return true, nil
}

func conditionPath(i int) string { return fmt.Sprintf("condition.%d", i) }

// sourceMatches is whether a block of a condition has the address that the connection comes from, which no header
// changes (ALB User Guide, 'Source IP address conditions').
func sourceMatches(rule *graph.Node, values string, source netip.Addr) (bool, error) {
	for _, text := range textsOf(rule, values) {
		block, err := netip.ParsePrefix(text)
		if err != nil {
			return false, fmt.Errorf("%s: %s has %q, want a block of addresses", rule, values, text)
		}
		if block.Contains(source) {
			return true, nil
		}
	}
	return false, nil
}

func textsOf(node *graph.Node, path string) []string {
	var texts []string
	for i := range node.Len(path) {
		texts = append(texts, node.Text(fmt.Sprintf("%s.%d", path, i)))
	}
	return texts
}

// headerOf is the header that a condition is about, in lower case, and the path of its values.
func headerOf(rule *graph.Node, path string) (name, values string) {
	if rule.At(path+".host_header") != nil {
		return "host", path + ".host_header.values"
	}
	return strings.ToLower(rule.Text(path + ".http_header.http_header_name")), path + ".http_header.values"
}

func headerMatches(rule *graph.Node, path string, headers headers) (bool, error) {
	name, values := headerOf(rule, path)
	sent, ok := headers[name]
	if !ok {
		return false, nil
	}
	for i := range rule.Len(values) {
		wanted, err := valueOf(rule, fmt.Sprintf("%s.%d", values, i))
		if err != nil {
			return false, err
		}
		if matches(wanted, sent) {
			return true, nil
		}
	}
	return false, nil
}

// matches compares a condition's string with the whole of a header's value, without regard to case: * stands for any
// characters, ? for one (Elastic Load Balancing API Reference, HttpHeaderConditionConfig).
func matches(wanted, sent string) bool {
	pattern := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(wanted))
	return regexp.MustCompile("(?is)^" + pattern + "$").MatchString(sent)
}

// actionOf is the only action of a listener or rule.
func actionOf(node *graph.Node, argument string) (Action, error) {
	if n := node.Len(argument); n != 1 {
		return Action{}, fmt.Errorf("%s has %d actions in %s, want one: others are not modelled", node, n, argument)
	}
	path := argument + ".0."
	action := Action{Type: node.Text(path + "type")}
	switch action.Type {
	case FixedResponse:
		action.Status = node.Text(path + "fixed_response.status_code")
		return action, nil
	case Redirect:
		action.Status = node.Text(path + "redirect.status_code")
		return action, nil
	case Forward:
		edge, ok := node.Reference(path + "target_group_arn")
		if ok {
			action.TargetGroup = edge.To
			return action, nil
		}
	}
	return Action{}, fmt.Errorf("%s: %s.0 is %v, want a forward to one target group, a fixed response or a redirect",
		node, argument, node.At(argument+".0"))
}
