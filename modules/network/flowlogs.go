package network

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchloggroup"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/flowlog"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrole"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicy"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
)

// flowLogGroup is the name of the flow logs' log group.
func (c Config) flowLogGroup() string { return "/aws/vpc-flow-logs/" + c.Name }

// logFlows records every connection in the VPC, accepted or refused.
func (n *network) logFlows() {
	group := cloudwatchloggroup.NewCloudwatchLogGroup(n.scope, jsii.String("flow-logs"), &cloudwatchloggroup.CloudwatchLogGroupConfig{
		Name:            jsii.String(n.flowLogGroup()),
		KmsKeyId:        jsii.String(n.LogKeyARN),
		RetentionInDays: jsii.Number(n.Settings.FlowLogDays),
	})
	role := iamrole.NewIamRole(n.scope, jsii.String("flow-logs-role"), &iamrole.IamRoleConfig{
		Name:                jsii.String(n.Name + "-flow-logs"),
		Description:         jsii.String("VPC flow logs write to " + n.flowLogGroup()),
		PermissionsBoundary: n.PermissionsBoundary(),
		AssumeRolePolicy:    jsii.String(n.flowLogTrust()),
	})
	policy := iamrolepolicy.NewIamRolePolicy(n.scope, jsii.String("flow-logs-policy"), &iamrolepolicy.IamRolePolicyConfig{
		Name:   jsii.String("write-flow-logs"),
		Role:   role.Name(),
		Policy: jsii.String(n.flowLogPolicy()),
	})
	flowlog.NewFlowLog(n.scope, jsii.String("flow-log"), &flowlog.FlowLogConfig{
		VpcId:              n.vpcID,
		TrafficType:        jsii.String("ALL"),
		LogDestinationType: jsii.String("cloud-watch-logs"),
		LogDestination:     group.Arn(),
		IamRoleArn:         role.Arn(),
		// 60 or 600 seconds; Nitro instances, which is all of ours, aggregate over a minute at most anyway (VPC User Guide, 'Flow log
		// basics'), so 60 treats load balancer, NAT gateways and endpoints the same.
		MaxAggregationInterval: jsii.Number(60),
		Tags:                   n.name("flow-log"),
		DependsOn:              &[]cdktf.ITerraformDependable{policy}, // else its first deliveries fail
	})
}

// flowLogTrust lets VPC flow logs of this account and region, and no other's, assume the role (VPC User Guide, 'IAM role for publishing
// flow logs to CloudWatch Logs').
func (c Config) flowLogTrust() string {
	return iampolicy.Document(iampolicy.Statement{
		Sid: "FlowLogs", Effect: iampolicy.Allow, Principal: iampolicy.Service("vpc-flow-logs.amazonaws.com"), Action: []string{"sts:AssumeRole"},
		Condition: iampolicy.Conditions{
			"StringEquals": {"aws:SourceAccount": {c.AccountID}},
			"ArnLike":      {"aws:SourceArn": {c.ARN("ec2", "vpc-flow-log/*")}},
		},
	})
}

// flowLogPolicy lets the role write to its log group. AWS's own example also lets it create groups and list all of them; with a group
// that exists it needs neither (aws-cdk grants these three, aws-ec2/lib/vpc-flow-logs.ts).
func (c Config) flowLogPolicy() string {
	return iampolicy.Document(iampolicy.Statement{
		Sid: "WriteFlowLogs", Effect: iampolicy.Allow,
		Action:   []string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
		Resource: []string{c.ARN("logs", "log-group:"+c.flowLogGroup()+":*")},
	})
}
