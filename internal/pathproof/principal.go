package pathproof

import (
	"fmt"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// Principal is somebody who may be allowed something.
type Principal struct {
	Name    string      // as the invariants' table has it
	ARN     string      // a pattern; empty for a service
	Account string      // empty for a service
	Role    *graph.Node // nil for one that no stack makes

	identity []statement
	boundary []statement // nil is none that is known
	trust    []statement
}

// The principals that have no name of their own. Characters that no name holds keep literal patterns from matching.
const (
	// OfAccount is every principal of the account that no stack makes and no policy names: its administrators. What
	// they may do is the account's to say, so only a resource's own policy is counted against them.
	OfAccount = "account"
	// OfOthers is everybody else: other accounts, and whoever is not signed in.
	OfOthers = "anybody"

	anyOther = "‹any other›"
)

// anything is the policy of a principal whose policies are not in the JSON.
var anything = []statement{{
	by: "its own policies, which no stack makes", actions: []string{"*"}, resources: []string{"*"},
}}

// readRoles makes a principal of every role, with its policies, its boundary and its trust.
func (f *Facts) readRoles() error {
	policies, err := f.readPolicies()
	if err != nil {
		return err
	}
	for _, node := range f.Graph.Resources("aws_iam_role") {
		arn := f.arn(node)
		p := &Principal{
			Name:    arn[strings.LastIndex(arn, "/")+1:],
			ARN:     arn,
			Account: f.places[node.Stack].account,
			Role:    node,
		}
		if p.trust, err = f.statements(node, node.At("assume_role_policy")); err != nil {
			return err
		}
		if boundary := node.Text("permissions_boundary"); boundary != "" {
			p.boundary = policies[f.pattern(node, boundary)]
		}
		if err := f.readIdentity(p, policies); err != nil {
			return err
		}
		f.principals = append(f.principals, p)
	}
	return nil
}

// readPolicies are the statements of the managed policies of the stacks, by ARN.
func (f *Facts) readPolicies() (map[string][]statement, error) {
	found := map[string][]statement{}
	for _, node := range f.Graph.Resources("aws_iam_policy") {
		statements, err := f.statements(node, node.At("policy"))
		if err != nil {
			return nil, err
		}
		found[f.arn(node)] = statements
	}
	return found, nil
}

// readIdentity adds what a role is allowed by policies in it and attached to it.
func (f *Facts) readIdentity(p *Principal, policies map[string][]statement) error {
	for _, node := range f.Graph.Resources("aws_iam_role_policy") {
		if !f.isOf(node, p) {
			continue
		}
		statements, err := f.statements(node, node.At("policy"))
		if err != nil {
			return err
		}
		p.identity = append(p.identity, statements...)
	}
	for i := range p.Role.Len("inline_policy") {
		statements, err := f.statements(p.Role, p.Role.At(fmt.Sprintf("inline_policy.%d.policy", i)))
		if err != nil {
			return err
		}
		p.identity = append(p.identity, statements...)
	}
	for _, arn := range texts(p.Role.At("managed_policy_arns")) {
		p.identity = append(p.identity, attached(policies, f.pattern(p.Role, arn), p.Role)...)
	}
	for _, node := range f.Graph.Resources("aws_iam_role_policy_attachment") {
		if f.isOf(node, p) {
			p.identity = append(p.identity, attached(policies, f.pattern(node, node.Text("policy_arn")), node)...)
		}
	}
	return nil
}

// isOf is whether a policy or an attachment may be the role's.
func (f *Facts) isOf(node *graph.Node, p *Principal) bool {
	return f.places[node.Stack].account == p.Account && overlaps(f.pattern(node, node.Text("role")), p.Name)
}
