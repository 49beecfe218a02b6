package tests

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/pathproof"
)

const (
	transit = "tgw-0123456789abcdef0"
	peering = "pcx-0123456789abcdef0"
)

// companyNetwork lets people by a transit gateway to both, and a data team by a peering connection to the database.
func companyNetwork(e *environments.Environment) {
	e.Network.Access = []environments.NetworkAccess{
		{
			CIDR:    "10.100.0.0/16",
			Gateway: transit,
			To:      []environments.AccessTarget{environments.AccessDatabase, environments.AccessAPI},
		},
		{CIDR: "10.101.0.0/16", Gateway: peering, To: []environments.AccessTarget{environments.AccessDatabase}},
	}
}

func TestTheCompanysNetworkIsLetInAndAnswered(t *testing.T) {
	home := variant(t, "prod", companyNetwork)
	for path, port := range map[string]int{
		"database/access/database-from-10.100.0.0-16": 5432, "database/access/database-from-10.101.0.0-16": 5432,
		"cluster/control-plane-from-10.100.0.0-16": 443,
	} {
		rule := home.Resource(t, "aws_vpc_security_group_ingress_rule", path)
		rule.WantValue(t, "from_port", port)
		rule.WantValue(t, "to_port", port)
		rule.WantValue(t, "ip_protocol", "tcp")
		if block := fmt.Sprint(rule.At("cidr_ipv4")); !strings.HasSuffix(path, strings.ReplaceAll(block, "/", "-")) {
			t.Errorf("%s lets in %s", path, block)
		}
	}
	attachment := home.Resource(t, "aws_ec2_transit_gateway_vpc_attachment", "network/"+transit)
	attachment.WantValue(t, "transit_gateway_id", transit)
	for _, from := range []string{"data", "private-a", "private-b", "private-c"} {
		route := home.Resource(t, "aws_route", "network/"+from+"-to-10.100.0.0-16")
		route.WantValue(t, "transit_gateway_id", transit)
		// A gateway that the VPC is not attached to is not found (terraform-provider-aws#10025).
		if depends, _ := route.At("depends_on").([]any); !contains(depends, attachment.Address) {
			t.Errorf("%s does not wait for %s", route.Address, attachment.Address)
		}
	}
	home.Resource(t, "aws_route", "network/data-to-10.101.0.0-16").WantValue(t, "vpc_peering_connection_id", peering)
	if made := len(home.Resources("aws_route")) - len(stack(t, "prod").Resources("aws_route")); made != 5 {
		t.Errorf("%d routes more, want 5: what may not be called needs no way back", made)
	}
}

// The proof knows the file's networks, each by its own gateway to its own target, and no other.
func TestTheProofKnowsTheFilesNetworksAlone(t *testing.T) {
	unexpected := func(change func(*environments.Environment), asFile func(*environments.Environment)) []string {
		made := variants(t, "prod", change)
		var stacks []graph.Stack
		for _, one := range made {
			stacks = append(stacks, graph.Stack{Name: one.Name, JSON: []byte(one.Text)})
		}
		facts, err := pathproof.Read(stacks...)
		if err != nil {
			t.Fatal(err)
		}
		environment := loadedNamed(t, "prod")
		asFile(&environment)
		var found []string
		for _, result := range pathproof.Check(facts, facts.ScopeOf(environment, loaded)) {
			for _, one := range result.Unexpected {
				found = append(found, one.Who)
			}
		}
		slices.Sort(found)
		return found
	}
	before := unexpected(func(*environments.Environment) {}, func(*environments.Environment) {})
	if after := unexpected(companyNetwork, companyNetwork); !slices.Equal(after, before) {
		t.Errorf("what the file lets in is not expected: %q, want %q", after, before)
	}
	// The same stacks, of a file that lets nobody in.
	planted := unexpected(companyNetwork, func(*environments.Environment) {})
	for _, who := range []string{
		"10.100.0.0/16 on tcp 5432", "10.101.0.0/16 on tcp 5432", "10.100.0.0/16 on tcp 443",
		"10.100.0.0/16 by transit gateway " + transit, "10.101.0.0/16 by vpc peering connection " + peering,
	} {
		if !slices.Contains(planted, who) {
			t.Errorf("the proof does not see %q: %q", who, planted)
		}
	}
	// A block that may call the API alone gets no further, and no block comes by another's gateway.
	swapped := unexpected(companyNetwork, func(e *environments.Environment) {
		companyNetwork(e)
		e.Network.Access[0].Gateway, e.Network.Access[1].Gateway = peering, transit
	})
	if !slices.Contains(swapped, "10.100.0.0/16 by transit gateway "+transit) {
		t.Errorf("the proof takes any gateway for any block: %q", swapped)
	}
}

