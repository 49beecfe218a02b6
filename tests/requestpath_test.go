package tests

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// TestARequestHasOneWayToTheNodes walks the graph from the public name to the nodes' security group.
func TestARequestHasOneWayToTheNodes(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		for _, problem := range wayToTheNodes(environment, stack) {
			t.Error(problem)
		}
	})
}

// TestTheWalkSeesShortcutsAndGaps plants in production what the walk is there to find.
func TestTheWalkSeesShortcutsAndGaps(t *testing.T) {
	environment, synthesized := loadedNamed(t, "prod"), stack(t, "prod")
	for name, plant := range map[string]struct {
		change func(s Stack)
		want   string
	}{
		"load balancer open to the world": {func(s Stack) {
			s.plant("aws_vpc_security_group_ingress_rule", map[string]any{
				"security_group_id": s.find("aws_lb", "loadbalancer_alb").at("security_groups.0"), "cidr_ipv4": "0.0.0.0/0", "from_port": 443,
			})
		}, "aws_vpc_security_group_ingress_rule.planted lets in more than CloudFront on 443"},
		"nodes open to a block": {func(s Stack) {
			s.plant("aws_vpc_security_group_ingress_rule", map[string]any{
				"security_group_id": "${" + s.find("aws_security_group", "cluster_nodes").Address + ".id}", "cidr_ipv4": "10.0.0.0/8", "from_port": 8000,
			})
		}, "aws_vpc_security_group_ingress_rule.planted is another way to the nodes"},
		"a second load balancer": {func(s Stack) {
			s.plant("aws_lb", map[string]any{"name": "shadow"})
		}, "2 load balancers, want one"},
		"a public name that skips the distribution": {func(s Stack) {
			s.plant("aws_route53_record", map[string]any{
				"name": "direct.titan.example.com", "type": "A", "alias": map[string]any{"name": "${" + s.find("aws_lb", "loadbalancer_alb").Address + ".dns_name}"},
			})
		}, "aws_route53_record.planted leads to the load balancer past the distribution"},
		"the public name at the load balancer": {func(s Stack) {
			record := s.find("aws_route53_record", "public-name_dns_")
			record.Body["alias"].(map[string]any)["name"] = "${" + s.find("aws_lb", "loadbalancer_alb").Address + ".dns_name}"
		}, "does not lead to the distribution"},
		"no web ACL": {func(s Stack) {
			delete(s.find("aws_cloudfront_distribution", "edge_cdn").Body, "web_acl_id")
		}, "has no web ACL"},
		"a listener that forwards to anyone": {func(s Stack) {
			s.find("aws_lb_listener", "loadbalancer_https").Body["default_action"] = []any{map[string]any{"type": "forward"}}
		}, "answers \"forward\" to whoever has no header, want a refusal"},
		"a rule without the header": {func(s Stack) {
			s.find("aws_lb_listener_rule", "loadbalancer_from-cloudfront").Body["condition"] = []any{map[string]any{"path_pattern": map[string]any{"values": []any{"/*"}}}}
		}, "forwards without the origin header"},
		"the nodes' rule for traffic missing": {func(s Stack) {
			s.remove("aws_vpc_security_group_ingress_rule", "loadbalancer_pods-traffic")
		}, "the load balancer reaches the nodes on [8080], want 8000 and 8080"},
		"nodes with public addresses": {func(s Stack) {
			s.find("aws_launch_template", "cluster_").Body["network_interfaces"] = map[string]any{"associate_public_ip_address": "true"}
		}, "names network interfaces of its own"},
		"nodes in a public subnet": {func(s Stack) {
			s.find("aws_eks_node_group", "cluster_").Body["subnet_ids"] = []any{"${" + s.find("aws_subnet", "network_public").Address + ".id}"}
		}, "puts nodes outside the private subnets"},
	} {
		t.Run(name, func(t *testing.T) {
			planted := synthesized.copy(t)
			plant.change(planted)
			problems := wayToTheNodes(environment, planted)
			if !slices.ContainsFunc(problems, func(problem string) bool { return strings.Contains(problem, plant.want) }) {
				t.Errorf("the walk says %q, want %q", problems, plant.want)
			}
		})
	}
}

