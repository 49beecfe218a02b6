package tests

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
)

// letters are the zones' letters, as construct ids carry them.
func letters(environment environments.Environment) []string {
	var list []string
	for _, zone := range environment.Network.AvailabilityZones {
		list = append(list, strings.TrimPrefix(zone, string(environment.Region)))
	}
	return list
}

// The document has one subnet a tier, with no zone, which neither EKS nor a load balancer nor Aurora accepts.
func TestThreeTiersInThreeZones(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		vpc := stack.Resource(t, "aws_vpc", "network/main")
		vpc.WantValue(t, "cidr_block", environment.Network.CIDR)
		vpc.WantValue(t, "enable_dns_hostnames", true)
		vpc.WantValue(t, "enable_dns_support", true)

		blocks, err := environment.Network.Subnets()
		if err != nil {
			t.Fatal(err)
		}
		for i, letter := range letters(environment) {
			for tier, want := range map[string]string{
				"public": blocks.Public[i].String(), "private": blocks.Private[i].String(), "data": blocks.Data[i].String(),
			} {
				subnet := stack.Resource(t, "aws_subnet", "network/"+tier+"-"+letter)
				subnet.WantValue(t, "availability_zone", environment.Network.AvailabilityZones[i])
				subnet.WantValue(t, "cidr_block", want)
				subnet.WantReference(t, "vpc_id", vpc)
			}
		}
		if n := len(stack.Resources("aws_subnet")); n != 9 {
			t.Errorf("%d subnets, want 9", n)
		}
	})
}

// The document gives a public address to whatever starts in a public subnet.
func TestNothingGetsAPublicAddressByItself(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		for _, subnet := range stack.Resources("aws_subnet") {
			subnet.WantValue(t, "map_public_ip_on_launch", false)
		}
	})
}

func TestSubnetsTellLoadBalancerControllersTheirRole(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		for _, letter := range letters(environment) {
			stack.Resource(t, "aws_subnet", "network/public-"+letter).WantValue(t, `tags.kubernetes\.io/role/elb`, "1")
			stack.Resource(t, "aws_subnet", "network/private-"+letter).WantValue(t, `tags.kubernetes\.io/role/internal-elb`, "1")
		}
	})
}

func TestNATGatewaysAsTheFileSays(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		gateways := stack.Resources("aws_nat_gateway")
		if want := map[environments.NAT]int{environments.NATSingle: 1, environments.NATPerAZ: 3}[environment.Network.NAT]; len(gateways) != want {
			t.Errorf("%d NAT gateways, nat: %s means %d", len(gateways), environment.Network.NAT, want)
		}
		internet := stack.Resource(t, "aws_internet_gateway", "network/internet")
		for _, gateway := range gateways {
			if depends, _ := gateway.At("depends_on").([]any); !contains(depends, internet.Address) {
				t.Errorf("%s does not wait for the internet gateway", gateway.Address)
			}
		}
		for i, letter := range letters(environment) {
			gateway := gateways[min(i, len(gateways)-1)]
			route := stack.Resource(t, "aws_route", "network/private-"+letter+"-nat")
			route.WantValue(t, "destination_cidr_block", "0.0.0.0/0")
			route.WantReference(t, "nat_gateway_id", gateway)
			route.WantReference(t, "route_table_id", stack.Resource(t, "aws_route_table", "network/private-"+letter+"-routes"))
		}
	})
}

func TestDataSubnetsHaveNoWayOut(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		table := stack.Resource(t, "aws_route_table", "network/data-routes")
		table.WantAbsent(t, "route")
		for _, route := range stack.Resources("aws_route") {
			if id, _ := route.At("route_table_id").(string); strings.Contains(id, table.Address) {
				t.Errorf("%s leads out of the data subnets\n%s", route.Address, synth.Text(route.Body))
			}
		}
		for _, letter := range letters(environment) {
			association := stack.Resource(t, "aws_route_table_association", "network/data-"+letter+"-association")
			association.WantReference(t, "route_table_id", table)
			association.WantReference(t, "subnet_id", stack.Resource(t, "aws_subnet", "network/data-"+letter))
		}
	})
}

