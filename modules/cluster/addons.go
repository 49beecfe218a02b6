package cluster

import (
	"slices"

	"github.com/aws/jsii-runtime-go"
	addonversion "github.com/cdktf/cdktf-provider-aws-go/aws/v19/dataawseksaddonversion"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/eksaddon"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/irsa"
)

// addon is one EKS add-on.
type addon struct {
	name          string
	configuration any          // nil is the add-on's own defaults
	role          *irsa.Output // nil where it calls no AWS API, or as the node
	after         []cdktf.ITerraformDependable
}

// addon declares an add-on, in the version that EKS has as its default for the cluster's Kubernetes version: AWS moves
// that once it has proved itself, a plan shows the move as one changed line, and an upgrade of the cluster brings the
// add-ons along. The cluster's version is known at plan, and so is theirs.
func (c *cluster) addon(a addon) cdktf.ITerraformDependable {
	version := addonversion.NewDataAwsEksAddonVersion(c.scope, jsii.String(a.name+"-version"),
		&addonversion.DataAwsEksAddonVersionConfig{
			AddonName:         jsii.String(a.name),
			KubernetesVersion: jsii.String(c.Settings.Version),
		})
	config := &eksaddon.EksAddonConfig{
		ClusterName:  c.name,
		AddonName:    jsii.String(a.name),
		AddonVersion: version.Version(),
		// What is in the file holds, also against a change made by hand.
		ResolveConflictsOnCreate: jsii.String("OVERWRITE"),
		ResolveConflictsOnUpdate: jsii.String("OVERWRITE"),
		Tags:                     c.Tag(a.name),
	}
	if a.configuration != nil {
		config.ConfigurationValues = jsii.String(target.JSON(a.configuration))
	}
	after := a.after
	if a.role != nil {
		config.ServiceAccountRoleArn = jsii.String(a.role.RoleARN)
		after = slices.Concat(after, a.role.Grants)
	}
	if len(after) > 0 {
		config.DependsOn = &after
	}
	return eksaddon.NewEksAddon(c.scope, jsii.String(a.name), config)
}

type object = map[string]any

// vpcCNI is the configuration of vpc-cni, whose values are strings.
func (c Config) vpcCNI() any {
	configuration := object{
		// Without it a NetworkPolicy is accepted and does nothing (EKS User Guide, 'Limit Pod traffic with Kubernetes
		// network policies').
		"enableNetworkPolicy": "true",
		// Prefixes of 16 addresses give a node room for 110 pods instead of 29 on an m7i.large. They ask for large, new
		// subnets, as the private ones are (EKS User Guide, 'Assign more IP addresses to Amazon EKS nodes with prefixes').
		"env": object{"ENABLE_PREFIX_DELEGATION": "true", "WARM_PREFIX_TARGET": "1"},
	}
	if c.Settings.PolicyLogs {
		// At its own level, debug, the agent would write each connection that is let through as well
		// (aws-network-policy-agent, README, 'log-level'; #443 has the versions that do so at any level).
		configuration["nodeAgent"] = object{
			"enablePolicyEventLogs": "true",
			"enableCloudWatchLogs":  "true",
			"logLevel":              "info",
		}
	}
	return configuration
}

// coreDNS is the configuration of coredns: as many pods as nodes and cores ask for, two at least (EKS User Guide,
// 'Scale CoreDNS Pods for high DNS traffic').
func (c Config) coreDNS() any {
	return object{"autoScaling": object{"enabled": true, "minReplicas": 2, "maxReplicas": c.DNSReplicas}}
}

// cloudWatch is the configuration of amazon-cloudwatch-observability: metrics and logs of containers. Application
// Signals, which inject agents into pods and cost by the request, are off with it (CloudWatch User Guide, 'Install the
// CloudWatch agent with the Amazon CloudWatch Observability EKS add-on', additional configuration).
func cloudWatch() any {
	return object{
		"agent": object{"config": object{"logs": object{"metrics_collected": object{
			"kubernetes": object{"enhanced_container_insights": true},
		}}}},
		"containerLogs": object{"enabled": true},
	}
}
