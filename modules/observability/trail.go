package observability

import "fmt"

// Patterns of the trail's events, as the CIS AWS Foundations Benchmark has them (3.0, 4.1, 4.3, 4.5, 4.7), which
// Security Hub's controls CloudWatch.1 and .5 to .7 compare word for word (AWS Security Hub User Guide, 'CloudWatch
// controls').
const (
	rootCalls = `{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && ` +
		`$.eventType !="AwsServiceEvent"}`
	trailChanges = `{($.eventName=CreateTrail) || ($.eventName=UpdateTrail) || ($.eventName=DeleteTrail) || ` +
		`($.eventName=StartLogging) || ($.eventName=StopLogging)}`
	keyDeletions = `{($.eventSource=kms.amazonaws.com) && ` +
		`(($.eventName=DisableKey) || ($.eventName=ScheduleKeyDeletion))}`
	denials = `{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}`
)

// Ids of alarms; each is its section in the runbook.
const (
	rootUsed     = "root-used"
	trailChanged = "trail-changed"
	keyDisabled  = "key-disabled"
	callsDenied  = "calls-denied"
	trailSilent  = "trail-silent"
)

// silenceHours are how long a trail says nothing before that is told: no account is that quiet, as AWS's own services
// call each other in it.
const silenceHours = 6

// trailAlarms declares what tells of events in the trail, which has those of every region.
func (r *region) trailAlarms(trail Trail) {
	for _, one := range []struct {
		id, metric, pattern string
		description         string // with the threshold
		threshold           int
	}{
		{rootUsed, "RootCalls", rootCalls, "The account's root user was used: more than %d calls", 0},
		{trailChanged, "TrailChanges", trailChanges, "The trail was changed or stopped: more than %d calls", 0},
		{keyDisabled, "KeysDisabled", keyDeletions, "A KMS key was disabled or will be deleted: more than %d calls", 0},
		{callsDenied, "DeniedCalls", denials, "AWS denied more than %d calls in five minutes", trail.DeniedCalls},
	} {
		r.logAlarm(one.id, one.description, one.threshold, r.count(one.id, one.metric, trail.LogGroup, one.pattern))
	}
	r.alarm(alarm{
		id:          trailSilent,
		description: fmt.Sprintf("Nothing has come from the trail for %d hours", silenceHours),
		metric: metric{
			namespace:  "AWS/Logs",
			name:       "IncomingLogEvents",
			statistic:  "Sum",
			dimensions: map[string]string{"LogGroupName": trail.LogGroup},
		},
		comparison: below,
		threshold:  1,
		period:     silenceHours * 60 * 60,
		points:     1,
		missing:    breaching,
	})
}
