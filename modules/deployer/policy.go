package deployer

import (
	"fmt"
	"slices"

	"github.com/titan-platform/titan/internal/iampolicy"
)

// trust lets CodeBuild assume the role for this project alone (CodeBuild User Guide, 'Cross-service confused deputy prevention').
func (c Config) trust() string {
	return iampolicy.Document(iampolicy.Statement{
		Sid: "CodeBuild", Effect: iampolicy.Allow, Principal: iampolicy.Service("codebuild.amazonaws.com"), Action: []string{"sts:AssumeRole"},
		Condition: iampolicy.Conditions{
			"StringEquals": {"aws:SourceAccount": {c.AccountID}},
			"ArnEquals":    {"aws:SourceArn": {c.arn("codebuild", "project/"+c.project())}},
		},
	})
}

// statements are what the role may do: run in the VPC, read and write its stack's state, read that of <env>, and find the cluster. In the
// cluster it acts by its access entry.
func (c Config) statements(securityGroupID string) []iampolicy.Statement {
	allow := func(sid string, resources []string, conditions iampolicy.Conditions, actions ...string) iampolicy.Statement {
		return iampolicy.Statement{Sid: sid, Effect: iampolicy.Allow, Action: actions, Resource: resources, Condition: conditions}
	}
	bucket := fmt.Sprintf("arn:%s:s3:::%s", c.Partition, c.StateBucket)
	own, environment := bucket+"/"+c.platformStack()+"/*", bucket+"/"+c.Environment+"/terraform.tfstate"

	// CodeBuild User Guide, 'Allow CodeBuild access to AWS services required to create a VPC network interface', where all but the
	// permission is for every resource.
	interfaces := []string{c.arn("ec2", "network-interface/*")}
	var subnets []string
	for _, id := range c.SubnetIDs {
		subnets = append(subnets, c.arn("ec2", "subnet/"+id))
	}
	inSubnets := iampolicy.Conditions{"ArnEquals": {"ec2:Subnet": subnets}}
	statements := []iampolicy.Statement{
		allow("LookAtNetwork", []string{"*"}, nil, "ec2:DescribeDhcpOptions", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups",
			"ec2:DescribeSubnets", "ec2:DescribeVpcs"),
		allow("CreateInterfaces", slices.Concat(interfaces, subnets, []string{c.arn("ec2", "security-group/"+securityGroupID)}), nil, "ec2:CreateNetworkInterface"),
		allow("DeleteInterfaces", interfaces, inSubnets, "ec2:DeleteNetworkInterface"),
		allow("LendInterfaces", interfaces, iampolicy.Conditions{
			"ArnEquals":    {"ec2:Subnet": subnets},
			"StringEquals": {"ec2:AuthorizedService": {"codebuild.amazonaws.com"}},
		}, "ec2:CreateNetworkInterfacePermission"),
		allow("WriteLog", []string{c.arn("logs", "log-group:"+c.logGroup()+":*")}, nil, "logs:CreateLogStream", "logs:PutLogEvents"),

		// Terraform's S3 backend (developer.hashicorp.com, 'Backend Type: s3', permissions), with a lock file beside the state.
		allow("FindState", []string{bucket}, nil, "s3:ListBucket"),
		allow("WriteOwnState", []string{own}, nil, "s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
		allow("ReadEnvironmentState", []string{environment}, nil, "s3:GetObject"),
		// The state's key is another stack's, so it is named by its alias.
		allow("EncryptState", []string{c.arn("kms", "key/*")}, iampolicy.Conditions{"ForAnyValue:StringEquals": {"kms:ResourceAliases": {c.StateKeyAlias}}},
			"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"),

		allow("FindCluster", []string{c.arn("eks", "cluster/"+c.ClusterName)}, nil, "eks:DescribeCluster"),
	}
	if c.ConnectionARN != "" {
		statements = append(statements, allow("ReadRepository", []string{c.ConnectionARN}, nil,
			"codeconnections:GetConnection", "codeconnections:GetConnectionToken", "codeconnections:UseConnection"))
	}
	return append(statements, c.Statements...)
}

func (c Config) arn(service, resource string) string {
	return fmt.Sprintf("arn:%s:%s:%s:%s:%s", c.Partition, service, c.Region, c.AccountID, resource)
}
