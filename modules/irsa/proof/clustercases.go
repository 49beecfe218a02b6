package proof

import (
	"github.com/titan-platform/titan/modules/irsa/workload"
)

func vpcCNI() Case {
	inVPC := keys{"ec2:Vpc": ec2("vpc/" + vpcID)}
	elsewhere := keys{"ec2:Vpc": ec2("vpc/vpc-other")}
	own := keys{"aws:ResourceTag/kubernetes.io/cluster/titan-prod-cluster": "owned"}
	plugIn := workload.VPCCNI(Scope, vpcID)
	plugIn.Statements = append(plugIn.Statements, workload.PolicyLogs(Scope, "/aws/eks/titan-prod-cluster/cluster")...)
	return Case{
		Workload: plugIn,
		Needed: []Call{
			{"logs:DescribeLogGroups", "*", nil},
			{"logs:CreateLogGroup", arns("logs")("log-group:/aws/eks/titan-prod-cluster/cluster:log-stream:"), nil},
			{"logs:PutLogEvents", arns("logs")("log-group:/aws/eks/titan-prod-cluster/cluster:log-stream:1"), nil},
			{"ec2:DescribeNetworkInterfaces", "*", nil},
			{"ec2:CreateNetworkInterface", ec2("network-interface/eni-1"), nil},
			{"ec2:CreateNetworkInterface", ec2("subnet/subnet-1"), inVPC},
			{"ec2:CreateNetworkInterface", ec2("security-group/sg-1"), inVPC},
			{"ec2:CreateTags", ec2("network-interface/eni-1"), nil},
			{"ec2:AttachNetworkInterface", ec2("network-interface/eni-1"), inVPC},
			{"ec2:AttachNetworkInterface", ec2("instance/i-1"), own},
			{"ec2:AssignPrivateIpAddresses", ec2("network-interface/eni-1"), inVPC},
			{"ec2:DeleteNetworkInterface", ec2("network-interface/eni-1"), inVPC},
		},
		Forbidden: []Call{
			{"logs:PutLogEvents", arns("logs")("log-group:/aws/eks/titan-prod/other:log-stream:1"), nil},
			{"ec2:DeleteNetworkInterface", ec2("network-interface/eni-1"), elsewhere},
			{"ec2:CreateNetworkInterface", ec2("subnet/subnet-1"), elsewhere},
			{"ec2:AttachNetworkInterface", ec2("instance/i-1"), keys{"aws:ResourceTag/kubernetes.io/cluster/other": "owned"}},
			{"ec2:CreateTags", ec2("instance/i-1"), nil},
			{"ec2:TerminateInstances", ec2("instance/i-1"), own},
			{"ec2:AuthorizeSecurityGroupIngress", ec2("security-group/sg-1"), inVPC},
		},
	}
}

func ebsCSI() Case {
	volume, instance := ec2("volume/vol-1"), ec2("instance/i-1")
	own := keys{"aws:ResourceTag/ebs.csi.aws.com/cluster": "true"}
	node := keys{"aws:ResourceTag/eks:cluster-name": Scope.Cluster}
	viaEC2 := keys{"kms:ViaService": "ec2.eu-west-1.amazonaws.com"}
	grant := keys{"kms:ViaService": "ec2.eu-west-1.amazonaws.com", "kms:GrantIsForAWSResource": "true"}
	return Case{
		Workload: workload.EBSCSI(Scope, dataKey),
		Needed: []Call{
			{"ec2:DescribeVolumes", "*", nil},
			{"ec2:CreateVolume", volume, keys{"aws:RequestTag/ebs.csi.aws.com/cluster": "true"}},
			{"ec2:CreateTags", volume, keys{"ec2:CreateAction": "CreateVolume"}},
			{"ec2:AttachVolume", volume, own},
			{"ec2:AttachVolume", instance, node},
			{"ec2:DetachVolume", volume, own},
			{"ec2:ModifyVolume", volume, own},
			{"ec2:DeleteVolume", volume, own},
			{"kms:GenerateDataKeyWithoutPlaintext", dataKey, viaEC2},
			{"kms:CreateGrant", dataKey, grant},
		},
		Forbidden: []Call{
			{"ec2:DeleteVolume", volume, keys{"aws:ResourceTag/Name": "database"}},
			{"ec2:AttachVolume", instance, keys{"aws:ResourceTag/eks:cluster-name": "other"}},
			{"ec2:CreateTags", volume, nil},
			{"ec2:CreateSnapshot", volume, own},
			{"kms:CreateGrant", dataKey, viaEC2},
			{"kms:CreateGrant", otherKey, grant},
			{"kms:Decrypt", dataKey, keys{"kms:ViaService": "s3.eu-west-1.amazonaws.com"}},
		},
	}
}

