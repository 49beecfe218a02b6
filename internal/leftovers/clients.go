package leftovers

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/codebuild"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi/schemas"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/smithy-go/transport/http/protocol/awsjson"
)

// clients are those of a region.
type clients struct {
	tagging   *resourcegroupstaggingapi.Client
	alarms    *cloudwatch.Client
	logs      *cloudwatchlogs.Client
	codebuild *codebuild.Client
	ec2       *ec2.Client
	eks       *eks.Client
	elb       *elb.Client
	iam       *iam.Client
	kms       *kms.Client
	rds       *rds.Client
	s3        *s3.Client
	secrets   *secretsmanager.Client
	sns       *sns.Client
	ssm       *ssm.Client
}

// inJSON has the tagging API called in AWS JSON 1.1, the one protocol that its public model names and emulators answer;
// the SDK would take CBOR.
func inJSON(o *resourcegroupstaggingapi.Options) {
	o.Protocol = awsjson.New11(schemas.ResourceGroupsTaggingAPI_20170126)
}

func clientsOf(config aws.Config) clients {
	return clients{
		tagging: resourcegroupstaggingapi.NewFromConfig(config, inJSON), alarms: cloudwatch.NewFromConfig(config),
		logs: cloudwatchlogs.NewFromConfig(config), codebuild: codebuild.NewFromConfig(config),
		ec2: ec2.NewFromConfig(config), eks: eks.NewFromConfig(config), elb: elb.NewFromConfig(config),
		iam: iam.NewFromConfig(config), kms: kms.NewFromConfig(config), rds: rds.NewFromConfig(config),
		s3:      s3.NewFromConfig(config, func(o *s3.Options) { o.UsePathStyle = o.BaseEndpoint != nil }),
		secrets: secretsmanager.NewFromConfig(config), sns: sns.NewFromConfig(config), ssm: ssm.NewFromConfig(config),
	}
}
