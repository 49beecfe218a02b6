package tests

import (
	"testing"

	"github.com/titan-platform/titan/internal/synth"
)

// What the mistakes are planted in.
func albOf(s Stack) Block           { return s.Find("aws_lb", "loadbalancer_alb") }
func targetGroupOf(s Stack) Block   { return s.Find("aws_lb_target_group", "loadbalancer_targets") }
func httpsListenerOf(s Stack) Block { return s.Find("aws_lb_listener", "loadbalancer_https") }
func forwardRuleOf(s Stack) Block {
	return s.Find("aws_lb_listener_rule", "loadbalancer_from-cloudfront")
}
func refuseRuleOf(s Stack) Block   { return s.Find("aws_lb_listener_rule", "loadbalancer_not-serving") }
func originRecordOf(s Stack) Block { return s.Find("aws_route53_record", "origin_record") }
func distributionOf(s Stack) Block { return s.Find("aws_cloudfront_distribution", "edge_cdn") }
func nodesOf(s Stack) Block        { return s.Find("aws_security_group", "cluster_nodes") }

// regionalName is the name of production's load balancer, which nothing but the failover record may lead to.
const regionalName = "eu-west-1.origin.titan.example.com"

// alias is a record that leads to a name.
func aliasTo(name, to string) map[string]any {
	return map[string]any{"name": name, "type": "A", "alias": map[string]any{"name": to}}
}

var mistakesInNames = map[string]mistake{
	"a public name that skips the distribution": {func(_ *testing.T, prod, _ Stack) {
		prod.Plant("aws_route53_record", aliasTo("direct.titan.example.com", albOf(prod).Reference("dns_name")))
	},
		"planted leads to the load balancer past the distribution: prod: aws_route53_record.planted -[alias.name]-> prod: " +
			"aws_lb."},
	"a name in another stack for the region's": {func(_ *testing.T, _, global Stack) {
		global.Plant("aws_route53_record", map[string]any{
			"name":    "direct.titan.example.com",
			"type":    "CNAME",
			"records": []any{regionalName},
		})
	},
		"planted leads to the load balancer past the distribution: prod.global: " +
			"aws_route53_record.planted -[records.0]-> prod: aws_route53_record."},
	"the public name at the load balancer": {func(t *testing.T, _, global Stack) {
		global.Find("aws_route53_record", "public-name_dns_").Put(t, "alias.name", regionalName)
	}, "want a distribution"},
	"the public name's IPv6 at the load balancer": {func(t *testing.T, _, global Stack) {
		global.Find("aws_route53_record", "public-name_dns-ipv6").Put(t, "alias.name", regionalName)
	}, "does not lead to the distribution"},
	"no public name for IPv6": {func(_ *testing.T, _, global Stack) {
		global.Remove("aws_route53_record", "public-name_dns-ipv6")
	}, "1 records of api.titan.example.com, want one each for IPv4 and IPv6"},
	"a failover record for another region": {func(t *testing.T, _, global Stack) {
		originRecordOf(global).Put(t, "alias.name", "eu-central-1.origin.titan.example.com")
	}, "does not lead to " + regionalName},
	"a failover record that is always healthy": {func(t *testing.T, _, global Stack) {
		originRecordOf(global).Put(t, "alias.evaluate_target_health", false)
	}, "is healthy whatever it leads to"},
	"a third record of the origin's name": {func(_ *testing.T, prod, _ Stack) {
		prod.Plant("aws_route53_record", aliasTo("origin.titan.example.com", albOf(prod).Reference("dns_name")))
	}, "want one, or a primary and a secondary"},
	"a region's name at something else": {func(t *testing.T, prod, _ Stack) {
		originRecordOf(prod).Put(t, "alias.name", "elsewhere.example.com")
	}, "does not lead to the load balancer"},
	"no region's name": {func(_ *testing.T, prod, _ Stack) {
		prod.Remove("aws_route53_record", "origin_record")
	}, "prod: 0 records of " + regionalName + ", want one"},
}

var mistakesAtTheEdge = map[string]mistake{
	"no web ACL": {func(_ *testing.T, _, global Stack) {
		delete(distributionOf(global).Body, "web_acl_id")
	}, "has no web ACL"},
	"a distribution that calls a region by itself": {func(t *testing.T, _, global Stack) {
		distributionOf(global).Put(t, "origin.0.domain_name", regionalName)
	}, `sends requests to "` + regionalName + `", want origin.titan.example.com`},
	"a second origin at the load balancer": {func(t *testing.T, _, global Stack) {
		planted := map[string]any{
			"origin_id":            "planted",
			"domain_name":          regionalName,
			"custom_origin_config": map[string]any{},
		}
		distributionOf(global).Put(t, "origin", append(synth.List(distributionOf(global).At("origin")), planted))
	}, "calls " + regionalName + ", want origin.titan.example.com"},
	"a distribution that calls in clear": {func(t *testing.T, _, global Stack) {
		distributionOf(global).Put(t, "origin.0.custom_origin_config.origin_protocol_policy", "match-viewer")
	}, `calls its origin by "match-viewer", want https-only`},
	"a distribution that says nothing of who serves": {func(t *testing.T, _, global Stack) {
		distributionOf(global).
			Put(t, "origin.0.custom_header", synth.List(distributionOf(global).At("origin.0.custom_header"))[:1])
	}, "adds the headers [x-origin-verify], want the origin's and the one that says who serves"},
}

