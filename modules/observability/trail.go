package observability

import "fmt"

// Patterns of the trail's events, as the CIS AWS Foundations Benchmark has them (3.0, 4.1, 4.3, 4.5, 4.7), which Security Hub's controls
// CloudWatch.1 and .5 to .7 compare word for word (AWS Security Hub User Guide, 'CloudWatch controls').
const (
	rootCalls    = `{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}`
	trailChanges = `{($.eventName=CreateTrail) || ($.eventName=UpdateTrail) || ($.eventName=DeleteTrail) || ($.eventName=StartLogging) || ($.eventName=StopLogging)}`
	keyDeletions = `{($.eventSource=kms.amazonaws.com) && (($.eventName=DisableKey) || ($.eventName=ScheduleKeyDeletion))}`
	denials      = `{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}`
)

// silenceHours are how long a trail says nothing before that is told: no account is that quiet, as AWS's own services call each other in it.
const silenceHours = 6

// trailAlarms declares what tells of events in the trail, which has those of every region.
func (r *region) trailAlarms(trail Trail) {
	counted := func(id, name, pattern string) metric { return r.count(id, name, trail.LogGroup, pattern) }
	r.logAlarm("root-used", "The account's root user was used: more than %d calls", 0, counted("root-used", "RootCalls", rootCalls))
	r.logAlarm("trail-changed", "The trail was changed or stopped: more than %d calls", 0, counted("trail-changed", "TrailChanges", trailChanges))
	r.logAlarm("key-disabled", "A KMS key was disabled or is to be deleted: more than %d calls", 0, counted("key-disabled", "KeyDeletions", keyDeletions))
	r.logAlarm("calls-denied", "AWS denied more than %d calls in five minutes", trail.DeniedCalls, counted("calls-denied", "DeniedCalls", denials))
	r.alarm(alarm{
		id: "trail-silent", description: fmt.Sprintf("Nothing has come from the trail for %d hours", silenceHours),
		metric:     metric{namespace: "AWS/Logs", name: "IncomingLogEvents", statistic: "Sum", dimensions: map[string]string{"LogGroupName": trail.LogGroup}},
		comparison: below, threshold: 1, period: silenceHours * 60 * 60, points: 1, missing: breaching,
	})
}
