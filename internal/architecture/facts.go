// Package architecture draws an environment as it was synthesized: its edge, network, tiers and pipeline, and where it
// recovers. The picture is SVG, follows the reader's light or dark theme, and is the same each time.
//
// Boxes are laid out by their place in a grid of zones and tiers, which a graph's layout would move: so no layout
// library is needed.
package architecture

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/stacks/order"
)

// facts are what the picture shows.
type facts struct {
	name, tier, region, second string
	account                    string
	secondary                  bool // of a pair: it stands by for another environment
	primary                    string
	standby                    string // the environment that stands by for this one

	edge    []string // what stands before the origin; empty without a distribution
	url     string
	origin  string // the name that the edge asks
	checks  int    // health checks
	network network
	cluster []string // the cluster, in lines
	app     string   // the first application's release
	pods    string   // how many it has
	guards  []string // what keeps pods apart
	traced  bool
	callers string   // who may call the load balancer
	spans   []string // node groups over all zones

	services []service
	pipeline []string
	recovery []service
}

type network struct {
	cidr  string
	zones []zone
}

type zone struct {
	name   string
	tiers  map[string]string // CIDR by tier
	nat    bool
	nodes  []string
	data   []string
	places []string // what of the cache is here
}

// service is a box of services with what it says in small.
type service struct {
	title string
	lines []string
	of    string // in the second region: the service whose copy it is
}

// reader finds facts in an environment's stacks.
type reader struct {
	graph  *graph.Graph
	stacks map[order.Kind]string
}

func (r reader) of(kind order.Kind, types ...string) []*graph.Node {
	var found []*graph.Node
	for _, one := range types {
		for _, node := range r.graph.Resources(one) {
			if node.Stack == r.stacks[kind] {
				found = append(found, node)
			}
		}
	}
	return found
}

// read collects the facts of an environment; all are those it is loaded with.
func read(g *graph.Graph, environment environments.Environment, all []environments.Environment) facts {
	r := reader{g, map[order.Kind]string{}}
	for _, stack := range order.Of(environment) {
		r.stacks[stack.Kind] = stack.Name
	}
	f := facts{
		name: environment.Name, tier: string(environment.Tier), region: string(environment.Region),
		second: string(environment.SecondRegion), account: environment.Account.Name,
		secondary: environment.DR.Primary != "", primary: environment.DR.Primary,
	}
	for _, other := range all {
		if other.DR.Primary == environment.Name {
			f.standby = other.Name
		}
	}
	r.readEdge(&f)
	r.readNetwork(&f)
	r.readCluster(&f)
	r.readData(&f)
	r.readServices(&f)
	r.readPipeline(&f)
	r.readRecovery(&f)
	return f
}

func (r reader) readEdge(f *facts) {
	for _, distribution := range r.of(order.Global, "aws_cloudfront_distribution") {
		f.url = distribution.Text("aliases.0")
		behaviours := count(1+distribution.Len("ordered_cache_behavior"), "behaviour")
		f.edge = append(f.edge, fmt.Sprintf("%s, %s and later", behaviours,
			distribution.Text("viewer_certificate.minimum_protocol_version")))
		if static(distribution) {
			f.edge = append(f.edge, "static files in S3")
		}
	}
	for _, acl := range r.of(order.Global, "aws_wafv2_web_acl") {
		f.edge = append(f.edge, fmt.Sprintf("WAF: %d rules", acl.Len("rule")))
	}
	for _, record := range r.of(order.Global, "aws_route53_record") {
		if record.At("failover_routing_policy") != nil {
			f.origin = record.Text("name")
		}
	}
	if f.origin == "" {
		for _, record := range r.of(order.Environment, "aws_route53_record") {
			if name := record.Text("name"); strings.Contains(name, "origin") && !strings.Contains(name, "$") {
				f.origin = name
			}
		}
	}
	for _, rule := range r.of(order.Environment, "aws_vpc_security_group_ingress_rule") {
		if strings.Contains(rule.Text("prefix_list_id"), "aws_ec2_managed_prefix_list") {
			f.callers = "open to CloudFront alone"
		}
	}
	f.checks = len(r.of(order.Global, "aws_route53_health_check"))
}

// static is whether a distribution has an origin in a bucket, which it asks with a signature.
func static(distribution *graph.Node) bool {
	origins, _ := distribution.At("origin").([]any)
	return slices.ContainsFunc(origins, func(origin any) bool {
		fields, _ := origin.(map[string]any)
		return fields["origin_access_control_id"] != nil
	})
}

// tiers are the subnets' tiers, from the edge inward.
var tiers = []string{"public", "private", "data"}

