package role

import (
	"slices"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

// Network is where in the VPC a project builds.
type Network struct {
	SubnetIDs       []string
	SecurityGroupID string
}

// networkAccess is what CodeBuild needs to run a build in a VPC (CodeBuild User Guide, 'Allow CodeBuild access to AWS
// services required to create a VPC network interface', where all but the permission is for every resource).
func networkAccess(t target.Target, n Network) []iampolicy.Statement {
	interfaces := []string{t.ARN("ec2", "network-interface/*")}
	var subnets []string
	for _, id := range n.SubnetIDs {
		subnets = append(subnets, t.ARN("ec2", "subnet/"+id))
	}
	inSubnets := iampolicy.Conditions{"ArnEquals": {"ec2:Subnet": subnets}}
	return []iampolicy.Statement{
		Allow("LookAtNetwork", everything, nil, "ec2:DescribeDhcpOptions", "ec2:DescribeNetworkInterfaces",
			"ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"),
		Allow("CreateInterfaces",
			slices.Concat(interfaces, subnets, []string{t.ARN("ec2", "security-group/"+n.SecurityGroupID)}), nil,
			"ec2:CreateNetworkInterface"),
		Allow("DeleteInterfaces", interfaces, inSubnets, "ec2:DeleteNetworkInterface"),
		Allow("LendInterfaces", interfaces, iampolicy.Conditions{
			"ArnEquals":    {"ec2:Subnet": subnets},
			"StringEquals": {"ec2:AuthorizedService": {"codebuild.amazonaws.com"}},
		}, "ec2:CreateNetworkInterfacePermission"),
	}
}