var mistakesAtTheLoadBalancer = map[string]mistake{
	"open to the world": {func(_ *testing.T, prod, _ Stack) {
		prod.Plant("aws_vpc_security_group_ingress_rule", map[string]any{
			"security_group_id": albOf(prod).At("security_groups.0"), "cidr_ipv4": "0.0.0.0/0", "from_port": 443,
		})
	}, "aws_vpc_security_group_ingress_rule.planted lets in more than CloudFront on 443"},
	"open to another's addresses": {func(_ *testing.T, prod, _ Stack) {
		synth.Object(prod.Root, "data", "aws_ec2_managed_prefix_list")["planted"] = map[string]any{
			"name": "com.amazonaws.eu-west-1.s3",
		}
		prod.Plant("aws_vpc_security_group_ingress_rule", map[string]any{
			"security_group_id": albOf(prod).At("security_groups.0"),
			"prefix_list_id":    "${data.aws_ec2_managed_prefix_list.planted.id}", "from_port": 443, "to_port": 443,
		})
	}, "aws_vpc_security_group_ingress_rule.planted lets in more than CloudFront on 443"},
	"a second one": {func(_ *testing.T, prod, _ Stack) {
		prod.Plant("aws_lb", map[string]any{"name": "shadow"})
	}, "2 of aws_lb, want one"},
	"a second target group": {func(_ *testing.T, prod, _ Stack) {
		prod.Plant("aws_lb_target_group", map[string]any{"port": 22})
	}, "2 of aws_lb_target_group, want one"},
	"a listener that forwards to anyone": {func(t *testing.T, prod, _ Stack) {
		httpsListenerOf(prod).Put(t, "default_action", forwardRuleOf(prod).At("action"))
	}, "answers \"forward\" to whoever has no header, want a refusal"},
	"a rule without the header": {func(t *testing.T, prod, _ Stack) {
		forwardRuleOf(prod).Put(t, "condition", synth.List(forwardRuleOf(prod).At("condition"))[1:])
	}, "forwards without the header x-origin-verify"},
	"a rule for a path instead": {func(t *testing.T, prod, _ Stack) {
		forwardRuleOf(prod).Put(t, "condition", []any{map[string]any{"path_pattern": map[string]any{"values": []any{"/*"}}}})
	}, "forwards without the header x-origin-verify"},
	"a rule that takes any name": {func(t *testing.T, prod, _ Stack) {
		forwardRuleOf(prod).Put(t, "condition.1.http_header.values", []any{"*"})
	}, "forwards without the header x-serving-environment"},
	"a rule that takes another's name": {func(t *testing.T, prod, _ Stack) {
		forwardRuleOf(prod).Put(t, "condition.1.http_header.values", []any{"prod", "of somebody else"})
	}, "answers a request with another x-serving-environment by forward"},
	"a rule that refuses before it": {func(t *testing.T, prod, _ Stack) {
		refuseRuleOf(prod).Put(t, "priority", 5)
	}, "answers a request with everything that the distribution adds by fixed-response 503"},
	"another rule that forwards": {func(_ *testing.T, prod, _ Stack) {
		prod.Plant("aws_lb_listener_rule", map[string]any{
			"listener_arn": forwardRuleOf(prod).At("listener_arn"), "priority": 100, "action": forwardRuleOf(prod).At("action"),
			"condition": []any{map[string]any{"path_pattern": map[string]any{"values": []any{"/admin"}}}},
		})
	}, "has rules that forward"},
	"the nodes' rule for traffic missing": {func(_ *testing.T, prod, _ Stack) {
		prod.Remove("aws_vpc_security_group_ingress_rule", "loadbalancer_pods-traffic")
	}, "reaches the nodes on [8080], want 8000 and 8080"},
	"a target group of other ports": {func(t *testing.T, prod, _ Stack) {
		targetGroupOf(prod).Put(t, "port", 9000)
	}, "reaches the nodes on [8000 8080], want 9000 and 8080"},
}

var mistakesAtTheNodes = map[string]mistake{
	"open to a block": {func(_ *testing.T, prod, _ Stack) {
		prod.Plant("aws_vpc_security_group_ingress_rule", map[string]any{
			"security_group_id": nodesOf(prod).Reference("id"), "cidr_ipv4": "10.0.0.0/8", "from_port": 8000,
		})
	}, "aws_vpc_security_group_ingress_rule.planted is another way to the nodes"},
	"public addresses": {func(t *testing.T, prod, _ Stack) {
		prod.Find("aws_launch_template", "cluster_").
			Put(t, "network_interfaces", map[string]any{"associate_public_ip_address": "true"})
	}, "names network interfaces of its own"},
	"another security group": {func(t *testing.T, prod, _ Stack) {
		prod.Find("aws_launch_template", "cluster_").Put(t, "vpc_security_group_ids.0", albOf(prod).At("security_groups.0"))
	}, "want the one of all nodes"},
	"in a public subnet": {func(t *testing.T, prod, _ Stack) {
		prod.Find("aws_eks_node_group", "cluster_").
			Put(t, "subnet_ids.0", prod.Find("aws_subnet", "network_public").Reference("id"))
	}, "puts nodes outside the private subnets"},
	"in a data subnet": {func(t *testing.T, prod, _ Stack) {
		prod.Find("aws_eks_node_group", "cluster_").
			Put(t, "subnet_ids.0", prod.Find("aws_subnet", "network_data").Reference("id"))
	}, "puts nodes outside the private subnets"},
	"private subnets with a way in": {func(_ *testing.T, prod, _ Stack) {
		prod.Plant("aws_route", map[string]any{
			"route_table_id":         prod.Find("aws_route_table", "network_private-a").Reference("id"),
			"destination_cidr_block": "192.0.2.0/24",
			"gateway_id":             prod.Find("aws_internet_gateway", "network_").Reference("id"),
		})
	}, "puts nodes outside the private subnets"},
}
