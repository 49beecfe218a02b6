package network

import (
	"github.com/aws/jsii-runtime-go"
	loggroup "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchloggroup"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/flowlog"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrole"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicy"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/modules/bucket"
)

// flowLogGroup is the name of the flow logs' log group.
func (c Config) flowLogGroup() string { return "/aws/vpc-flow-logs/" + c.Name }

// logFlows records every connection in the VPC, accepted or refused, where the file says.
func (n *network) logFlows() {
	config := &flowlog.FlowLogConfig{
		VpcId:       n.vpcID,
		TrafficType: jsii.String("ALL"),
		// 60 or 600 seconds; Nitro instances, which is all of ours, aggregate over a minute at most anyway (VPC User Guide,
		// 'Flow log basics'), so 60 treats load balancer, NAT gateways and endpoints the same.
		MaxAggregationInterval: jsii.Number(60),
		Tags:                   n.name("flow-log"),
	}
	switch n.Settings.FlowLogs {
	case environments.LogsToCloudWatch:
		n.logFlowsToCloudWatch(config)
	case environments.LogsToS3:
		n.logFlowsToS3(config)
	default:
		return
	}
	flowlog.NewFlowLog(n.scope, jsii.String("flow-log"), config)
}

func (n *network) logFlowsToCloudWatch(config *flowlog.FlowLogConfig) {
	group := loggroup.NewCloudwatchLogGroup(n.scope, jsii.String("flow-logs"), &loggroup.CloudwatchLogGroupConfig{
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
	config.LogDestinationType = jsii.String("cloud-watch-logs")
	config.LogDestination = group.Arn()
	config.IamRoleArn = role.Arn()
	config.DependsOn = &[]cdktf.ITerraformDependable{policy} // else its first deliveries fail
}

func (n *network) logFlowsToS3(config *flowlog.FlowLogConfig) {
	logs := bucket.New(n.scope, "flow-log-bucket", bucket.Config{
		Name:             n.FlowLogBucket,
		KeyARN:           n.LogKeyARN,
		Protected:        n.Protected,
		NoncurrentDays:   1, // nobody overwrites or deletes them but the rule of their age
		Ages:             bucket.Ages{ExpireDays: int(n.Settings.FlowLogDays)},
		AccessLogs:       n.AccessLogs,
		PolicyStatements: n.flowLogDelivery(),
	})
	config.LogDestinationType = jsii.String("s3")
	config.LogDestination = jsii.String(logs.ARN)
	// A tenth of what Athena reads of text.
	config.DestinationOptions = &flowlog.FlowLogDestinationOptions{FileFormat: jsii.String("parquet")}
	config.DependsOn = &[]cdktf.ITerraformDependable{logs.Policy} // EC2 would write one of its own
}

// flowLogDelivery lets flow logs of this account and region write to their bucket (VPC User Guide, 'Amazon S3 bucket
// permissions for flow logs'). The guide's condition on the ACL is left out: where a bucket has none, the service sends
// none (cloudposse/terraform-aws-vpc-flow-logs-s3-bucket#101).
func (c Config) flowLogDelivery() []iampolicy.Statement {
	name := c.BucketARN(c.FlowLogBucket)
	deliver := func(sid, resource string, actions ...string) iampolicy.Statement {
		return iampolicy.Statement{
			Sid: sid, Effect: iampolicy.Allow, Principal: iampolicy.Service("delivery.logs.amazonaws.com"), Action: actions,
			Resource: []string{resource},
			Condition: iampolicy.Conditions{
				"StringEquals": {"aws:SourceAccount": {c.AccountID}},
				"ArnLike":      {"aws:SourceArn": {c.ARN("logs", "*")}},
			},
		}
	}
	return []iampolicy.Statement{
		deliver("FlowLogs", name+"/AWSLogs/"+c.AccountID+"/*", "s3:PutObject"),
		deliver("FlowLogsLook", name, "s3:GetBucketAcl", "s3:ListBucket"),
	}
}

// flowLogTrust lets VPC flow logs of this account and region, and no other's, assume the role (VPC User Guide, 'IAM
// role for publishing flow logs to CloudWatch Logs').
func (c Config) flowLogTrust() string {
	return iampolicy.Document(iampolicy.Statement{
		Sid:       "FlowLogs",
		Effect:    iampolicy.Allow,
		Principal: iampolicy.Service("vpc-flow-logs.amazonaws.com"),
		Action:    []string{"sts:AssumeRole"},
		Condition: iampolicy.Conditions{
			"StringEquals": {"aws:SourceAccount": {c.AccountID}},
			"ArnLike":      {"aws:SourceArn": {c.ARN("ec2", "vpc-flow-log/*")}},
		},
	})
}

// flowLogPolicy lets the role write to its log group. AWS's own example also lets it create groups and list all of
// them; with a group that exists it needs neither (aws-cdk grants these three, aws-ec2/lib/vpc-flow-logs.ts).
func (c Config) flowLogPolicy() string {
	return iampolicy.Document(iampolicy.Statement{
		Sid: "WriteFlowLogs", Effect: iampolicy.Allow,
		Action:   []string{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
		Resource: []string{c.ARN("logs", "log-group:"+c.flowLogGroup()+":*")},
	})
}
