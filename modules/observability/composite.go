package observability

import (
	"fmt"
	"strings"

	"github.com/aws/jsii-runtime-go"
	compositealarm "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchcompositealarm"
)

// composite declares an alarm worth waking somebody for, that rings while one of its causes does, and puts it before
// the others. It sees alarms of its own region and account alone (CloudWatch User Guide, 'Create a composite alarm').
func (r *region) composite(id, description string, causes []declared) {
	if len(causes) == 0 {
		return
	}
	var rule []string
	for _, cause := range causes {
		rule = append(rule, fmt.Sprintf("ALARM(%q)", cause.name))
	}
	alarm := compositealarm.NewCloudwatchCompositeAlarm(r.scope, jsii.String(id),
		&compositealarm.CloudwatchCompositeAlarmConfig{
			AlarmName:        jsii.String(r.here.Name + "-" + id),
			AlarmDescription: jsii.String(describe(description, id)),
			AlarmRule:        jsii.String(strings.Join(rule, " OR ")),
			AlarmActions:     jsii.Strings(r.topicARN),
			OkActions:        jsii.Strings(r.topicARN),
		})
	r.alarms = append([]declared{{arn: *alarm.Arn(), name: *alarm.AlarmName()}}, r.alarms...)
}
