package cache

import (
	"github.com/aws/jsii-runtime-go"
	loggroup "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchloggroup"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// logTypes are what nodes tell: commands that took long, with their arguments left out, and the engine's own events.
var logTypes = []string{"slow-log", "engine-log"}

// logGroup is where a log goes. Below /aws/vendedlogs/ one line of the resource policy that CloudWatch Logs writes by
// itself lets all deliveries in, so there is no policy of ours here, which another environment of the account would
// undo (CloudWatch Logs User Guide, 'Logs sent to CloudWatch Logs').
func (c Config) logGroup(log string) string {
	return "/aws/vendedlogs/elasticache/" + c.CacheName + "/" + log
}

// logGroups declares the groups before the cache, which refuses to deliver to one that is not there.
func (c *cache) logGroups() []cdktf.ITerraformDependable {
	var groups []cdktf.ITerraformDependable
	for _, log := range logTypes {
		groups = append(groups, loggroup.NewCloudwatchLogGroup(c.scope, jsii.String(log), &loggroup.CloudwatchLogGroupConfig{
			Name:            jsii.String(c.logGroup(log)),
			KmsKeyId:        jsii.String(c.LogKeyARN),
			RetentionInDays: jsii.Number(c.LogDays),
		}))
	}
	return groups
}
