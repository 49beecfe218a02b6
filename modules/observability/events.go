package observability

import (
	"fmt"

	"github.com/aws/jsii-runtime-go"
	eventrule "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatcheventrule"
	eventtarget "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatcheventtarget"

	"github.com/titan-platform/titan/internal/target"
)

// event is something that EventBridge hears of once, and that no metric says as well.
type event struct {
	id, description string            // id is also its section in the runbook
	pattern         object            // which events
	paths           map[string]string // what of an event the message names
	message         string            // with <name> for each
}

// deletions tells when somebody deletes a version of an object for good in a bucket that is kept: state, logs,
// backups. Nothing of ours ever does; what ends by its age says so as the reason (Amazon S3 User Guide, 'EventBridge
// event message structure').
func (r *region) deletions(what string, buckets []string) {
	r.tell(event{
		id: deletedForGood, description: "Somebody deleted " + what + " for good",
		pattern: object{
			"source":      []string{"aws.s3"},
			"detail-type": []string{"Object Deleted"},
			"detail": object{
				"bucket":        object{"name": buckets},
				"deletion-type": []string{"Permanently Deleted"},
				"reason":        []string{"DeleteObject"},
			},
		},
		paths: map[string]string{
			"bucket": "$.detail.bucket.name",
			"key":    "$.detail.object.key",
			"who":    "$.detail.requester",
			"from":   "$.detail.source-ip-address",
		},
		message: "a version of <key> in <bucket> was deleted for good by <who> from <from>.",
	})
}

// tell sends a message for each event to the region's topic. Without a role: with one, EventBridge fails to publish to
// a topic that is encrypted.
func (r *region) tell(e event) {
	rule := eventrule.NewCloudwatchEventRule(r.scope, jsii.String(e.id), &eventrule.CloudwatchEventRuleConfig{
		Name:         jsii.String(r.here.Name + "-" + e.id),
		Description:  jsii.String(describe(e.description, e.id)),
		EventPattern: jsii.String(target.JSON(e.pattern)),
	})
	eventtarget.NewCloudwatchEventTarget(r.scope, jsii.String(e.id+"-target"), &eventtarget.CloudwatchEventTargetConfig{
		Rule: rule.Name(),
		Arn:  jsii.String(r.topicARN),
		InputTransformer: &eventtarget.CloudwatchEventTargetInputTransformer{
			InputPaths:    target.Tags(e.paths),
			InputTemplate: jsii.String(fmt.Sprintf(`"%s: %s Runbook: %s#%s"`, r.here.Name, e.message, runbook, e.id)),
		},
	})
}
