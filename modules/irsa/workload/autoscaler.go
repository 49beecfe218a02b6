package workload

import "github.com/titan-platform/titan/internal/iampolicy"

// ClusterAutoscaler changes the size of the cluster's own node groups, and no other group's: EKS tags their Auto
// Scaling groups. Source: kubernetes/autoscaler, cluster-autoscaler/cloudprovider/aws/README.md, 'Full Cluster
// Autoscaler Features Policy'.
func ClusterAutoscaler(p Scope) Workload {
	resize := allow("ResizeOwnGroups", []string{p.ARN("autoscaling", "autoScalingGroup:*:autoScalingGroupName/*")},
		"autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup")
	resize.Condition = iampolicy.Conditions{
		"StringEquals": {"aws:ResourceTag/k8s.io/cluster-autoscaler/" + p.Cluster: {"owned"}},
	}
	return Workload{
		Name:           "cluster-autoscaler",
		Namespace:      SystemNamespace,
		ServiceAccount: "cluster-autoscaler",
		Statements: []iampolicy.Statement{
			allow("Look", everything, "autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeAutoScalingInstances",
				"autoscaling:DescribeLaunchConfigurations", "autoscaling:DescribeScalingActivities", "ec2:DescribeImages",
				"ec2:DescribeInstanceTypes", "ec2:DescribeLaunchTemplateVersions",
				"ec2:GetInstanceTypesFromInstanceRequirements"),
			// Labels and taints of a group that has no node to look at.
			allow("LookAtOwnGroups", []string{p.ARN("eks", "nodegroup/"+p.Cluster+"/*/*")}, "eks:DescribeNodegroup"),
			resize,
		},
	}
}
