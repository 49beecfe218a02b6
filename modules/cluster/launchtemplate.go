package cluster

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/launchtemplate"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
)

// template is a launch template in the version that its groups use.
type template struct{ id, version *string }

// launchTemplate declares how the instances of a node group are made. Image, instance profile and user data stay
// EKS's own.
func (c *cluster) launchTemplate(g environments.NodeGroup) template {
	config := &launchtemplate.LaunchTemplateConfig{
		Name:                 jsii.String(c.Name + "-" + g.Name),
		Description:          jsii.String("Nodes of " + c.ClusterName + ", group " + g.Name),
		UpdateDefaultVersion: jsii.Bool(true),
		VpcSecurityGroupIds:  jsii.Strings(c.nodeGroup),
		// One hop is the node itself: a pod with an address of its own is a hop further and can't ask for the node's
		// credentials (EKS User Guide, 'Configure the instance metadata options'). The add-ons that need metadata use
		// the node's network.
		MetadataOptions: &launchtemplate.LaunchTemplateMetadataOptions{
			HttpEndpoint:            jsii.String("enabled"),
			HttpTokens:              jsii.String("required"),
			HttpPutResponseHopLimit: jsii.Number(1),
		},
		BlockDeviceMappings: c.blockDevices(g),
		TagSpecifications:   c.instanceTags(g),
		Tags:                c.Tag(g.Name),
	}
	made := launchtemplate.NewLaunchTemplate(c.scope, jsii.String("template-"+g.Name), config)
	return template{id: made.Id(), version: c.rolledOut(g, made, config)}
}

// rolledOut is the version of a template that a group's nodes are made by. A group rolls with each other one, and a tag
// is enough for that (terraform-aws-modules/terraform-aws-eks#2514): so it is kept in the state until something else
// changes, or Kubernetes' version, by which every node is replaced anyway.
func (c *cluster) rolledOut(
	g environments.NodeGroup,
	made launchtemplate.LaunchTemplate,
	config *launchtemplate.LaunchTemplateConfig,
) *string {
	kept := cdktf.NewDataResource(c.scope, jsii.String("template-"+g.Name+"-rolled-out"), &cdktf.DataConfig{
		Input: &map[string]any{"version": made.LatestVersion()},
		TriggersReplace: &map[string]any{
			"template":        made.Id(), // another one counts its versions from 1
			"kubernetes":      c.version, // the cluster's: a control plane that could not be upgraded rolls no nodes
			"ami":             string(g.AMI),
			"security_groups": config.VpcSecurityGroupIds,
			"metadata":        config.MetadataOptions,
			"block_devices":   config.BlockDeviceMappings,
		},
		Lifecycle: &cdktf.TerraformResourceLifecycle{IgnoreChanges: jsii.Strings("input")},
	})
	return cdktf.Token_AsString(kept.InterpolationForAttribute(jsii.String("output.version")), nil)
}

// blockDevices are the volumes of a node, of which the one with the images and the pods' files is the size of the
// settings. Bottlerocket keeps those apart from its root, which is read-only and as large as its image
// (bottlerocket-os/bottlerocket, README, 'Default Volumes').
func (c Config) blockDevices(g environments.NodeGroup) []launchtemplate.LaunchTemplateBlockDeviceMappings {
	volume := func(device string, size *float64) launchtemplate.LaunchTemplateBlockDeviceMappings {
		return launchtemplate.LaunchTemplateBlockDeviceMappings{
			DeviceName: jsii.String(device),
			Ebs: &launchtemplate.LaunchTemplateBlockDeviceMappingsEbs{
				VolumeType:          jsii.String("gp3"),
				VolumeSize:          size,
				Encrypted:           jsii.String("true"),
				KmsKeyId:            jsii.String(c.DataKeyARN),
				DeleteOnTermination: jsii.String("true"),
			},
		}
	}
	const root, data = "/dev/xvda", "/dev/xvdb"
	if g.AMI == environments.Bottlerocket {
		return []launchtemplate.LaunchTemplateBlockDeviceMappings{volume(root, nil), volume(data, jsii.Number(g.DiskGiB))}
	}
	return []launchtemplate.LaunchTemplateBlockDeviceMappings{volume(root, jsii.Number(g.DiskGiB))}
}

func (c Config) instanceTags(g environments.NodeGroup) []launchtemplate.LaunchTemplateTagSpecifications {
	var specifications []launchtemplate.LaunchTemplateTagSpecifications
	for _, kind := range []string{"instance", "volume", "network-interface"} {
		tags := *c.Tag(g.Name)
		for key, value := range c.Tags {
			tags[key] = jsii.String(value)
		}
		specifications = append(specifications, launchtemplate.LaunchTemplateTagSpecifications{
			ResourceType: jsii.String(kind),
			Tags:         &tags,
		})
	}
	return specifications
}
