package edge

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontdistribution"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchlogdelivery"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchlogdeliverydestination"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchlogdeliverysource"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchloggroup"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// accessLogFields are what is written of a request: the standard fields without cookies, which are credentials (CloudFront Developer Guide,
// 'Standard logging (v2)').
var accessLogFields = []string{
	"date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem", "sc-status", "cs(Referer)", "cs(User-Agent)",
	"cs-uri-query", "x-edge-result-type", "x-edge-request-id", "x-host-header", "cs-protocol", "cs-bytes", "time-taken", "x-forwarded-for",
	"ssl-protocol", "ssl-cipher", "x-edge-response-result-type", "cs-protocol-version", "c-port", "time-to-first-byte",
	"x-edge-detailed-result-type", "sc-content-type", "sc-content-len",
}

// logGroup declares a log group in us-east-1, where CloudFront writes. That it may is a resource policy that it adds for itself when its
// logging is set up.
func (e *edge) logGroup(id, name string) cloudwatchloggroup.CloudwatchLogGroup {
	return cloudwatchloggroup.NewCloudwatchLogGroup(e.scope, jsii.String(id), &cloudwatchloggroup.CloudwatchLogGroupConfig{
		Name:            jsii.String(name),
		RetentionInDays: jsii.Number(e.LogDays),
		KmsKeyId:        jsii.String(e.LogKeyARN),
	})
}

// logDistribution sends the distribution's access logs to their log group, the second version of CloudFront's logging.
func (e *edge) logDistribution(distribution cloudfrontdistribution.CloudfrontDistribution) {
	group := e.logGroup("access-logs", "/aws/vendedlogs/cloudfront/"+e.Name)
	source := cloudwatchlogdeliverysource.NewCloudwatchLogDeliverySource(e.scope, jsii.String("access-log-source"), &cloudwatchlogdeliverysource.CloudwatchLogDeliverySourceConfig{
		Name:        jsii.String(e.Name + "-cloudfront"),
		LogType:     jsii.String("ACCESS_LOGS"),
		ResourceArn: distribution.Arn(),
	})
	destination := cloudwatchlogdeliverydestination.NewCloudwatchLogDeliveryDestination(e.scope, jsii.String("access-log-destination"), &cloudwatchlogdeliverydestination.CloudwatchLogDeliveryDestinationConfig{
		Name:         jsii.String(e.Name + "-cloudfront"),
		OutputFormat: jsii.String("json"),
		DeliveryDestinationConfiguration: []cloudwatchlogdeliverydestination.CloudwatchLogDeliveryDestinationDeliveryDestinationConfiguration{{
			DestinationResourceArn: group.Arn(),
		}},
	})
	// A delivery's fields can't be updated: CloudWatch Logs refuses the provider's call (terraform-provider-aws#46108). Other fields make a
	// new delivery, because they change what this resource holds, which is all that it is for.
	fields := cdktf.NewDataResource(e.scope, jsii.String("access-log-fields"), &cdktf.DataConfig{
		Input: &map[string]any{"record_fields": accessLogFields},
	})
	cloudwatchlogdelivery.NewCloudwatchLogDelivery(e.scope, jsii.String("access-log-delivery"), &cloudwatchlogdelivery.CloudwatchLogDeliveryConfig{
		DeliverySourceName:     source.Name(),
		DeliveryDestinationArn: destination.Arn(),
		RecordFields:           jsii.Strings(accessLogFields...),
		Lifecycle: &cdktf.TerraformResourceLifecycle{ReplaceTriggeredBy: &[]any{
			*fields.TerraformResourceType() + "." + *fields.FriendlyUniqueId(), // CDKTF would write ${…}, which Terraform refuses here
		}},
	})
}
