package database

import (
	"fmt"

	"github.com/aws/jsii-runtime-go"
	scalingpolicy "github.com/cdktf/cdktf-provider-aws-go/aws/v19/appautoscalingpolicy"
	scalingtarget "github.com/cdktf/cdktf-provider-aws-go/aws/v19/appautoscalingtarget"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/rdsclusterinstance"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// readerCPUPercent is the readers' average CPU that autoscaling aims at, in percent: below the alarm's default of 80,
// because a reader takes minutes to join.
const readerCPUPercent = 60

type predefinedMetric = scalingpolicy.AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification

// scaleReaders adds readers under load, five minutes apart at least, and takes them away again, ten minutes apart. It
// leaves those declared here alone, and Terraform knows nothing of those it makes: before a destroy they are deleted by
// hand, or the cluster stays (terraform-provider-aws#19536).
func (d *database) scaleReaders(instances []rdsclusterinstance.RdsClusterInstance) {
	// Where another cluster takes the place of this one, the target goes before it and comes after it: left registered, it
	// would find a cluster without readers and make its own.
	withCluster := &cdktf.TerraformResourceLifecycle{
		ReplaceTriggeredBy: &[]any{
			fmt.Sprintf("%s.%s.cluster_resource_id", *d.cluster.TerraformResourceType(), *d.cluster.FriendlyUniqueId()),
		},
	}
	var existing []cdktf.ITerraformDependable
	for _, instance := range instances {
		existing = append(existing, instance)
	}
	target := scalingtarget.NewAppautoscalingTarget(d.scope, jsii.String("readers"),
		&scalingtarget.AppautoscalingTargetConfig{
			ServiceNamespace:  jsii.String("rds"),
			ScalableDimension: jsii.String("rds:cluster:ReadReplicaCount"),
			ResourceId:        jsii.String(fmt.Sprintf("cluster:%s", *d.cluster.ClusterIdentifier())),
			MinCapacity:       jsii.Number(d.Settings.Readers),
			MaxCapacity:       jsii.Number(d.Settings.MaxReaders),
			// Registered any earlier, it would make readers of its own to reach the minimum.
			DependsOn: &existing,
			Lifecycle: withCluster,
		})
	scalingpolicy.NewAppautoscalingPolicy(d.scope, jsii.String("readers-cpu"), &scalingpolicy.AppautoscalingPolicyConfig{
		Name:              jsii.String(d.Identifier + "-readers"),
		PolicyType:        jsii.String("TargetTrackingScaling"),
		ServiceNamespace:  target.ServiceNamespace(),
		ScalableDimension: target.ScalableDimension(),
		ResourceId:        target.ResourceId(),
		TargetTrackingScalingPolicyConfiguration: &scalingpolicy.AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration{
			PredefinedMetricSpecification: &predefinedMetric{
				PredefinedMetricType: jsii.String("RDSReaderAverageCPUUtilization"),
			},
			TargetValue:      jsii.Number(readerCPUPercent),
			ScaleInCooldown:  jsii.Number(600),
			ScaleOutCooldown: jsii.Number(300),
		},
		Lifecycle: withCluster, // deregistering the target deletes its policies
	})
}
