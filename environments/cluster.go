package environments

import "slices"

// Cluster is the EKS cluster and its nodes.
type Cluster struct {
	// Version is the Kubernetes minor version, in quotes. Required. Past standard support it is a warning, not an error.
	Version string `yaml:"version" jsonschema:"required,pattern=^1\\.[0-9]{2}$"`
	// PublicCIDRs may reach the API's public endpoint: public IPv4 blocks, of which EKS takes 40. With none there is no
	// public endpoint. Default: none.
	PublicCIDRs []string `yaml:"public_cidrs" jsonschema:"maxItems=40,uniqueItems=true"`
	// CloudShell makes a security group for CloudShell VPC environments, by which people call the cluster's API from a
	// browser, without a network of the company's: the API on 443, and the internet by NAT (docs/access.md). Who may make
	// such an environment, and log in to the cluster, is IAM's and admins' to say. Default: false.
	CloudShell bool `yaml:"cloudshell"`
	// Deployer is how `<env>.platform` is applied. Default: codebuild.
	Deployer DeployerPath `yaml:"deployer"`
	// ServiceCIDR is the block of the cluster's Services; it must not overlap the VPC's. Default: 172.20.0.0/16.
	ServiceCIDR string `yaml:"service_cidr"`
	// PolicyLogs has the network plug-in write what network policies deny to the control plane's log group, at the price
	// of a CPU core of each node, as its maintainers say. Default: false.
	PolicyLogs bool `yaml:"policy_logs"`
	// Admins are ARNs of IAM principals with cluster-admin. Default: none.
	Admins []string `yaml:"admins" jsonschema:"uniqueItems=true"`
	// Readers are ARNs of IAM principals that may look at everything but Secrets. Default: none.
	Readers []string `yaml:"readers" jsonschema:"uniqueItems=true"`
	// NodeGroups are the nodes. Required: one group or more.
	NodeGroups []NodeGroup `yaml:"node_groups" jsonschema:"required,minItems=1,maxItems=10"`
}

// MaxNodes is the largest number of nodes that all groups together may have.
func (c Cluster) MaxNodes(zones int) int {
	most := 0
	for _, group := range c.NodeGroups {
		if group.PerZone {
			most += group.Max * zones
		} else {
			most += group.Max
		}
	}
	return most
}

// EveryGroupPerZone is whether the autoscaler can choose the zone of the next node, whichever group it is of.
func (c Cluster) EveryGroupPerZone() bool {
	return !slices.ContainsFunc(c.NodeGroups, func(g NodeGroup) bool { return !g.PerZone })
}

// SpotBesideOnDemand is whether there are Spot nodes and on-demand nodes. Spot nodes are tainted then,
// and else run everything.
func (c Cluster) SpotBesideOnDemand() bool {
	with := func(capacity Capacity) bool {
		return slices.ContainsFunc(c.NodeGroups, func(g NodeGroup) bool { return g.Capacity == capacity })
	}
	return with(Spot) && with(OnDemand)
}

// Architecture is the nodes', of the first group where they are mixed.
func (c Cluster) Architecture() Architecture { return c.architectures()[0] }

// architectures are those of the node groups, each once, in their order.
func (c Cluster) architectures() []Architecture {
	var list []Architecture
	for _, group := range c.NodeGroups {
		if !slices.Contains(list, group.Architecture) {
			list = append(list, group.Architecture)
		}
	}
	return list
}

