package workload

import "github.com/titan-platform/titan/internal/iampolicy"

// LoadBalancerController keeps the pods of a TargetGroupBinding registered with the target groups that Terraform made,
// and can make or delete nothing. Source: aws-load-balancer-controller, docs/deploy/installation.md, 'IAM permission
// subset for those who use TargetGroupBinding only', which has all target groups of the account.
func LoadBalancerController(targetGroupARNs ...string) Workload {
	return Workload{
		Name:           "load-balancer-controller",
		Namespace:      SystemNamespace,
		ServiceAccount: "aws-load-balancer-controller",
		Statements: []iampolicy.Statement{
			allow("Look", everything, "ec2:DescribeInstances", "ec2:DescribeSecurityGroups", "ec2:DescribeVpcs",
				"elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth"),
			allow("RegisterPods", targetGroupARNs, "elasticloadbalancing:RegisterTargets",
				"elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:ModifyTargetGroup",
				"elasticloadbalancing:ModifyTargetGroupAttributes"),
		},
	}
}
