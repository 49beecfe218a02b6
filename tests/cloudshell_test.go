package tests

import (
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/pathproof"
)

func withCloudShell(e *environments.Environment) { e.Cluster.CloudShell = true }

// What a CloudShell VPC environment may call is the cluster's API, interface endpoints and HTTPS by NAT, and nothing
// calls it. Without the line there is nothing of it.
func TestCloudShellReachesTheAPIAndTheProofKnowsIt(t *testing.T) {
	home := variant(t, "prod", withCloudShell)
	group := home.Resource(t, "aws_security_group", "cluster/cloudshell")
	home.Resource(t, "aws_vpc_security_group_ingress_rule", "cluster/control-plane-from-cloudshell").
		WantReference(t, "referenced_security_group_id", group)
	var out []string
	for _, kind := range []string{"aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"} {
		for _, rule := range home.Resources(kind) {
			if id, _ := rule.At("security_group_id").(string); !strings.Contains(id, group.Address) {
				continue
			}
			if kind == "aws_vpc_security_group_ingress_rule" {
				t.Errorf("%s lets somebody call CloudShell", rule.Address)
			}
			rule.WantValue(t, "from_port", 443)
			rule.WantValue(t, "to_port", 443)
			rule.WantValue(t, "ip_protocol", "tcp")
			out = append(out, rule.Address)
		}
	}
	if len(out) != 3 {
		t.Errorf("it may call by %q, want API, endpoints and internet", out)
	}
	for _, group := range stack(t, "prod").Resources("aws_security_group") {
		if strings.Contains(group.Address, "cloudshell") {
			t.Errorf("a file that asks for none has %s", group.Address)
		}
	}
	unexpected := func(asFile func(*environments.Environment)) bool {
		var stacks []graph.Stack
		for _, one := range variants(t, "prod", withCloudShell) {
			stacks = append(stacks, graph.Stack{Name: one.Name, JSON: []byte(one.Text)})
		}
		facts, err := pathproof.Read(stacks...)
		if err != nil {
			t.Fatal(err)
		}
		environment := loadedNamed(t, "prod")
		asFile(&environment)
		for _, result := range pathproof.Check(facts, facts.ScopeOf(environment, loaded)) {
			for _, one := range result.Unexpected {
				if strings.Contains(one.Who, "CloudShell") {
					return true
				}
			}
		}
		return false
	}
	if unexpected(withCloudShell) {
		t.Error("what the file lets in is not expected")
	}
	if !unexpected(func(*environments.Environment) {}) {
		t.Error("the proof does not see a group for CloudShell that no file asks for")
	}
}
