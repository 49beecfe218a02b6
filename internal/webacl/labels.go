package webacl

import (
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// ownLabels begins the labels of a web ACL's own rules. AWS puts the account's number where the star is (AWS WAF
// Developer Guide, 'Label syntax and naming requirements').
func (e *evaluation) ownLabels() string { return "awswaf:*:webacl:" + e.acl.Text("name") + ":" }

func (e *evaluation) addLabels(rule graph.Block) {
	for _, label := range rule.Blocks("rule_label") {
		e.verdict.Labels = append(e.verdict.Labels, e.ownLabels()+label.Text("name"))
	}
}

// labelMatch looks at the labels that earlier rules have added. A key without the prefix means the web ACL's own
// (AWS WAF Developer Guide, 'Label match rule statement').
func (e *evaluation) labelMatch(block graph.Block) (bool, error) {
	key := block.Text("key")
	if !strings.HasPrefix(key, "awswaf:") {
		key = e.ownLabels() + key
	}
	switch scope := block.Text("scope"); scope {
	case "LABEL":
		return slices.Contains(e.verdict.Labels, key), nil
	case "NAMESPACE":
		return slices.ContainsFunc(e.verdict.Labels, func(label string) bool { return strings.HasPrefix(label, key) }), nil
	default:
		return false, fmt.Errorf("%s: scope is %q, want LABEL or NAMESPACE", block, scope)
	}
}
