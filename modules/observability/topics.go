package observability

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/snstopic"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/snstopicpolicy"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/snstopicsubscription"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
)

// newTopic declares a topic with its subscriptions and returns its ARN. Two regions may have one each, of the same name.
func (o *observability) newTopic(id string, provider cdktf.TerraformProvider, region, keyARN string, publishers []iampolicy.Statement) string {
	name := o.topicName()
	topic := snstopic.NewSnsTopic(o.scope, jsii.String(id), &snstopic.SnsTopicConfig{
		Provider:         provider,
		Name:             jsii.String(name),
		DisplayName:      jsii.String(name),
		KmsMasterKeyId:   jsii.String(keyARN),
		SignatureVersion: jsii.Number(2), // SHA-256; webhooks check it
	})
	snstopicpolicy.NewSnsTopicPolicy(o.scope, jsii.String(id+"-policy"), &snstopicpolicy.SnsTopicPolicyConfig{
		Provider: provider,
		Arn:      topic.Arn(),
		Policy:   jsii.String(topicPolicy(o.arn("sns", region, name), publishers)),
	})
	subscribe := func(protocol string, endpoints []string) {
		for _, endpoint := range endpoints {
			snstopicsubscription.NewSnsTopicSubscription(o.scope, jsii.String(id+"-"+protocol+"-"+idOf(endpoint)), &snstopicsubscription.SnsTopicSubscriptionConfig{
				Provider: provider,
				TopicArn: topic.Arn(),
				Protocol: jsii.String(protocol),
				Endpoint: jsii.String(endpoint),
			})
		}
	}
	subscribe("email", o.Settings.Emails)
	subscribe("https", o.Settings.Webhooks)
	return *topic.Arn()
}

func (c Config) topicName() string { return c.Name + "-operations" }

var notInIDs = regexp.MustCompile(`[^a-z0-9]+`)

// idOf makes a construct id of an address, so that another in the list leaves its neighbours alone.
func idOf(endpoint string) string {
	return strings.Trim(notInIDs.ReplaceAllString(strings.ToLower(strings.TrimPrefix(endpoint, "https://")), "-"), "-")
}

// topicPolicy lets services publish to a topic, and nobody without TLS (SNS Developer Guide, 'Enforce encryption of data in transit'). Who
// else may do what with it is said by IAM, in this account alone.
func topicPolicy(topicARN string, publishers []iampolicy.Statement) string {
	for i := range publishers {
		publishers[i].Action, publishers[i].Resource = []string{"sns:Publish"}, []string{topicARN}
	}
	return iampolicy.Document(append(publishers, iampolicy.Statement{
		Sid: "DenyWithoutTLS", Effect: iampolicy.Deny, Principal: iampolicy.Everyone(),
		Action: []string{"sns:Publish"}, Resource: []string{topicARN},
		Condition: iampolicy.Conditions{"Bool": {"aws:SecureTransport": {"false"}}},
	})...)
}

// publishers are who may publish to the region's topic: those that the topic's key lets encrypt (modules/encryption, publishers).
func (c Config) publishers() []iampolicy.Statement {
	return []iampolicy.Statement{
		c.alarmPublisher(c.Region),
		c.publisher("Budgets", "budgets.amazonaws.com", fmt.Sprintf("arn:%s:budgets::%s:*", c.Partition, c.AccountID)), // Cost Management User Guide, 'Creating an Amazon SNS topic for budget notifications'
		// None of these says for what it acts when it publishes to an encrypted topic (EventBridge User Guide, 'Amazon SNS permissions'; AWS
		// Backup Developer Guide, 'Using Amazon SNS to track AWS Backup events'; Developer Tools console User Guide, 'Configure Amazon SNS
		// topics for notifications'), so their statements have no condition: with one, nothing would arrive.
		c.publisher("Events", "events.amazonaws.com", ""),
		c.publisher("BackupVaults", "backup.amazonaws.com", ""),
		c.publisher("PipelineNotifications", "codestar-notifications.amazonaws.com", ""),
	}
}

// globalPublishers are who may publish to the topic in us-east-1.
func (c Config) globalPublishers() []iampolicy.Statement {
	return []iampolicy.Statement{c.alarmPublisher(globalRegion)}
}

// alarmPublisher is CloudWatch for the environment's own alarms, not all of the account's.
func (c Config) alarmPublisher(region string) iampolicy.Statement {
	return c.publisher("Alarms", "cloudwatch.amazonaws.com", c.arn("cloudwatch", region, "alarm:"+c.Name+"-*"))
}

// publisher is a service, where it says for what it acts for nothing but that.
func (c Config) publisher(sid, service, source string) iampolicy.Statement {
	statement := iampolicy.Statement{Sid: sid, Effect: iampolicy.Allow, Principal: iampolicy.Service(service)}
	if source != "" {
		statement.Condition = iampolicy.Conditions{
			"StringEquals": {"aws:SourceAccount": {c.AccountID}},
			"ArnLike":      {"aws:SourceArn": {source}},
		}
	}
	return statement
}