func cloudWatch() Case {
	logs := arns("logs")
	return Case{
		Workload: workload.CloudWatch(Scope),
		Needed: []Call{
			{"logs:CreateLogStream", logs("log-group:/aws/containerinsights/titan-prod-cluster/application:log-stream:a"), nil},
			{"logs:PutLogEvents", logs("log-group:/aws/containerinsights/titan-prod-cluster/performance:log-stream:a"), nil},
			{"ec2:DescribeTags", "*", nil},
		},
		Forbidden: []Call{
			{"logs:PutLogEvents", logs("log-group:/aws/eks/titan-prod-cluster/cluster:log-stream:a"), nil},
			{"logs:PutLogEvents", logs("log-group:/aws/containerinsights/titan-prod-cluster-2/application:log-stream:a"), nil},
			{"logs:DeleteLogGroup", logs("log-group:/aws/containerinsights/titan-prod-cluster/application:*"), nil},
			{"logs:PutRetentionPolicy", logs("log-group:/aws/containerinsights/titan-prod-cluster/application:*"), nil},
			{"logs:FilterLogEvents", logs("log-group:/aws/containerinsights/titan-prod-cluster/application:*"), nil},
		},
	}
}

func clusterAutoscaler() Case {
	own := keys{"aws:ResourceTag/k8s.io/cluster-autoscaler/titan-prod-cluster": "owned"}
	return Case{
		Workload: workload.ClusterAutoscaler(Scope),
		Needed: []Call{
			{"autoscaling:DescribeAutoScalingGroups", "*", nil},
			{"ec2:DescribeInstanceTypes", "*", nil},
			{"eks:DescribeNodegroup", arns("eks")("nodegroup/titan-prod-cluster/spot-1/1"), nil},
			{"autoscaling:SetDesiredCapacity", ownGroup, own},
			{"autoscaling:TerminateInstanceInAutoScalingGroup", ownGroup, own},
		},
		Forbidden: []Call{
			{"autoscaling:SetDesiredCapacity", ownGroup, keys{"aws:ResourceTag/k8s.io/cluster-autoscaler/other": "owned"}},
			{"autoscaling:UpdateAutoScalingGroup", ownGroup, own},
			{"eks:DescribeNodegroup", arns("eks")("nodegroup/other/spot-1/1"), nil},
			{"eks:DescribeCluster", arns("eks")("cluster/titan-prod-cluster"), nil},
			{"ec2:RunInstances", ec2("instance/*"), nil},
		},
	}
}

func loadBalancerController() Case {
	return Case{
		Workload: workload.LoadBalancerController(targetGroup),
		Needed: []Call{
			{"ec2:DescribeSecurityGroups", "*", nil},
			{"elasticloadbalancing:DescribeTargetHealth", "*", nil},
			{"elasticloadbalancing:RegisterTargets", targetGroup, nil},
			{"elasticloadbalancing:DeregisterTargets", targetGroup, nil},
		},
		Forbidden: []Call{
			{"elasticloadbalancing:RegisterTargets", otherTargets, nil},
			{"elasticloadbalancing:CreateLoadBalancer", arns("elasticloadbalancing")("loadbalancer/app/a/1"), nil},
			{"elasticloadbalancing:DeleteLoadBalancer", arns("elasticloadbalancing")("loadbalancer/app/titan-prod-alb/1"), nil},
			{"elasticloadbalancing:DeleteTargetGroup", targetGroup, nil},
			{"ec2:AuthorizeSecurityGroupIngress", ec2("security-group/sg-1"), nil},
		},
	}
}