// wayToTheNodes follows a request: public name, distribution, web ACL, origin's name, load balancer, listener, target group, nodes. It says
// what is missing on the way, and what else leads there.
func wayToTheNodes(environment environments.Environment, s Stack) []string {
	var problems []string
	say := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }

	balancers := s.resources("aws_lb")
	if len(balancers) != 1 {
		say("%d load balancers, want one", len(balancers))
	}
	balancer := s.find("aws_lb", "loadbalancer_alb")
	if environment.Edge.Enabled {
		problems = append(problems, wayToTheOrigin(environment, s)...)
	}

	for _, record := range s.resources("aws_route53_record") {
		leads := strings.Contains(fmt.Sprint(record.at("alias.name")), balancer.Address+".")
		isOrigin := record.at("name") == environment.DNS.Origin()
		if leads && !isOrigin {
			say("%s leads to the load balancer past the distribution", record.Address)
		}
		if isOrigin && !leads {
			say("%s does not lead to the load balancer", record.Address)
		}
	}

	var targets []string
	for _, rule := range s.resources("aws_lb_listener_rule") {
		values, _ := rule.at("condition.0.http_header.values").([]any)
		if len(values) != 2 || len(list(rule.at("condition"))) != 1 {
			say("%s forwards without the origin header", rule.Address)
		}
		targets = append(targets, fmt.Sprint(rule.at("action.0.target_group_arn")))
	}
	group := s.find("aws_lb_target_group", "loadbalancer_targets")
	if len(targets) != 1 || !strings.Contains(targets[0], group.Address+".") {
		say("the listener rules forward to %v, want to %s alone", targets, group.Address)
	}
	for _, listener := range s.resources("aws_lb_listener") {
		want := map[string]string{"443": "fixed-response", "80": "redirect"}[fmt.Sprint(listener.at("port"))]
		if action := listener.at("default_action.0.type"); action != want {
			say("%s answers %q to whoever has no header, want a refusal", listener.Address, action)
		}
	}

	return append(problems, whoReachesTheNodes(s, balancer, group)...)
}

// wayToTheOrigin is the part of the way that only an environment with a distribution has.
func wayToTheOrigin(environment environments.Environment, s Stack) []string {
	var problems []string
	say := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	distribution := s.find("aws_cloudfront_distribution", "edge_cdn")
	public := 0
	for _, record := range s.resources("aws_route53_record") {
		if record.at("name") != environment.DNS.Name {
			continue
		}
		public++
		if !strings.Contains(fmt.Sprint(record.at("alias.name")), distribution.Address+".") {
			say("%s does not lead to the distribution", record.Address)
		}
	}
	if public != 2 {
		say("%d records of %s, want one each for IPv4 and IPv6", public, environment.DNS.Name)
	}
	if !strings.Contains(fmt.Sprint(distribution.at("web_acl_id")), s.find("aws_wafv2_web_acl", "edge_web-acl").Address+".") {
		say("%s has no web ACL", distribution.Address)
	}
	if distribution.at("default_cache_behavior.target_origin_id") != "ALBOrigin" {
		say("%s sends requests to %v, want ALBOrigin", distribution.Address, distribution.at("default_cache_behavior.target_origin_id"))
	}
	for i := range list(distribution.at("origin")) {
		origin := fmt.Sprintf("origin.%d.", i)
		if distribution.at(origin+"origin_id") == "ALBOrigin" && distribution.at(origin+"domain_name") != environment.DNS.Origin() {
			say("%s calls %v, want %s", distribution.Address, distribution.at(origin+"domain_name"), environment.DNS.Origin())
		}
	}
	return problems
}

