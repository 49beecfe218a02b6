package architecture

import (
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/stacks/order"
)

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
