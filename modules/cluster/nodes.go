package cluster

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/eksnodegroup"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrole"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicy"
	policyattachment "github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicyattachment"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/iampolicy"
)

// CapacityKey is the label that says how a node is bought, `on-demand` or `spot`, and the key of the taint of Spot
// nodes in a cluster that has others: a pod that may be interrupted tolerates it.
const CapacityKey = "capacity"

// group is one managed node group of the cluster: one of the settings, or one of its zones.
type group struct {
	environments.NodeGroup
	id      string // construct id: nodes-system-a
	prefix  string // of its name in EKS, which adds a suffix, so that a new one can stand beside the one that it replaces
	subnets []string
	tainted bool
}

// groups are the node groups. Spot nodes are tainted where there are on-demand nodes to run what must not be
// interrupted, and run everything where they are alone.
func (c Config) groups() []group {
	mixed := c.Settings.SpotBesideOnDemand()
	var groups []group
	for _, settings := range c.Settings.NodeGroups {
		tainted := settings.Capacity == environments.Spot && mixed
		if !settings.PerZone {
			groups = append(groups, group{settings, "nodes-" + settings.Name, settings.Name + "-", c.SubnetIDs, tainted})
			continue
		}
		// A volume lives in one zone. With a group a zone, the autoscaler can add a node where the volume is; with one group
		// over all zones, EC2 chooses (cluster-autoscaler FAQ, AWS README, 'Common Notes and Gotchas').
		for i, zone := range c.Zones {
			name := settings.Name + "-" + strings.TrimPrefix(zone, c.Region)
			groups = append(groups, group{settings, "nodes-" + name, name + "-", c.SubnetIDs[i : i+1], tainted})
		}
	}
	return groups
}

// amiTypes are EKS's images. Their release is not pinned: a group is made with the newest, and a new one is rolled out
// by `aws eks update-nodegroup-version`, at a time that somebody chose.
var amiTypes = map[environments.AMI]map[environments.Architecture]string{
	environments.AmazonLinux: {
		environments.AMD64: "AL2023_x86_64_STANDARD",
		environments.ARM64: "AL2023_ARM_64_STANDARD",
	},
	environments.Bottlerocket: {environments.AMD64: "BOTTLEROCKET_x86_64", environments.ARM64: "BOTTLEROCKET_ARM_64"},
}

// capacityTypes are EKS's words for how nodes are bought.
var capacityTypes = map[environments.Capacity]string{environments.OnDemand: "ON_DEMAND", environments.Spot: "SPOT"}

// nodes declares the node groups; before are the add-ons that they need to become ready.
func (c *cluster) nodes(before []cdktf.ITerraformDependable) []cdktf.ITerraformDependable {
	role, attachments := c.nodeRole()
	templates := map[string]template{}
	for _, settings := range c.Settings.NodeGroups {
		templates[settings.Name] = c.launchTemplate(settings)
	}
	// Taken away sooner, a node could not leave in order: its role frees its interfaces, its route and rules reach EKS.
	needs := slices.Concat(before, attachments, c.rules, c.Egress)
	var nodes []cdktf.ITerraformDependable
	for _, g := range c.groups() {
		after := needs
		// One after another where it matters: an upgrade that fails in one group leaves the others as they were. It costs a
		// few minutes a group when a cluster is made.
		if c.Protected && len(nodes) > 0 {
			after = append(slices.Clone(needs), nodes[len(nodes)-1])
		}
		nodes = append(nodes, c.nodeGroupOf(g, role, templates[g.Name], after))
	}
	return nodes
}

func (c *cluster) nodeGroupOf(
	g group, roleARN *string, template template, needs []cdktf.ITerraformDependable,
) cdktf.ITerraformDependable {
	config := &eksnodegroup.EksNodeGroupConfig{
		ClusterName:         c.name,
		NodeGroupNamePrefix: jsii.String(g.prefix),
		NodeRoleArn:         roleARN,
		SubnetIds:           jsii.Strings(g.subnets...),
		Version:             jsii.String(c.Settings.Version), // else an upgrade of the cluster leaves its nodes behind
		AmiType:             jsii.String(amiTypes[g.AMI][g.Architecture]),
		CapacityType:        jsii.String(capacityTypes[g.Capacity]),
		InstanceTypes:       jsii.Strings(g.InstanceTypes...),
		LaunchTemplate:      &eksnodegroup.EksNodeGroupLaunchTemplate{Id: template.id, Version: template.version},
		ScalingConfig: &eksnodegroup.EksNodeGroupScalingConfig{
			MinSize: jsii.Number(g.Min), MaxSize: jsii.Number(g.Max), DesiredSize: jsii.Number(g.Min),
		},
		// A third at a time, and at least one node: a group of three changes node by node.
		UpdateConfig:     &eksnodegroup.EksNodeGroupUpdateConfig{MaxUnavailablePercentage: jsii.Number(33)},
		NodeRepairConfig: &eksnodegroup.EksNodeGroupNodeRepairConfig{Enabled: jsii.Bool(true)},
		Labels: &map[string]*string{
			"node-group": jsii.String(g.Name),
			CapacityKey:  jsii.String(string(g.Capacity)),
		},
		Tags: c.Tag(g.id),
		Lifecycle: &cdktf.TerraformResourceLifecycle{
			// Other instance types make a new group: first the new nodes, then the old ones drained. The rest is
			// rolled out inside a group.
			CreateBeforeDestroy: jsii.Bool(true),
			// The autoscaler's.
			IgnoreChanges: jsii.Strings("scaling_config[0].desired_size"),
		},
		DependsOn: &needs,
	}
	if g.tainted {
		config.Taint = []eksnodegroup.EksNodeGroupTaint{{
			Key: jsii.String(CapacityKey), Value: jsii.String(string(g.Capacity)), Effect: jsii.String("NO_SCHEDULE"),
		}}
	}
	nodes := eksnodegroup.NewEksNodeGroup(c.scope, jsii.String(g.id), config)
	c.warnOfMinimum(g, nodes)
	return nodes
}