// whoReachesTheNodes reads the security groups on the way: the load balancer's lets CloudFront in and nobody else, the nodes' the load
// balancer on the target group's ports, each other, and the control plane.
func whoReachesTheNodes(s Stack, balancer, group Block) []string {
	var problems []string
	say := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	edge, nodes := balancer.at("security_groups.0"), "${"+s.find("aws_security_group", "cluster_nodes").Address+".id}"
	controlPlane := "${" + s.find("aws_security_group", "cluster_control-plane").Address + ".id}"
	if len(list(balancer.at("security_groups"))) != 1 {
		say("%s has security groups %v, want one", balancer.Address, balancer.at("security_groups"))
	}

	var reached []float64
	fromCloudFront := 0
	for _, rule := range s.resources("aws_vpc_security_group_ingress_rule") {
		from := rule.at("referenced_security_group_id")
		switch rule.at("security_group_id") {
		case edge:
			if strings.Contains(fmt.Sprint(rule.at("prefix_list_id")), "data.aws_ec2_managed_prefix_list.loadbalancer_cloudfront") && rule.at("from_port") == 443.0 && rule.at("to_port") == 443.0 {
				fromCloudFront++
			} else {
				say("%s lets in more than CloudFront on 443", rule.Address)
			}
		case nodes:
			switch {
			case from == edge && rule.at("from_port") == rule.at("to_port"):
				port, _ := rule.at("from_port").(float64)
				reached = append(reached, port)
			case from == nodes, from == controlPlane:
			default:
				say("%s is another way to the nodes", rule.Address)
			}
		}
	}
	if fromCloudFront != 1 {
		say("%d rules let CloudFront in, want one", fromCloudFront)
	}
	slices.Sort(reached)
	var health float64
	if _, err := fmt.Sscan(fmt.Sprint(group.at("health_check.port")), &health); err != nil {
		say("%s has health port %v", group.Address, group.at("health_check.port"))
	}
	if traffic, _ := group.at("port").(float64); !slices.Equal(reached, []float64{traffic, health}) {
		say("the load balancer reaches the nodes on %v, want %v and %v", reached, traffic, health)
	}
	for _, template := range s.resources("aws_launch_template") {
		if template.at("network_interfaces") != nil {
			say("%s names network interfaces of its own, which could have public addresses and other groups", template.Address)
		}
	}
	for _, nodeGroup := range s.resources("aws_eks_node_group") {
		for _, subnet := range list(nodeGroup.at("subnet_ids")) {
			if !strings.HasPrefix(fmt.Sprint(subnet), "${aws_subnet.network_private") {
				say("%s puts nodes outside the private subnets: %v", nodeGroup.Address, subnet)
			}
		}
	}
	return problems
}

// find is the first resource of a type whose address begins so, an empty one where there is none: a walk has to go on.
func (s Stack) find(kind, prefix string) Block {
	for _, block := range s.resources(kind) {
		if strings.HasPrefix(block.Address, kind+"."+prefix) {
			return block
		}
	}
	return Block{Address: "no " + kind + " " + prefix, Body: map[string]any{}}
}

func (s Stack) copy(t *testing.T) Stack {
	t.Helper()
	twin := Stack{Name: s.Name, Text: s.Text}
	if err := json.Unmarshal([]byte(s.Text), &twin.Root); err != nil {
		t.Fatal(err)
	}
	return twin
}

func (s Stack) plant(kind string, body map[string]any) {
	resources, _ := s.Root["resource"].(map[string]any)
	byID, _ := resources[kind].(map[string]any)
	byID["planted"] = body
}

func (s Stack) remove(kind, prefix string) {
	resources, _ := s.Root["resource"].(map[string]any)
	byID, _ := resources[kind].(map[string]any)
	delete(byID, strings.TrimPrefix(s.find(kind, prefix).Address, kind+"."))
}

// loadedNamed is a committed environment.
func loadedNamed(t *testing.T, name string) environments.Environment {
	t.Helper()
	for _, environment := range loaded {
		if environment.Name == name {
			return environment
		}
	}
	t.Fatalf("no environment %q", name)
	return environments.Environment{}
}
