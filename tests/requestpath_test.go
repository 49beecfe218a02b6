package tests

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/requestpath"
	"github.com/titan-platform/titan/stacks/order"
)

// TestARequestHasOneWayToTheNodes walks the graph from the public name to the nodes' security group, over the stacks that make it.
func TestARequestHasOneWayToTheNodes(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, _ Stack) {
		for _, problem := range requestpath.Check(environment, graphOf(t, onTheWay(t, environment))) {
			t.Error(problem)
		}
	})
}

// onTheWay are the stacks that a request to an environment passes, by name: its own and its peer's, each with that of us-east-1.
func onTheWay(t *testing.T, environment environments.Environment) map[string]Stack {
	t.Helper()
	of := []environments.Environment{environment}
	for _, peer := range []*environments.Peer{environment.Peers.Primary, environment.Peers.Secondary} {
		if peer != nil {
			of = append(of, peer.Environment)
		}
	}
	found := map[string]Stack{}
	for _, one := range of {
		for _, kind := range []order.Kind{order.Environment, order.Global} {
			name := order.Name(one, kind)
			found[name] = stack(t, name)
		}
	}
	return found
}

// graphOf reads stacks, as they are now, as one graph.
func graphOf(t *testing.T, all map[string]Stack) *graph.Graph {
	t.Helper()
	var read []graph.Stack
	for _, name := range slices.Sorted(maps.Keys(all)) {
		text, err := json.Marshal(all[name].Root)
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, graph.Stack{Name: name, JSON: text})
	}
	g, err := graph.Read(read...)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// copies are twins of stacks, for a test to plant mistakes in.
func copies(t *testing.T, all map[string]Stack) map[string]Stack {
	t.Helper()
	twins := map[string]Stack{}
	for name, one := range all {
		twins[name] = one.copy(t)
	}
	return twins
}

