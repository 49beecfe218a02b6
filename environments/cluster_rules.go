package environments

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var instanceType = regexp.MustCompile(`^([a-z]+[0-9]+)([a-z0-9-]*)\.([a-z0-9-]+)$`)

func (c Cluster) validate(say report, known known, environment Environment) {
	c.validateVersion(say)
	if problem := checkBlock(c.ServiceCIDR, 12, 24, privateBlocks); problem != "" {
		say("cluster.service_cidr", "%q %s", c.ServiceCIDR, problem)
	}
	if known("network.cidr") && blocksOverlap(c.ServiceCIDR, environment.Network.CIDR) {
		say("cluster.service_cidr",
			"%q overlaps network.cidr %q: Services could not be told from nodes; choose another block",
			c.ServiceCIDR, environment.Network.CIDR)
	}
	c.validateEndpoint(say, known, environment)
	c.validatePrincipals(say, known, environment)
	if known("account.role") && len(c.Admins) == 0 && environment.Account.Role == "" {
		say("cluster.admins",
			"is empty, and its account has no role: nobody could get into the cluster, or renew its secrets; "+
				"name those who deploy, for instance [arn:aws:iam::%s:role/platform-admin]", environment.Account.ID)
	}
	deployer := environment.Account.GitHubDeployRoleARN()
	if known("account.github_workflows", "account.id", "account.project", "account.role", "cluster.admins") &&
		environment.Account.GitHubWorkflows && environment.Account.Role == "" && !slices.Contains(c.Admins, deployer) {
		say("cluster.admins",
			"lacks %s, by which the account's github_workflows deploy: it could not read what it writes into "+
				"secrets, and no plan of its would come to an end; add it", deployer)
	}
	for i, arn := range c.Readers {
		if known("cluster.admins") && slices.Contains(c.Admins, arn) {
			say(fmt.Sprintf("cluster.readers.%d", i),
				"is %q, one of the admins; a principal has one access entry in a cluster: remove it from one of the lists", arn)
		}
	}
	names := map[string]bool{}
	for i, group := range c.NodeGroups {
		path := func(key string) string { return item("cluster.node_groups", i, key) }
		if names[group.Name] {
			say(path("name"), "is %q, the name of a group before it; names are unique in a cluster", group.Name)
		}
		names[group.Name] = true
		if other := c.groupOfName(group); other != "" {
			say(path("name"), "is %q, which is what the group %q is called in a zone; choose another", group.Name, other)
		}
		group.validate(
			func(key, format string, args ...any) { say(path(key), format, args...) },
			func(keys ...string) bool {
				return !slices.ContainsFunc(keys, func(key string) bool { return !known(path(key)) })
			})
	}
}

// nameInZone is a name that a group a zone has in one of them: its own, and the zone's letter.
var nameInZone = regexp.MustCompile(`^(.+)-[a-z]$`)

// groupOfName is the group that has a group's name in one of its zones, `spot` of `spot-a`; empty is none.
func (c Cluster) groupOfName(group NodeGroup) string {
	parts := nameInZone.FindStringSubmatch(group.Name)
	if group.PerZone || parts == nil {
		return ""
	}
	if slices.ContainsFunc(c.NodeGroups, func(other NodeGroup) bool { return other.PerZone && other.Name == parts[1] }) {
		return parts[1]
	}
	return ""
}

func (c Cluster) validateEndpoint(say report, known known, environment Environment) {
	var right []string
	for i, cidr := range c.PublicCIDRs {
		problem := publicCIDRProblem(cidr, environment, known)
		if problem == "" {
			right = append(right, cidr)
			continue
		}
		say(fmt.Sprintf("cluster.public_cidrs.%d", i), "%s", problem)
	}
	if known("tier") && environment.IsProduction() {
		validateUnion(say, right)
	}
	if known("cluster.public_cidrs") && c.Deployer == DeployerPublicCIDRs && len(c.PublicCIDRs) == 0 {
		say("cluster.deployer",
			"is %q, and public_cidrs is empty: nobody could reach the cluster's API; "+
				"list your addresses there, or set deployer: %s", c.Deployer, DeployerCodeBuild)
	}
}

func (g NodeGroup) validate(say report, known known) {
	if known("max") && g.Min > g.Max {
		say("min", "is %d, above max %d; raise max or lower min", g.Min, g.Max)
	}
	if strings.HasSuffix(g.Name, "-") {
		say("name",
			"is %q, and it becomes the value of a label, which ends in a letter or digit "+
				"(Kubernetes, 'Labels and Selectors'); drop the hyphen", g.Name)
	}
	size := ""
	for i, name := range g.InstanceTypes {
		path := fmt.Sprintf("instance_types.%d", i)
		parts := instanceType.FindStringSubmatch(name)
		if parts == nil {
			say(path, "is %q, not an EC2 instance type, for instance m7i.large", name)
			continue
		}
		if is := architectureOf(parts[1], parts[2]); known("architecture") && is != g.Architecture {
			say(path,
				"is %q, of %s, and the group's architecture is %s; choose types of one architecture or set architecture: %s",
				name, is, g.Architecture, is)
		}
		if size != "" && parts[3] != size {
			say(path,
				"is %q, and the group's first type is of size %s; the autoscaler counts on nodes of one size: choose .%s types",
				name, size, size)
		}
		if size == "" {
			size = parts[3]
		}
	}
	if known("capacity") && g.Capacity == Spot && len(g.InstanceTypes) < 3 {
		say("instance_types", "has %d types; a Spot group needs at least 3, so that one pool running dry does not empty it",
			len(g.InstanceTypes))
	}
}

// architectureOf reads the processor from an instance type's name: a `g` straight after the generation is AWS Graviton,
// and so was a1. Source: EC2 user guide, 'Amazon EC2 instance type naming conventions'.
func architectureOf(family, options string) Architecture {
	if family == "a1" || strings.HasPrefix(options, "g") {
		return ARM64
	}
	return AMD64
}

func (a Application) validate(say report, known known) {
	if known("application.max_replicas") && a.MinReplicas > a.MaxReplicas {
		say("application.min_replicas", "is %d, above max_replicas %d; raise one or lower the other",
			a.MinReplicas, a.MaxReplicas)
	}
	if problem := namespaceProblem(a.Namespace); problem != "" {
		say("application.namespace", "is %q, %s; choose another, for instance birthday", a.Namespace, problem)
	}
}
