package graph

import (
	"slices"
	"testing"
)

func TestABlockReadsWhatItsNodeHoldsThere(t *testing.T) {
	g, err := Read(Stack{Name: "prod", JSON: []byte(`{"resource": {
		"aws_wafv2_ip_set": {"people": {}},
		"aws_wafv2_web_acl": {"acl": {"name": "acl", "rule": [
			{"priority": 1, "statement": {"not_statement": [{"statement": [{"ip_set_reference_statement": {"arn": "${aws_wafv2_ip_set.people.arn}"}}]}]}},
			{"priority": 2, "statement": {"geo_match_statement": {"country_codes": ["DE", "FR"]}}}
		]}}}}`)})
	if err != nil {
		t.Fatal(err)
	}
	acl := g.Node("prod", "aws_wafv2_web_acl.acl").Block()
	rules := acl.Blocks("rule")
	if len(rules) != 2 || rules[1].String() != "prod: aws_wafv2_web_acl.acl: rule.1" ||
		acl.String() != "prod: aws_wafv2_web_acl.acl" {
		t.Fatalf("rules %v of %v", rules, acl)
	}
	if got := rules[1].Texts("statement.geo_match_statement.country_codes"); !slices.Equal(got, []string{"DE", "FR"}) {
		t.Errorf("countries %v", got)
	}
	if n, ok := rules[1].Number("priority"); !ok || n != 2 {
		t.Errorf("priority %v", n)
	}
	statement, _ := rules[0].Only("statement")
	not, ok := statement.Only("not_statement")
	if !ok {
		t.Fatal("a block in a list is not found")
	}
	inner, _ := not.Only("statement")
	set, _ := inner.Only("ip_set_reference_statement")
	if edge, ok := set.Reference("arn"); !ok || edge.To.Address != "aws_wafv2_ip_set.people" {
		t.Errorf("reference %v", edge)
	}
	if _, ok := acl.Only("rule"); ok {
		t.Error("one of two rules is taken for the only one")
	}
	if got := rules[0].Names(); !slices.Equal(got, []string{"priority", "statement"}) {
		t.Errorf("names %v", got)
	}
	if got := acl.Names(); !slices.Equal(got, []string{"name", "rule"}) {
		t.Errorf("names of the node %v", got)
	}
}
