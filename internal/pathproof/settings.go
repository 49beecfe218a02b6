package pathproof

import (
	"fmt"
	"strconv"
)

// Metadata are the launch templates whose instances give more of the metadata service than a node's own processes
// need: without a session token, or to a pod, which is one hop further (EKS Best Practices, 'Restrict access to the
// instance profile').
func (f *Facts) Metadata(stacks []string) []Reach {
	var found []Reach
	for _, node := range f.resources(stacks, "aws_launch_template") {
		tokens := node.Text("metadata_options.http_tokens")
		hops, _ := strconv.ParseFloat(fmt.Sprint(node.At("metadata_options.http_put_response_hop_limit")), 64)
		if node.Text("metadata_options.http_endpoint") == "disabled" || tokens == "required" && hops == 1 {
			continue
		}
		who := fmt.Sprintf("pods within %.0f hops, tokens %q", hops, tokens)
		found = append(found, Reach{who, Chain{{who, "the node's credentials", node.String()}}})
	}
	return sorted(found)
}

// Public are the blocks that may call the public endpoint of the cluster's API. Without blocks EKS opens it to all.
func (f *Facts) Public(stacks []string) []Reach {
	var found []Reach
	for _, node := range f.resources(stacks, "aws_eks_cluster") {
		if node.At("vpc_config.endpoint_public_access") == false {
			continue
		}
		blocks := texts(node.At("vpc_config.public_access_cidrs"))
		if len(blocks) == 0 {
			blocks = []string{"0.0.0.0/0"}
		}
		for _, block := range blocks {
			found = append(found, Reach{block, Chain{{block, "the API's public endpoint", by(node, "vpc_config")}}})
		}
	}
	return sorted(found)
}

// Addressed are what the internet could address: instances and databases with public addresses, and what stands in a
// public subnet, but for load balancers and NAT gateways.
func (f *Facts) Addressed(stacks []string) []Reach {
	var found []Reach
	add := func(who, why string) { found = append(found, Reach{who, Chain{{"the internet", who, why}}}) }
	for _, node := range f.resources(stacks, "aws_db_instance", "aws_rds_cluster_instance") {
		if accessible := node.At("publicly_accessible"); accessible == true || accessible == "true" {
			add(node.Address, by(node, "publicly_accessible"))
		}
	}
	for _, node := range f.resources(stacks, "aws_subnet") {
		if public := node.At("map_public_ip_on_launch"); public == true || public == "true" {
			add("instances in "+node.Address, by(node, "map_public_ip_on_launch"))
		}
		if f.tier(node) != publicTier {
			continue
		}
		for _, edge := range node.Referrers() {
			switch edge.From.Type {
			case "aws_lb", "aws_nat_gateway", "aws_route_table_association":
			default:
				add(edge.From.Address, by(edge.From, edge.Argument))
			}
		}
	}
	return sorted(found)
}
