package observability

import (
	"fmt"
	"strings"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchcompositealarm"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// serviceDown declares the alarms that are worth waking somebody for: nobody is served. A composite alarm sees alarms of its own region and
// account alone, so what users of the whole service see is another one, in us-east-1.
func (o *observability) serviceDown(here, global []made) {
	o.alarms = append([]made{o.composite("service-down", "The service is down in this region", nil, o.topic, here)}, o.alarms...)
	if len(global) > 0 {
		o.globalAlarms = append([]made{o.composite("service-down-for-users", "The service is down for its users", o.GlobalProvider, o.globalTopic, global)}, o.globalAlarms...)
	}
}

func (o *observability) composite(id, says string, provider cdktf.TerraformProvider, topic string, causes []made) made {
	var rule []string
	for _, cause := range causes {
		rule = append(rule, fmt.Sprintf("ALARM(%q)", cause.name))
	}
	declared := cloudwatchcompositealarm.NewCloudwatchCompositeAlarm(o.scope, jsii.String(id), &cloudwatchcompositealarm.CloudwatchCompositeAlarmConfig{
		Provider:         provider,
		AlarmName:        jsii.String(o.Name + "-" + id),
		AlarmDescription: jsii.String(description(says, id)),
		AlarmRule:        jsii.String(strings.Join(rule, " OR ")),
		AlarmActions:     jsii.Strings(topic),
		OkActions:        jsii.Strings(topic),
	})
	return made{arn: *declared.Arn(), name: *declared.AlarmName()}
}
