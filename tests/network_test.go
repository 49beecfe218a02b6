package tests

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
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
		vpc := stack.resource(t, "aws_vpc", "network/main")
		vpc.has(t, "cidr_block", environment.Network.CIDR)
		vpc.has(t, "enable_dns_hostnames", true)
		vpc.has(t, "enable_dns_support", true)

		blocks, err := environment.Network.Subnets()
		if err != nil {
			t.Fatal(err)
		}
		for i, letter := range letters(environment) {
			for tier, want := range map[string]string{
				"public": blocks.Public[i].String(), "private": blocks.Private[i].String(), "data": blocks.Data[i].String(),
			} {
				subnet := stack.resource(t, "aws_subnet", "network/"+tier+"-"+letter)
				subnet.has(t, "availability_zone", environment.Network.AvailabilityZones[i])
				subnet.has(t, "cidr_block", want)
				subnet.refers(t, "vpc_id", vpc)
			}
		}
		if n := len(stack.resources("aws_subnet")); n != 9 {
			t.Errorf("%d subnets, want 9", n)
		}
	})
}

// The document gives a public address to whatever starts in a public subnet.
func TestNothingGetsAPublicAddressByItself(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		for _, subnet := range stack.resources("aws_subnet") {
			subnet.has(t, "map_public_ip_on_launch", false)
		}
	})
}

func TestSubnetsTellLoadBalancerControllersTheirRole(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		for _, letter := range letters(environment) {
			stack.resource(t, "aws_subnet", "network/public-"+letter).has(t, `tags.kubernetes\.io/role/elb`, "1")
			stack.resource(t, "aws_subnet", "network/private-"+letter).has(t, `tags.kubernetes\.io/role/internal-elb`, "1")
		}
	})
}

func TestNATGatewaysAsTheFileSays(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		gateways := stack.resources("aws_nat_gateway")
		if want := map[environments.NAT]int{environments.NATSingle: 1, environments.NATPerAZ: 3}[environment.Network.NAT]; len(gateways) != want {
			t.Errorf("%d NAT gateways, nat: %s means %d", len(gateways), environment.Network.NAT, want)
		}
		internet := stack.resource(t, "aws_internet_gateway", "network/internet")
		for _, gateway := range gateways {
			if depends, _ := gateway.at("depends_on").([]any); !contains(depends, internet.Address) {
				t.Errorf("%s does not wait for the internet gateway", gateway.Address)
			}
		}
		for i, letter := range letters(environment) {
			gateway := gateways[min(i, len(gateways)-1)]
			route := stack.resource(t, "aws_route", "network/private-"+letter+"-nat")
			route.has(t, "destination_cidr_block", "0.0.0.0/0")
			route.refers(t, "nat_gateway_id", gateway)
			route.refers(t, "route_table_id", stack.resource(t, "aws_route_table", "network/private-"+letter+"-routes"))
		}
	})
}

func TestDataSubnetsHaveNoWayOut(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		table := stack.resource(t, "aws_route_table", "network/data-routes")
		table.lacks(t, "route")
		for _, route := range stack.resources("aws_route") {
			if id, _ := route.at("route_table_id").(string); strings.Contains(id, table.Address) {
				t.Errorf("%s leads out of the data subnets\n%s", route.Address, text(route.Body))
			}
		}
		for _, letter := range letters(environment) {
			association := stack.resource(t, "aws_route_table_association", "network/data-"+letter+"-association")
			association.refers(t, "route_table_id", table)
			association.refers(t, "subnet_id", stack.resource(t, "aws_subnet", "network/data-"+letter))
		}
	})
}

func TestDefaultSecurityGroupIsEmpty(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		group := stack.resource(t, "aws_default_security_group", "network/default")
		group.lacks(t, "ingress")
		group.lacks(t, "egress")
	})
}

func TestFlowLogsAreKeptAndEncrypted(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		group := stack.resource(t, "aws_cloudwatch_log_group", "network/flow-logs")
		group.has(t, "retention_in_days", environment.Network.FlowLogDays)
		group.refers(t, "kms_key_id", stack.resource(t, "aws_kms_key", "encryption/logs_kms"))

		flow := stack.resource(t, "aws_flow_log", "network/flow-log")
		flow.has(t, "traffic_type", "ALL")
		flow.refers(t, "log_destination", group) // so the group is made before its writer, and AWS does not make one of its own
		policy := stack.resource(t, "aws_iam_role_policy", "network/flow-logs-policy")
		if depends, _ := flow.at("depends_on").([]any); !contains(depends, policy.Address) {
			t.Errorf("%s does not wait for %s", flow.Address, policy.Address)
		}
		trust := policyIn(t, stack.resource(t, "aws_iam_role", "network/flow-logs-role"), "assume_role_policy").statement(t, "FlowLogs")
		trust.has(t, "Principal.Service", "vpc-flow-logs.amazonaws.com")
		trust.has(t, "Condition.StringEquals", map[string]string{"aws:SourceAccount": environment.Account.ID})
	})
}

func TestEndpointsAreForTheAccountAlone(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		s3 := stack.resource(t, "aws_vpc_endpoint", "network/s3")
		s3.has(t, "vpc_endpoint_type", "Gateway")
		s3.has(t, "service_name", fmt.Sprintf("com.amazonaws.%s.s3", environment.Region))
		own := policyIn(t, s3, "policy").statement(t, "OwnPrincipalsOwnBuckets")
		own.has(t, "Condition.StringEquals", map[string]string{"aws:PrincipalAccount": environment.Account.ID, "aws:ResourceAccount": environment.Account.ID})

		for _, service := range environment.Network.Endpoints {
			endpoint := stack.resource(t, "aws_vpc_endpoint", "network/endpoint-"+service)
			endpoint.has(t, "vpc_endpoint_type", "Interface")
			endpoint.has(t, "private_dns_enabled", true)
			if slices.Contains([]string{"eks", "eks-auth"}, service) { // they refuse a policy
				endpoint.lacks(t, "policy")
				continue
			}
			policyIn(t, endpoint, "policy").statement(t, "OwnPrincipals").
				has(t, "Condition.StringEquals", map[string]string{"aws:PrincipalAccount": environment.Account.ID})
		}
		if got, want := len(stack.resources("aws_vpc_endpoint")), len(environment.Network.Endpoints)+1; got != want {
			t.Errorf("%d endpoints, want %d", got, want)
		}
	})
}

// Every rule is its own described resource: an inline rule and a separate one undo each other.
func TestSecurityGroupRulesAreSeparateAndDescribed(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		for _, group := range stack.resources("aws_security_group") {
			group.lacks(t, "ingress")
			group.lacks(t, "egress")
			if group.at("description") == nil {
				t.Errorf("%s is not described", group.Address)
			}
		}
		for _, kind := range []string{"aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"} {
			for _, rule := range stack.resources(kind) {
				if rule.at("description") == nil {
					t.Errorf("%s is not described", rule.Address)
				}
			}
		}
	})
}