func (r reader) readNetwork(f *facts) {
	for _, vpc := range r.of(order.Environment, "aws_vpc") {
		f.network.cidr = vpc.Text("cidr_block")
	}
	byName := map[string]*zone{}
	for _, subnet := range r.of(order.Environment, "aws_subnet") {
		name := subnet.Text("availability_zone")
		if byName[name] == nil {
			byName[name] = &zone{name: name, tiers: map[string]string{}}
		}
		at := byName[name]
		if tier := tierOf(subnet); tier != "" {
			at.tiers[tier] = subnet.Text("cidr_block")
		}
		for _, edge := range subnet.Referrers() {
			at.nat = at.nat || edge.From.Type == "aws_nat_gateway"
		}
	}
	var names []string
	for name := range byName {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f.network.zones = append(f.network.zones, *byName[name])
	}
}

// tierOf is the tier that a subnet's tag says.
func tierOf(subnet *graph.Node) string {
	for _, tier := range tiers {
		if strings.Contains(subnet.Text("tags.Name"), "-"+tier+"-") {
			return tier
		}
	}
	return ""
}

func (r reader) readCluster(f *facts) {
	for _, cluster := range r.of(order.Environment, "aws_eks_cluster") {
		f.cluster = append(f.cluster, "Kubernetes "+cluster.Text("version"))
	}
	var addons []string
	for _, release := range r.of(order.Platform, "helm_release") {
		addons = append(addons, release.Text("name"))
	}
	if slices.Contains(addons, "traefik") {
		f.cluster = append(f.cluster, "Traefik routes by Ingress")
	}
	if policies := len(r.of(order.Platform, "kubernetes_network_policy_v1")); policies > 0 {
		f.guards = append(f.guards, count(policies, "network policy"))
	}
	if len(r.of(order.Environment, "aws_iam_openid_connect_provider")) > 0 {
		f.guards = append(f.guards, "pods' roles by OIDC (IRSA)")
	}
	f.traced = slices.Contains(addons, "opentelemetry-collector")
	r.readPods(f)
	for _, group := range r.of(order.Environment, "aws_eks_node_group") {
		types := group.Text("instance_types.0")
		if group.Text("capacity_type") == "SPOT" {
			types = "Spot: " + count(group.Len("instance_types"), "type")
		}
		label := fmt.Sprintf("%s × %s to %s", types, number(group, "scaling_config.min_size"), number(group, "scaling_config.max_size"))
		at := r.zonesOf(group, f)
		if len(at) != 1 {
			f.spans = append(f.spans, label)
			continue
		}
		at[0].nodes = append(at[0].nodes, label)
	}
}

// expression is one of Terraform's in a string. Its quotes are not the JSON's around it.
var expression = regexp.MustCompile(`\$\{[^}]*\}`)

// readPods is what the values of the application's release say of its autoscaling.
func (r reader) readPods(f *facts) {
	for _, release := range r.of(order.Platform, "helm_release") {
		var values struct {
			Autoscaling struct{ MinReplicas, MaxReplicas int }
		}
		err := json.Unmarshal([]byte(expression.ReplaceAllString(release.Text("values.0"), "")), &values)
		addon := strings.HasPrefix(release.Address, "helm_release.addons_")
		if err == nil && values.Autoscaling.MaxReplicas > 0 && f.app == "" && !addon {
			f.app = release.Text("name")
			f.pods = fmt.Sprintf("%d to %d pods by their load (HPA)",
				values.Autoscaling.MinReplicas, values.Autoscaling.MaxReplicas)
		}
	}
}

// zonesOf are the zones whose subnets a resource refers to.
func (r reader) zonesOf(node *graph.Node, f *facts) []*zone {
	var found []*zone
	for i := range f.network.zones {
		for _, edge := range node.References() {
			if edge.To.Type == "aws_subnet" && edge.To.Text("availability_zone") == f.network.zones[i].name {
				found = append(found, &f.network.zones[i])
				break
			}
		}
	}
	return found
}

func (r reader) readData(f *facts) {
	for _, instance := range r.of(order.Environment, "aws_rds_cluster_instance") {
		role := "Aurora writer"
		if number(instance, "promotion_tier") != "0" {
			role = "Aurora reader"
		}
		for i := range f.network.zones {
			if f.network.zones[i].name == instance.Text("availability_zone") {
				f.network.zones[i].data = append(f.network.zones[i].data, role+" "+instance.Text("instance_class"))
			}
		}
	}
	for _, cache := range r.of(order.Environment, "aws_elasticache_replication_group", "aws_elasticache_cluster") {
		places := texts(cache.At("preferred_cache_cluster_azs"))
		if place := cache.Text("availability_zone"); place != "" {
			places = append(places, place)
		}
		for i := range f.network.zones {
			if slices.Contains(places, f.network.zones[i].name) {
				f.network.zones[i].places = append(f.network.zones[i].places, "Redis "+cache.Text("node_type"))
			}
		}
	}
}

func texts(value any) []string {
	var found []string
	list, _ := value.([]any)
	for _, item := range list {
		found = append(found, fmt.Sprint(item))
	}
	return found
}

func number(node *graph.Node, path string) string {
	value := node.At(path)
	if value == nil {
		return "0"
	}
	return fmt.Sprint(value)
}

// count is a number of things in words.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	if stem, ok := strings.CutSuffix(thing, "cy"); ok {
		return fmt.Sprintf("%d %scies", n, stem)
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