func TestDefaultSecurityGroupIsEmpty(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		group := stack.Resource(t, "aws_default_security_group", "network/default")
		group.WantAbsent(t, "ingress")
		group.WantAbsent(t, "egress")
	})
}

func TestFlowLogsAreKeptAndEncrypted(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		group := stack.Resource(t, "aws_cloudwatch_log_group", "network/flow-logs")
		group.WantValue(t, "retention_in_days", environment.Network.FlowLogDays)
		group.WantReference(t, "kms_key_id", stack.Resource(t, "aws_kms_key", "encryption/logs_kms"))

		flow := stack.Resource(t, "aws_flow_log", "network/flow-log")
		flow.WantValue(t, "traffic_type", "ALL")
		flow.WantReference(t, "log_destination", group) // so the group is made before its writer, and AWS does not make one of its own
		policy := stack.Resource(t, "aws_iam_role_policy", "network/flow-logs-policy")
		if depends, _ := flow.At("depends_on").([]any); !contains(depends, policy.Address) {
			t.Errorf("%s does not wait for %s", flow.Address, policy.Address)
		}
		trust := policyIn(t, stack.Resource(t, "aws_iam_role", "network/flow-logs-role"), "assume_role_policy").
			statement(t, "FlowLogs")
		trust.WantValue(t, "Principal.Service", "vpc-flow-logs.amazonaws.com")
		trust.WantValue(t, "Condition.StringEquals", map[string]string{"aws:SourceAccount": environment.Account.ID})
	})
}

func TestEndpointsAreForTheAccountAlone(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		s3 := stack.Resource(t, "aws_vpc_endpoint", "network/s3")
		s3.WantValue(t, "vpc_endpoint_type", "Gateway")
		s3.WantValue(t, "service_name", fmt.Sprintf("com.amazonaws.%s.s3", environment.Region))
		own := policyIn(t, s3, "policy").statement(t, "OwnPrincipalsOwnBuckets")
		own.WantValue(t, "Condition.StringEquals", map[string]string{
			"aws:PrincipalAccount": environment.Account.ID,
			"aws:ResourceAccount":  environment.Account.ID,
		})

		for _, service := range environment.Network.Endpoints {
			endpoint := stack.Resource(t, "aws_vpc_endpoint", "network/endpoint-"+service)
			endpoint.WantValue(t, "vpc_endpoint_type", "Interface")
			endpoint.WantValue(t, "private_dns_enabled", true)
			if slices.Contains([]string{"eks", "eks-auth"}, service) { // they refuse a policy
				endpoint.WantAbsent(t, "policy")
				continue
			}
			policyIn(t, endpoint, "policy").statement(t, "OwnPrincipals").
				WantValue(t, "Condition.StringEquals", map[string]string{"aws:PrincipalAccount": environment.Account.ID})
		}
		if got, want := len(stack.Resources("aws_vpc_endpoint")), len(environment.Network.Endpoints)+1; got != want {
			t.Errorf("%d endpoints, want %d", got, want)
		}
	})
}

// Every rule is its own described resource: an inline rule and a separate one undo each other.
func TestSecurityGroupRulesAreSeparateAndDescribed(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		for _, group := range stack.Resources("aws_security_group") {
			group.WantAbsent(t, "ingress")
			group.WantAbsent(t, "egress")
			if group.At("description") == nil {
				t.Errorf("%s is not described", group.Address)
			}
		}
		for _, kind := range []string{"aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"} {
			for _, rule := range stack.Resources(kind) {
				if rule.At("description") == nil {
					t.Errorf("%s is not described", rule.Address)
				}
			}
		}
	})
}
