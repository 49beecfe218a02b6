package edge

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontdistribution"
	logdelivery "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchlogdelivery"
	deliverydestination "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchlogdeliverydestination"
	deliverysource "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchlogdeliverysource"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchloggroup"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
)

// accessLogFields are what is written of a request: the standard fields without cookies, which are credentials
// (CloudFront Developer Guide, 'Standard logging (v2)').
var accessLogFields = []string{
	"date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem", "sc-status",
	"cs(Referer)", "cs(User-Agent)", "cs-uri-query", "x-edge-result-type", "x-edge-request-id", "x-host-header",
	"cs-protocol", "cs-bytes", "time-taken", "x-forwarded-for", "ssl-protocol", "ssl-cipher",
	"x-edge-response-result-type", "cs-protocol-version", "c-port", "time-to-first-byte", "x-edge-detailed-result-type",
	"sc-content-type", "sc-content-len",
}

// logGroup declares a log group in us-east-1, where CloudFront writes. That it may is a resource policy that it adds
// for itself when its logging is set up.
func (e *edge) logGroup(id, name string) cloudwatchloggroup.CloudwatchLogGroup {
	return cloudwatchloggroup.NewCloudwatchLogGroup(e.scope, jsii.String(id), &cloudwatchloggroup.CloudwatchLogGroupConfig{
		Name:            jsii.String(name),
		RetentionInDays: jsii.Number(e.LogDays),
		KmsKeyId:        jsii.String(e.LogKeyARN),
	})
}

// logDistribution sends the distribution's access logs to where the file says, by the second version
// of CloudFront's logging.
func (e *edge) logDistribution(distribution cloudfrontdistribution.CloudfrontDistribution) {
	if e.Settings.AccessLogs == environments.LogsNowhere {
		return
	}
	source := deliverysource.NewCloudwatchLogDeliverySource(e.scope, jsii.String("access-log-source"),
		&deliverysource.CloudwatchLogDeliverySourceConfig{
			Name:        jsii.String(e.Name + "-cloudfront"),
			LogType:     jsii.String("ACCESS_LOGS"),
			ResourceArn: distribution.Arn(),
		})
	destination := e.accessLogDestination()
	// A delivery's fields can't be updated: CloudWatch Logs refuses the provider's call (terraform-provider-aws#46108).
	// Other fields make a new delivery, because they change what this resource holds, which is all that it is for.
	fields := cdktf.NewDataResource(e.scope, jsii.String("access-log-fields"), &cdktf.DataConfig{
		Input: &map[string]any{"record_fields": accessLogFields},
	})
	logdelivery.NewCloudwatchLogDelivery(e.scope, jsii.String("access-log-delivery"),
		&logdelivery.CloudwatchLogDeliveryConfig{
			DeliverySourceName:     source.Name(),
			DeliveryDestinationArn: destination.Arn(),
			RecordFields:           jsii.Strings(accessLogFields...),
			Lifecycle: &cdktf.TerraformResourceLifecycle{ReplaceTriggeredBy: &[]any{
				// CDKTF would write ${…}, which Terraform refuses here.
				*fields.TerraformResourceType() + "." + *fields.FriendlyUniqueId(),
			}},
		})
}

type destinationConfiguration = deliverydestination.CloudwatchLogDeliveryDestinationDeliveryDestinationConfiguration

// accessLogDestination is where the file has the distribution's access logs go. Each kind has a name of its own,
// because a destination keeps its kind and format for good.
func (e *edge) accessLogDestination() deliverydestination.CloudwatchLogDeliveryDestination {
	id, name, after := "access-log-destination", e.Name+"-cloudfront", []cdktf.ITerraformDependable(nil)
	var resource *string
	if e.Settings.AccessLogs == environments.LogsToS3 {
		id, name, after = id+"-s3", name+"-s3", []cdktf.ITerraformDependable{e.AccessLogs.Policy}
		resource = jsii.String(e.AccessLogs.ARN)
	} else {
		resource = e.logGroup("access-logs", "/aws/vendedlogs/cloudfront/"+e.Name).Arn()
	}
	config := &deliverydestination.CloudwatchLogDeliveryDestinationConfig{
		Name:         jsii.String(name),
		OutputFormat: jsii.String("json"),
		DeliveryDestinationConfiguration: []destinationConfiguration{{
			DestinationResourceArn: resource,
		}},
	}
	if after != nil {
		config.DependsOn = &after
	}
	return deliverydestination.NewCloudwatchLogDeliveryDestination(e.scope, jsii.String(id), config)
}
