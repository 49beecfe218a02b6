package limits

import (
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

func alarmTotals() []Total {
	return []Total{
		{"alarms of health checks", "Route 53 developer guide, 'Monitoring a CloudWatch alarm'", alarmsOfHealthChecks},
		{"children of composite alarms", "CloudWatch API, PutCompositeAlarm", childrenOfComposites},
	}
}

// alarmKey is where an alarm is and its name.
type alarmKey struct{ region, name string }

// alarmsOfHealthChecks finds a check on an alarm that Route 53 can't read: it looks at the metric itself, and takes
// neither an expression nor a percentile nor M out of N.
func alarmsOfHealthChecks(calls []*protocol.Call, report *Report) {
	alarms := map[alarmKey]metricAlarm{}
	for _, call := range calls {
		switch call.Name() {
		case "cloudwatch PutMetricAlarm":
			var alarm metricAlarm
			call.Into(&alarm)
			alarms[alarmKey{call.Request.Endpoint, alarm.AlarmName}] = alarm
		case "route53 CreateHealthCheck":
			checkAlarmOf(call, alarms, report.About(call))
		}
	}
}

func checkAlarmOf(call *protocol.Call, alarms map[alarmKey]metricAlarm, report *Report) {
	const at = "HealthCheckConfig.AlarmIdentifier"
	name, region := text(call.Input, at+".Name"), text(call.Input, at+".Region")
	if name == "" {
		return
	}
	alarm, found := alarms[alarmKey{region, name}]
	isMOutOfN := alarm.DatapointsToAlarm != 0 && alarm.DatapointsToAlarm != alarm.EvaluationPeriods
	switch {
	case !found:
		report.Breaks("."+at, region+" "+name, "an alarm that was made before")
	case len(alarm.Metrics) > 0 || alarm.ExtendedStatistic != "" || isMOutOfN:
		report.Breaks("."+at, name, "an alarm of one metric, a plain statistic and all periods")
	}
}

// childrenOfComposites finds a composite alarm that names an alarm which was not made in its region before.
func childrenOfComposites(calls []*protocol.Call, report *Report) {
	made := map[alarmKey]bool{}
	for _, call := range calls {
		switch call.Name() {
		case "cloudwatch PutCompositeAlarm":
			for _, found := range child.FindAllStringSubmatch(text(call.Input, "AlarmRule"), -1) {
				name := found[1][strings.LastIndexByte(found[1], ':')+1:] // it may be an ARN
				if !made[alarmKey{call.Request.Endpoint, name}] {
					report.About(call).Breaks(".AlarmRule", name, "an alarm of "+call.Request.Endpoint+" that was made before")
				}
			}
			made[alarmKey{call.Request.Endpoint, text(call.Input, "AlarmName")}] = true
		case "cloudwatch PutMetricAlarm":
			made[alarmKey{call.Request.Endpoint, text(call.Input, "AlarmName")}] = true
		}
	}
}