// warnOfMinimum has a plan warn of a minimum raised above the number of nodes that run: EKS refuses it, because
// Terraform leaves that number as the autoscaler set it (terraform-aws-modules/terraform-aws-eks#2508). A `check` warns
// and stops nothing; CDKTF has no construct for it.
func (c *cluster) warnOfMinimum(g group, nodes eksnodegroup.EksNodeGroup) {
	size := "${" + *nodes.Fqn() + ".scaling_config[0].%s}"
	running, least := fmt.Sprintf(size, "desired_size"), fmt.Sprintf(size, "min_size")
	command := fmt.Sprintf(
		"aws eks update-nodegroup-config --region %s --cluster-name %s --nodegroup-name ${%s.node_group_name} "+
			"--scaling-config minSize=%s,desiredSize=%s",
		c.Region, c.ClusterName, *nodes.Fqn(), least, least)
	check := "check.cluster_" + strings.ReplaceAll(g.id, ".", "_") + "_minimum"
	cdktf.TerraformStack_Of(c.scope).AddOverride(jsii.String(check), map[string]any{
		"assert": map[string]any{
			"condition": fmt.Sprintf("${%[1]s.scaling_config[0].desired_size >= %[1]s.scaling_config[0].min_size}",
				*nodes.Fqn()),
			"error_message": fmt.Sprintf(
				"Node group %s runs %s nodes, and its minimum is %s: EKS refuses that. Raise the number first: %s",
				g.id, running, least, command),
		},
	})
}

// nodePolicies are what EKS documents for a node (EKS User Guide, 'Amazon EKS node IAM role'): AWS keeps them in step
// with its images. The network plug-in is not among them: its role is its service account's.
var nodePolicies = []string{"AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"}

// nodeRole declares the role of all nodes. Pods can't use it: the launch template keeps instance metadata from them.
func (c *cluster) nodeRole() (arn *string, attachments []cdktf.ITerraformDependable) {
	role := iamrole.NewIamRole(c.scope, jsii.String("node_role"), &iamrole.IamRoleConfig{
		Name:                jsii.String(c.Name + "-node"),
		Description:         jsii.String("Nodes of " + c.ClusterName),
		PermissionsBoundary: c.PermissionsBoundary(),
		AssumeRolePolicy: jsii.String(iampolicy.Document(iampolicy.Statement{
			Sid:       "Instances",
			Effect:    iampolicy.Allow,
			Principal: iampolicy.Service("ec2.amazonaws.com"),
			Action:    []string{"sts:AssumeRole"},
		})),
	})
	for _, policy := range nodePolicies {
		attached := policyattachment.NewIamRolePolicyAttachment(c.scope, jsii.String("node_role_"+policy),
			&policyattachment.IamRolePolicyAttachmentConfig{
				Role:      role.Name(),
				PolicyArn: jsii.String(c.ManagedPolicyARN(policy)),
			})
		attachments = append(attachments, attached)
	}
	if c.CachedRepositories != "" {
		attachments = append(attachments, iamrolepolicy.NewIamRolePolicy(c.scope, jsii.String("node_role_image_cache"),
			&iamrolepolicy.IamRolePolicyConfig{
				Name:   jsii.String("fill-image-cache"),
				Role:   role.Name(),
				Policy: jsii.String(c.fillImageCache()),
			}))
	}
	return role.Arn(), attachments
}

// fillImageCache lets a node be the first to pull an image: AWS's policy of pulls has the import, and not the making of
// the repository (ECR User Guide, 'IAM permissions required to sync an upstream registry').
func (c Config) fillImageCache() string {
	return iampolicy.Document(iampolicy.Statement{
		Sid: "FillImageCache", Effect: iampolicy.Allow,
		Action:   []string{"ecr:BatchImportUpstreamImage", "ecr:CreateRepository"},
		Resource: []string{c.ARN("ecr", "repository/"+c.CachedRepositories+"*")},
	})
}
