package workload

import "github.com/titan-platform/titan/internal/iampolicy"

// VPCCNI gives pods addresses of the VPC, by the actions of AmazonEKS_CNI_Policy for IPv4 (amazon-vpc-cni-k8s,
// docs/iam-policy.md). That page narrows them by a tag that the plug-in sets only where it knows its cluster's name;
// here the VPC narrows them, which is this platform's alone.
func VPCCNI(p Scope, vpcID string) Workload {
	interfaces := []string{p.ARN("ec2", "network-interface/*")}
	// Which keys each action knows: Service Authorization Reference, Amazon EC2.
	inVPC := func(s iampolicy.Statement) iampolicy.Statement {
		s.Condition = iampolicy.Conditions{"ArnEquals": {"ec2:Vpc": {p.ARN("ec2", "vpc/"+vpcID)}}}
		return s
	}
	onNodes := allow("AttachToNodes", []string{p.ARN("ec2", "instance/*")},
		"ec2:AttachNetworkInterface", "ec2:DetachNetworkInterface", "ec2:ModifyNetworkInterfaceAttribute")
	// EKS tags the instances of its node groups (same page).
	onNodes.Condition = iampolicy.Conditions{
		"StringEquals": {"aws:ResourceTag/kubernetes.io/cluster/" + p.Cluster: {"owned"}},
	}

	return Workload{
		Name:           "vpc-cni",
		Namespace:      SystemNamespace,
		ServiceAccount: "aws-node",
		Statements: []iampolicy.Statement{
			allow("Look", everything, "ec2:DescribeInstances", "ec2:DescribeInstanceTypes", "ec2:DescribeNetworkInterfaces",
				"ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeTags"),
			// An interface that is being made has no VPC yet; the subnet and the groups that the same call needs have.
			allow("CreateInterfaces", interfaces, "ec2:CreateNetworkInterface"),
			inVPC(allow("CreateInterfacesInVPC", []string{p.ARN("ec2", "subnet/*"), p.ARN("ec2", "security-group/*")},
				"ec2:CreateNetworkInterface")),
			allow("TagInterfaces", interfaces, "ec2:CreateTags"),
			inVPC(allow("ManageInterfaces", interfaces, "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
				"ec2:AttachNetworkInterface", "ec2:DetachNetworkInterface", "ec2:DeleteNetworkInterface",
				"ec2:ModifyNetworkInterfaceAttribute")),
			onNodes,
			inVPC(allow("SetGroups", []string{p.ARN("ec2", "security-group/*")}, "ec2:ModifyNetworkInterfaceAttribute")),
		},
	}
}

// PolicyLogs lets the network plug-in write what network policies deny to a log group. It looks for the group among the
// account's first alone, and asks for its creation where it does not find it there; without the permissions it does not
// start (aws-network-policy-agent, README, 'enable-cloudwatch-logs', and #141).
func PolicyLogs(p Scope, logGroup string) []iampolicy.Statement {
	return []iampolicy.Statement{
		allow("FindLogGroups", everything, "logs:DescribeLogGroups"),
		allow("WriteDenials", []string{p.ARN("logs", "log-group:"+logGroup+":*")},
			"logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"),
	}
}