// TestTheWalkSeesShortcutsAndGaps plants in production what the walk is there to find.
func TestTheWalkSeesShortcutsAndGaps(t *testing.T) {
	environment := loadedNamed(t, "prod")
	balancer := func(s Stack, attribute string) string {
		return "${" + s.find("aws_lb", "loadbalancer_alb").Address + "." + attribute + "}"
	}
	for name, plant := range map[string]struct {
		change func(prod, global Stack)
		want   string
	}{
		"load balancer open to the world": {func(s, _ Stack) {
			s.plant("aws_vpc_security_group_ingress_rule", map[string]any{
				"security_group_id": s.find("aws_lb", "loadbalancer_alb").at("security_groups.0"), "cidr_ipv4": "0.0.0.0/0", "from_port": 443,
			})
		}, "aws_vpc_security_group_ingress_rule.planted lets in more than CloudFront on 443"},
		"load balancer open to a prefix list of another": {func(s, _ Stack) {
			mapping(s.Root, "data", "aws_ec2_managed_prefix_list")["planted"] = map[string]any{"name": "com.amazonaws.eu-west-1.s3"}
			s.plant("aws_vpc_security_group_ingress_rule", map[string]any{
				"security_group_id": s.find("aws_lb", "loadbalancer_alb").at("security_groups.0"), "prefix_list_id": "${data.aws_ec2_managed_prefix_list.planted.id}",
				"from_port": 443, "to_port": 443,
			})
		}, "aws_vpc_security_group_ingress_rule.planted lets in more than CloudFront on 443"},
		"nodes open to a block": {func(s, _ Stack) {
			s.plant("aws_vpc_security_group_ingress_rule", map[string]any{
				"security_group_id": "${" + s.find("aws_security_group", "cluster_nodes").Address + ".id}", "cidr_ipv4": "10.0.0.0/8", "from_port": 8000,
			})
		}, "aws_vpc_security_group_ingress_rule.planted is another way to the nodes"},
		"a second load balancer": {func(s, _ Stack) {
			s.plant("aws_lb", map[string]any{"name": "shadow"})
		}, "2 of aws_lb, want one"},
		"a second target group": {func(s, _ Stack) {
			s.plant("aws_lb_target_group", map[string]any{"port": 22})
		}, "2 of aws_lb_target_group, want one"},
		"a public name that skips the distribution": {func(s, _ Stack) {
			s.plant("aws_route53_record", map[string]any{
				"name": "direct.titan.example.com", "type": "A", "alias": map[string]any{"name": balancer(s, "dns_name")},
			})
		}, "aws_route53_record.planted leads to the load balancer past the distribution: prod: aws_route53_record.planted -[alias.name]-> prod: aws_lb."},
		"a name in another stack for the origin's": {func(_, global Stack) {
			global.plant("aws_route53_record", map[string]any{"name": "direct.titan.example.com", "type": "CNAME", "records": []any{"eu-west-1.origin.titan.example.com"}})
		}, "aws_route53_record.planted leads to the load balancer past the distribution: prod.global: aws_route53_record.planted -[records.0]-> prod: aws_route53_record."},
		"the public name at the load balancer": {func(_, global Stack) {
			global.find("aws_route53_record", "public-name_dns_").Body["alias"].(map[string]any)["name"] = "eu-west-1.origin.titan.example.com"
		}, "want a distribution"},
		"the public name's IPv6 at the load balancer": {func(_, global Stack) {
			global.find("aws_route53_record", "public-name_dns-ipv6").Body["alias"].(map[string]any)["name"] = "eu-west-1.origin.titan.example.com"
		}, "does not lead to the distribution"},
		"no public name for IPv6": {func(_, global Stack) {
			global.remove("aws_route53_record", "public-name_dns-ipv6")
		}, "1 records of api.titan.example.com, want one each for IPv4 and IPv6"},
		"no web ACL": {func(_, global Stack) {
			delete(global.find("aws_cloudfront_distribution", "edge_cdn").Body, "web_acl_id")
		}, "has no web ACL"},
		"a distribution that calls a region by itself": {func(_, global Stack) {
			origin(global)["domain_name"] = "eu-west-1.origin.titan.example.com"
		}, `sends requests to "eu-west-1.origin.titan.example.com", want origin.titan.example.com`},
		"a second origin at the load balancer": {func(_, global Stack) {
			cdn := global.find("aws_cloudfront_distribution", "edge_cdn").Body
			cdn["origin"] = append(cdn["origin"].([]any), map[string]any{"origin_id": "planted", "domain_name": "eu-west-1.origin.titan.example.com", "custom_origin_config": map[string]any{}})
		}, "calls eu-west-1.origin.titan.example.com, want origin.titan.example.com"},
		"a distribution that says nothing of who serves": {func(_, global Stack) {
			origin(global)["custom_header"] = origin(global)["custom_header"].([]any)[:1]
		}, "adds the headers [x-origin-verify] to what it sends"},
		"a failover record for another region": {func(_, global Stack) {
			global.find("aws_route53_record", "origin_record").Body["alias"].(map[string]any)["name"] = "eu-central-1.origin.titan.example.com"
		}, "does not lead to eu-west-1.origin.titan.example.com"},
		"a failover record that is always healthy": {func(_, global Stack) {
			global.find("aws_route53_record", "origin_record").Body["alias"].(map[string]any)["evaluate_target_health"] = false
		}, "is healthy whatever it leads to"},
		"a region's name at something else": {func(s, _ Stack) {
			s.find("aws_route53_record", "origin_record").Body["alias"].(map[string]any)["name"] = "elsewhere.example.com"
		}, "does not lead to the load balancer"},
		"no region's name": {func(s, _ Stack) {
			s.remove("aws_route53_record", "origin_record")
		}, "prod: 0 records of eu-west-1.origin.titan.example.com, want one"},
		"a listener that forwards to anyone": {func(s, _ Stack) {
			s.find("aws_lb_listener", "loadbalancer_https").Body["default_action"] = []any{map[string]any{"type": "forward", "target_group_arn": targetGroup(s)}}
		}, "answers \"forward\" to whoever has no header, want a refusal"},
		"a rule without the header": {func(s, _ Stack) {
			rule := s.find("aws_lb_listener_rule", "loadbalancer_from-cloudfront").Body
			rule["condition"] = rule["condition"].([]any)[1:]
		}, "forwards without the header x-origin-verify"},
		"a rule for a path instead": {func(s, _ Stack) {
			s.find("aws_lb_listener_rule", "loadbalancer_from-cloudfront").Body["condition"] = []any{map[string]any{"path_pattern": map[string]any{"values": []any{"/*"}}}}
		}, "forwards without the header x-origin-verify"},
		"a rule that takes any value": {func(s, _ Stack) {
			s.find("aws_lb_listener_rule", "loadbalancer_from-cloudfront").Body["condition"].([]any)[1].(map[string]any)["http_header"].(map[string]any)["values"] = []any{"*"}
		}, "forwards without the header x-serving-environment"},
		"a rule that takes another's name": {func(s, _ Stack) {
			s.find("aws_lb_listener_rule", "loadbalancer_from-cloudfront").Body["condition"].([]any)[1].(map[string]any)["http_header"].(map[string]any)["values"] = []any{"prod", "of somebody else"}
		}, "answers a request with another x-serving-environment by forward"},
		"a rule that refuses before it": {func(s, _ Stack) {
			s.find("aws_lb_listener_rule", "loadbalancer_not-serving").Body["priority"] = 5
		}, "answers a request with everything that the distribution adds by fixed-response 503"},
		"another rule that forwards": {func(s, _ Stack) {
			s.plant("aws_lb_listener_rule", map[string]any{
				"listener_arn": s.find("aws_lb_listener_rule", "loadbalancer_from-cloudfront").at("listener_arn"), "priority": 100,
				"condition": []any{map[string]any{"path_pattern": map[string]any{"values": []any{"/admin"}}}},
				"action":    []any{map[string]any{"type": "forward", "target_group_arn": targetGroup(s)}},
			})
		}, "has rules that forward"},
		"the nodes' rule for traffic missing": {func(s, _ Stack) {
			s.remove("aws_vpc_security_group_ingress_rule", "loadbalancer_pods-traffic")
		}, "reaches the nodes on [8080], want 8000 and 8080"},
		"nodes with public addresses": {func(s, _ Stack) {
			s.find("aws_launch_template", "cluster_").Body["network_interfaces"] = map[string]any{"associate_public_ip_address": "true"}
		}, "names network interfaces of its own"},
		"nodes of another security group": {func(s, _ Stack) {
			s.find("aws_launch_template", "cluster_").Body["vpc_security_group_ids"] = []any{s.find("aws_lb", "loadbalancer_alb").at("security_groups.0")}
		}, "want the one that all nodes have"},
		"nodes in a public subnet": {func(s, _ Stack) {
			s.find("aws_eks_node_group", "cluster_").Body["subnet_ids"] = []any{"${" + s.find("aws_subnet", "network_public").Address + ".id}"}
		}, "puts nodes outside the private subnets"},
		"nodes in a data subnet": {func(s, _ Stack) {
			s.find("aws_eks_node_group", "cluster_").Body["subnet_ids"] = []any{"${" + s.find("aws_subnet", "network_data").Address + ".id}"}
		}, "puts nodes outside the private subnets"},
		"private subnets with a way in": {func(s, _ Stack) {
			s.plant("aws_route", map[string]any{
				"route_table_id": "${" + s.find("aws_route_table", "network_private-a").Address + ".id}", "destination_cidr_block": "192.0.2.0/24",
				"gateway_id": "${" + s.find("aws_internet_gateway", "network_").Address + ".id}",
			})
		}, "puts nodes outside the private subnets"},
	} {
		t.Run(name, func(t *testing.T) {
			planted := copies(t, onTheWay(t, environment))
			plant.change(planted["prod"], planted["prod.global"])
			problems := requestpath.Check(environment, graphOf(t, planted))
			if !slices.ContainsFunc(problems, func(problem requestpath.Problem) bool { return strings.Contains(problem.String(), plant.want) }) {
				t.Errorf("the walk says %v, want %q", problems, plant.want)
			}
		})
	}
}

// origin is the load balancer's origin of a stack's distribution.
func origin(global Stack) map[string]any {
	return global.find("aws_cloudfront_distribution", "edge_cdn").Body["origin"].([]any)[0].(map[string]any)
}

func targetGroup(s Stack) string {
	return "${" + s.find("aws_lb_target_group", "loadbalancer_targets").Address + ".arn}"
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
