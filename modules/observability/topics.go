package observability

import (
	"regexp"
	"strings"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/snstopic"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/snstopicpolicy"
	topicsubscription "github.com/cdktf/cdktf-provider-aws-go/aws/v19/snstopicsubscription"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

// newTopic declares the region's topic with its subscriptions.
func (r *region) newTopic(keyARN string, emails, webhooks []string, publishers []iampolicy.Statement) {
	const id = "operations"
	name := topicName(r.here)
	topic := snstopic.NewSnsTopic(r.scope, jsii.String(id), &snstopic.SnsTopicConfig{
		Name:             jsii.String(name),
		DisplayName:      jsii.String(name),
		KmsMasterKeyId:   jsii.String(keyARN),
		SignatureVersion: jsii.Number(2), // SHA-256; webhooks check it
	})
	snstopicpolicy.NewSnsTopicPolicy(r.scope, jsii.String(id+"-policy"), &snstopicpolicy.SnsTopicPolicyConfig{
		Arn:    topic.Arn(),
		Policy: jsii.String(topicPolicy(r.here.ARN("sns", name), publishers)),
	})
	subscribe := func(protocol string, endpoints []string) {
		for _, endpoint := range endpoints {
			topicsubscription.NewSnsTopicSubscription(r.scope, jsii.String(id+"-"+protocol+"-"+idOf(endpoint)),
				&topicsubscription.SnsTopicSubscriptionConfig{
					TopicArn: topic.Arn(),
					Protocol: jsii.String(protocol),
					Endpoint: jsii.String(endpoint),
				})
		}
	}
	subscribe("email", emails)
	subscribe("https", webhooks)
	r.topicARN = *topic.Arn()
}

func topicName(t target.Target) string { return t.Name + "-operations" }

var notInIDs = regexp.MustCompile(`[^a-z0-9]+`)

// idOf makes a construct id of an address, so that another in the list leaves its neighbours alone.
func idOf(endpoint string) string {
	return strings.Trim(notInIDs.ReplaceAllString(strings.ToLower(strings.TrimPrefix(endpoint, "https://")), "-"), "-")
}

// topicPolicy lets services publish to a topic, and nobody without TLS (SNS Developer Guide, 'Enforce encryption of
// data in transit'). Who else may do what with it is said by IAM, in this account alone.
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

// publishers are who may publish to the region's topic: those that the topic's key lets encrypt
// (modules/encryption, publishers).
func (r *region) publishers() []iampolicy.Statement {
	return []iampolicy.Statement{
		r.alarmPublisher(),
		// Cost Management User Guide, 'Creating an Amazon SNS topic for budget notifications'.
		publisher(r.here, "Budgets", "budgets.amazonaws.com", r.here.GlobalARN("budgets", "*")),
		// Neither of these says for what it acts when it publishes to an encrypted topic (EventBridge User Guide, 'Amazon SNS
		// permissions'; AWS Backup Developer Guide, 'Using Amazon SNS to track AWS Backup events'), so their statements have
		// no condition: with one, nothing would arrive.
		publisher(r.here, "Events", "events.amazonaws.com", ""),
		publisher(r.here, "BackupVaults", "backup.amazonaws.com", ""),
	}
}

// alarmPublisher is CloudWatch for the environment's own alarms, not all of the account's.
func (r *region) alarmPublisher() iampolicy.Statement {
	return publisher(r.here, "Alarms", "cloudwatch.amazonaws.com", r.here.ARN("cloudwatch", "alarm:"+r.here.Name+"-*"))
}

// publisher is a service, where it says for what it acts for nothing but that.
func publisher(t target.Target, sid, service, source string) iampolicy.Statement {
	statement := iampolicy.Statement{Sid: sid, Effect: iampolicy.Allow, Principal: iampolicy.Service(service)}
	if source != "" {
		statement.Condition = iampolicy.Conditions{
			"StringEquals": {"aws:SourceAccount": {t.AccountID}},
			"ArnLike":      {"aws:SourceArn": {source}},
		}
	}
	return statement
}