// NodeGroup is a managed node group.
type NodeGroup struct {
	// Name is unique in the cluster. Required.
	Name string `yaml:"name" jsonschema:"required,pattern=^[a-z][a-z0-9-]{0\\,19}$"`
	// Capacity is on-demand or spot. Default: on-demand.
	Capacity Capacity `yaml:"capacity"`
	// InstanceTypes are the EC2 types, of one size and architecture. Spot wants several. Required.
	InstanceTypes []string `yaml:"instance_types" jsonschema:"required,minItems=1,maxItems=20,uniqueItems=true"`
	// Architecture of the types and of the nodes' image. Default: amd64.
	Architecture Architecture `yaml:"architecture"`
	// AMI is the nodes' image: al2023 is Amazon Linux 2023, bottlerocket has a read-only root and neither shell nor
	// packages. Another one later replaces the group: first the new nodes, then the old ones drained. Default: al2023.
	AMI AMI `yaml:"ami"`
	// PerZone makes a group an Availability Zone; min and max then count for each. Pods with volumes need it, and pods
	// that wait for a node in one zone: of a group over all zones the autoscaler can't choose the zone. Default: true.
	PerZone bool `yaml:"per_zone"`
	// Min is the smallest number of nodes. Default: 1.
	Min int `yaml:"min" jsonschema:"minimum=0,maximum=450"`
	// Max is the largest number of nodes. Default: 3.
	Max int `yaml:"max" jsonschema:"minimum=1,maximum=450"`
	// DiskGiB is the size of a node's encrypted gp3 volume for images and pods' files, in GiB: the root volume, with
	// bottlerocket the second. Default: 50.
	DiskGiB int `yaml:"disk_gib" jsonschema:"minimum=20,maximum=16384"`
}

// Addons are the Helm releases of the platform stack.
type Addons struct {
	// Login is how Terraform's helm and kubernetes providers log in. Default: exec.
	Login ClusterLogin `yaml:"login"`
	// Alertmanager runs Prometheus' Alertmanager and joins it to the alarm topic. Default: false.
	Alertmanager bool `yaml:"alertmanager"`
	// PrometheusDays is how long metrics are kept, in days. Default: 15.
	PrometheusDays int `yaml:"prometheus_days" jsonschema:"minimum=1,maximum=365"`
	// PrometheusGiB is the size of Prometheus' volume, in GiB; it grows and never shrinks. Default:
	// the size's, 20, 50 or 200.
	PrometheusGiB int `yaml:"prometheus_gib" jsonschema:"minimum=5,maximum=16384"`
	// Grafana puts Grafana behind the load balancer, for listed networks and with a login. Default: none, people reach it
	// by way of the cluster's API alone.
	Grafana Grafana `yaml:"grafana"`
	// Size is how large a cluster the add-ons are made for: small 10 nodes, medium 100, large 500 (docs/sizes.md).
	// Default: medium, in development small.
	Size AddonSize `yaml:"size"`
	// Resources are what single add-ons get instead. Default: the size's.
	Resources AddonResources `yaml:"resources"`
}

// Application is what the platform is for: the names of what is its own, and its release.
type Application struct {
	// Name is the application's, lower case letters, digits and single hyphens, at most 30: of its release, image,
	// chart, pipeline and role. Without -app at its end it begins the names of its database, database cluster, secret
	// and namespace. Another name later is another database, empty, and other repositories. Default: birthday-app.
	Name string `yaml:"name" jsonschema:"minLength=2,maxLength=30,pattern=^[a-z][a-z0-9]*(-[a-z0-9]+)*$"`
	// Chart is the folder of the application's own Helm chart, from the folder of cdktf.json, in the repository that
	// `repository` names. It gets the values of charts/birthday-app (docs/contract.md). Default: none,
	// charts/birthday-app itself, which runs any application that keeps the contract.
	Chart string `yaml:"chart" jsonschema:"minLength=1"`
	// ChartVersion is the version in its Chart.yaml.
	ChartVersion string `yaml:"-"`
	// Namespace holds the release. Default: the name without -app at its end.
	Namespace string `yaml:"namespace" jsonschema:"pattern=^[a-z][a-z0-9-]{0\\,39}$"`
	// MinReplicas is the fewest pods. Default: 3, in development 1.
	MinReplicas int `yaml:"min_replicas" jsonschema:"minimum=1,maximum=1000"`
	// MaxReplicas is the most pods. Default: 12, in development 3.
	MaxReplicas int `yaml:"max_replicas" jsonschema:"minimum=1,maximum=1000"`
	// CPUPercent is the share of the requested CPU, in percent, that the autoscaler aims at. Default: 70.
	CPUPercent int `yaml:"cpu_percent" jsonschema:"minimum=10,maximum=95"`
	// MemoryPercent is the share of the requested memory, in percent, that the autoscaler aims at. Default: 80.
	MemoryPercent int `yaml:"memory_percent" jsonschema:"minimum=10,maximum=95"`
}