func TestFlowLogsGoWhereTheFileSays(t *testing.T) {
	s3 := variant(t, "prod", func(e *environments.Environment) { e.Network.FlowLogs = environments.LogsToS3 })
	flow, bucket := s3.Resource(t, "aws_flow_log", "network/flow-log"),
		s3.Resource(t, "aws_s3_bucket", "network/flow-log-bucket/bucket")
	flow.WantValue(t, "log_destination_type", "s3")
	flow.WantReference(t, "log_destination", bucket)
	flow.WantAbsent(t, "iam_role_arn") // EC2 takes none with S3
	if depends, _ := flow.At("depends_on").([]any); !contains(depends,
		s3.Resource(t, "aws_s3_bucket_policy", "network/flow-log-bucket/policy").Address) {
		t.Error("the flow log does not wait for its bucket's policy, and EC2 writes one of its own")
	}
	s3.Resource(t, "aws_s3_bucket_lifecycle_configuration", "network/flow-log-bucket/lifecycle").
		WantValue(t, "rule.1.expiration.0.days", 365)
	policy := policyIn(t, s3.Resource(t, "aws_s3_bucket_policy", "network/flow-log-bucket/policy"), "policy").
		statement(t, "FlowLogs")
	policy.WantValue(t, "Condition.StringEquals", map[string]string{"aws:SourceAccount": "333333333333"})

	none := variant(t, "prod", func(e *environments.Environment) { e.Network.FlowLogs = environments.LogsNowhere })
	if left := none.Resources("aws_flow_log"); len(left) > 0 {
		t.Errorf("flow logs that nobody wants: %v", left)
	}
}

func TestAccessLogsGoWhereTheFileSays(t *testing.T) {
	s3 := variants(t, "prod", func(e *environments.Environment) { e.Edge.AccessLogs = environments.LogsToS3 })["prod.global"]
	bucket := s3.Resource(t, "aws_s3_bucket", "access-logs/bucket")
	destination := s3.Resource(t, "aws_cloudwatch_log_delivery_destination", "edge/access-log-destination-s3")
	destination.WantReference(t, "delivery_destination_configuration.0.destination_resource_arn", bucket)
	s3.Resource(t, "aws_cloudwatch_log_delivery", "edge/access-log-delivery").
		WantReference(t, "delivery_destination_arn", destination)
	policy := policyIn(t, s3.Resource(t, "aws_s3_bucket_policy", "access-logs/policy"), "policy").
		statement(t, "DeliveredLogs")
	policy.WantValue(t, "Condition.ArnLike", map[string]string{
		"aws:SourceArn": "arn:aws:logs:us-east-1:333333333333:delivery-source:*",
	})

	none := variants(t, "prod", func(e *environments.Environment) { e.Edge.AccessLogs = environments.LogsNowhere })["prod.global"]
	if left := none.Resources("aws_cloudwatch_log_delivery_source"); len(left) > 0 {
		t.Errorf("access logs that nobody wants: %v", left)
	}
	// What the web ACL refuses is told all the same.
	none.Resource(t, "aws_wafv2_web_acl_logging_configuration", "edge/web-acl-logging")
}
