package tracing

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	eventrule "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatcheventrule"
	eventtarget "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatcheventtarget"

	"github.com/titan-platform/titan/internal/target"
)

// tellOfInsights sends the anomalies that X-Ray finds in the environment's group to the topic. X-Ray publishes them to
// EventBridge alone; the group's field is in the event's schema (EventBridge schema registry,
// aws.xray@AWSXRayInsightUpdate), not in X-Ray's guide.
func tellOfInsights(scope constructs.Construct, config Config) {
	const id = "tracing-insight"
	rule := eventrule.NewCloudwatchEventRule(scope, jsii.String("insights"), &eventrule.CloudwatchEventRuleConfig{
		Name:        jsii.String(config.Name + "-" + id),
		Description: jsii.String("X-Ray sees an anomaly. Runbook: docs/runbooks/alarms.md#" + id),
		EventPattern: jsii.String(target.JSON(map[string]any{
			"source":      []string{"aws.xray"},
			"detail-type": []string{"AWS X-Ray Insight Update"},
			"detail":      map[string]any{"GroupName": []string{config.GroupName}},
		})),
	})
	eventtarget.NewCloudwatchEventTarget(scope, jsii.String("insights-target"), &eventtarget.CloudwatchEventTargetConfig{
		Rule: rule.Name(),
		Arn:  jsii.String(config.TopicARN),
		InputTransformer: &eventtarget.CloudwatchEventTargetInputTransformer{
			InputPaths: &map[string]*string{
				"what":    jsii.String("$.detail.Summary"),
				"state":   jsii.String("$.detail.State"),
				"insight": jsii.String("$.detail.InsightId"),
			},
			InputTemplate: jsii.String(fmt.Sprintf(
				`"%s: X-Ray insight <insight> is <state>: <what> Runbook: docs/runbooks/alarms.md#%s"`, config.Name, id)),
		},
	})
}
