package needs

import "github.com/titan-platform/titan/environments"

// Cluster is an EKS cluster.
type Cluster struct {
	Region   environments.Region
	Name     string
	Version  string // Kubernetes minor version
	Extended bool   // it may go on in extended support
}

// NodeGroup is a managed node group as large as it may become.
type NodeGroup struct {
	Region        environments.Region
	Name          string // its name, or how that begins
	Spot          bool
	InstanceTypes []string
	Max           int // nodes
	Zones         []string
}

// Gateway is a NAT gateway.
type Gateway struct {
	Region environments.Region
	Name   string
	Zone   string
}

// AvailabilityZones are the zones in which the stacks have subnets in a region, each once.
func (n *Needs) AvailabilityZones(region environments.Region) []string {
	var zones []string
	for _, subnet := range n.graph.Resources("aws_subnet") {
		if n.region(subnet) == region {
			zones = once(zones, literal(subnet, "availability_zone"))
		}
	}
	return zones
}

func (n *Needs) readCompute() {
	for _, node := range n.graph.Resources("aws_eks_cluster") {
		n.Clusters = append(n.Clusters, Cluster{
			Region: n.region(node), Name: nameOf(node), Version: literal(node, "version"),
			Extended: node.Text("upgrade_policy.support_type") != "STANDARD",
		})
	}
	for _, node := range n.graph.Resources("aws_eks_node_group") {
		name := nameOf(node)
		if prefix := literal(node, "node_group_name_prefix"); prefix != "" {
			name = prefix
		}
		n.NodeGroups = append(n.NodeGroups, NodeGroup{
			Region: n.region(node), Name: name, Spot: node.Text("capacity_type") == "SPOT",
			InstanceTypes: texts(node, "instance_types"), Max: number(node, "scaling_config.max_size"),
			Zones: zonesOf(node, "subnet_ids"),
		})
	}
	for _, node := range n.graph.Resources("aws_nat_gateway") {
		gateway := Gateway{Region: n.region(node), Name: nameOf(node)}
		if zones := zonesOf(node, "subnet_id"); len(zones) > 0 {
			gateway.Zone = zones[0]
		}
		n.Gateways = append(n.Gateways, gateway)
	}
	for _, node := range n.graph.Resources("aws_eks_access_entry") {
		n.Principals = once(n.Principals, literal(node, "principal_arn"))
	}
}
