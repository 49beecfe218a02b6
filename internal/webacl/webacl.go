// Package webacl says what a web ACL of AWS WAF does with a request: a model of what the AWS WAF Developer Guide
// documents, over the Terraform JSON that stacks synthesize. AWS publishes what its managed rules look for in words
// and with examples; the model finds the examples, not every attack.
package webacl

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/titan-platform/titan/internal/graph"
)

// Actions that end the evaluation of a web ACL. Count ends nothing, and shows in Verdict.Counted.
const (
	Allow     = "allow"
	Block     = "block"
	Captcha   = "captcha"
	Challenge = "challenge"

	count = "count"
)

// Verdict is what a web ACL says of a request.
type Verdict struct {
	Action string // Allow, Block, Captcha or Challenge
	Rule   string // that decided: rate-limit, or common/NoUserAgent_HEADER in a rule group; empty for the default action

	Status  int     // of a request that is not allowed; 403 where no rule says another
	Headers Headers // of a custom response
	Body    string  // of a custom response

	Counted  []string // rules that matched and only count, as Rule
	Labels   []string // fully qualified
	Inserted Headers  // added to an allowed request
}

// String is the verdict in a line: block common/NoUserAgent_HEADER.
func (v Verdict) String() string {
	if v.Rule == "" {
		return v.Action
	}
	return v.Action + " " + v.Rule
}

// evaluation is one request before one web ACL.
type evaluation struct {
	Request
	acl         graph.Block
	inspectBody int // bytes of the body that are inspected
	verdict     Verdict
}

// Evaluate asks a web ACL's rules in the order of their priorities. The first that matches by an action other than
// count decides, else the default action (AWS WAF Developer Guide, 'Setting rule priority in a web ACL'). It is an
// error where the outcome depends on what is not modelled here.
func Evaluate(acl *graph.Node, request Request) (Verdict, error) {
	e := &evaluation{Request: request, acl: acl.Block()}
	var err error
	if e.inspectBody, err = bodyLimit(e.acl); err != nil {
		return Verdict{}, err
	}
	rules := e.acl.Blocks("rule")
	slices.SortStableFunc(rules, func(a, b graph.Block) int { return cmp.Compare(priority(a), priority(b)) })
	for i, rule := range rules {
		if i > 0 && priority(rule) == priority(rules[i-1]) {
			return Verdict{}, fmt.Errorf("%s has the priority of another rule: AWS refuses that", rule)
		}
		decided, err := e.rule(rule)
		if err != nil {
			return Verdict{}, err
		}
		if decided {
			return e.verdict, nil
		}
	}
	return e.verdict, e.act(e.acl, "default_action", "")
}

func priority(rule graph.Block) float64 { n, _ := rule.Number("priority"); return n }

// rule is whether a rule decides on the request.
func (e *evaluation) rule(rule graph.Block) (bool, error) {
	statement, ok := rule.Only("statement")
	if !ok {
		return false, fmt.Errorf("%s has no statement", rule)
	}
	if managed, ok := statement.Only("managed_rule_group_statement"); ok {
		return e.managedGroup(rule, managed)
	}
	if group, ok := statement.Only("rule_group_reference_statement"); ok {
		return false, fmt.Errorf("%s: rule groups of one's own are not modelled", group)
	}
	matches, err := e.matches(statement)
	if err != nil || !matches {
		return false, err
	}
	e.addLabels(rule)
	name := rule.Text("name")
	if counting, ok := only(rule, "action", count); ok {
		e.verdict.Counted = append(e.verdict.Counted, name)
		e.insert(counting)
		return false, nil
	}
	return true, e.act(rule, "action", name)
}

// act ends the evaluation by the action of a rule or of the web ACL.
func (e *evaluation) act(block graph.Block, argument, rule string) error {
	action, ok := block.Only(argument)
	if !ok {
		return fmt.Errorf("%s has no %s", block, argument)
	}
	names := action.Names()
	if len(names) != 1 || !slices.Contains([]string{Allow, Block, Captcha, Challenge}, names[0]) {
		return fmt.Errorf("%s: %s is %v, want one of allow, block, captcha, challenge", block, argument, names)
	}
	e.verdict.Action, e.verdict.Rule = names[0], rule
	if names[0] == Allow {
		if allow, ok := action.Only(Allow); ok {
			e.insert(allow)
		}
		return nil
	}
	e.verdict.Status = defaultStatus(names[0])
	if response, ok := only(action, Block, "custom_response"); ok {
		return e.respond(response)
	}
	return nil
}

// defaultStatus is what WAF answers by: 403 for block, 405 for CAPTCHA, 202 for a challenge (AWS WAF Developer Guide,
// 'How CAPTCHA and Challenge actions work').
func defaultStatus(action string) int {
	return map[string]int{Block: 403, Captcha: 405, Challenge: 202}[action]
}

// respond takes the custom response of a block (AWS WAF Developer Guide, 'Sending custom responses for Block
// actions').
func (e *evaluation) respond(response graph.Block) error {
	switch code := response.At("response_code").(type) {
	case float64:
		e.verdict.Status = int(code)
	case string:
		status, err := strconv.Atoi(code)
		if err != nil {
			return fmt.Errorf("%s: response code %q is no number", response, code)
		}
		e.verdict.Status = status
	}
	for _, header := range response.Blocks("response_header") {
		e.verdict.Headers = e.verdict.Headers.With(header.Text("name"), header.Text("value"))
	}
	key := response.Text("custom_response_body_key")
	if key == "" {
		return nil
	}
	for _, body := range e.acl.Blocks("custom_response_body") {
		if body.Text("key") == key {
			e.verdict.Body = body.Text("content")
			return nil
		}
	}
	return fmt.Errorf("%s: custom response body %q is not in the web ACL", response, key)
}

// insert adds the headers of an action's custom request handling, whose names WAF prefixes (AWS WAF Developer Guide,
// 'Inserting custom request headers for non-blocking actions').
func (e *evaluation) insert(action graph.Block) {
	handling, ok := action.Only("custom_request_handling")
	if !ok {
		return
	}
	for _, header := range handling.Blocks("insert_header") {
		e.verdict.Inserted = e.verdict.Inserted.With("x-amzn-waf-"+header.Text("name"), header.Text("value"))
	}
}

// only is a block in a block, each of which may stand once.
func only(block graph.Block, outer, inner string) (graph.Block, bool) {
	found, ok := block.Only(outer)
	if !ok {
		return graph.Block{}, false
	}
	return found.Only(inner)
}
