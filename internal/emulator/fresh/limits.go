package fresh

import (
	"net/http"
	"time"

	"github.com/titan-platform/titan/internal/emulator"
)

// changeTime is how long a change of a zone's records keeps the next one waiting.
const changeTime = time.Second

// limit is what a region takes of each action in a burst, and how many more a second; the next call is throttled.
type limit struct {
	service   string
	actions   []string
	burst     float64
	perSecond float64

	status                int // default 400
	code, message, source string

	buckets map[string]*tokens // by region and action
}

// tokens are what is left of a limit.
type tokens struct {
	left float64
	at   time.Time
}

func (l limit) count() Count {
	return Count{Kind: Throttled, Name: l.service + " " + l.actions[0] + " " + l.code, Source: l.source}
}

// takes is whether a call is within the limit.
func (l *limit) takes(r *emulator.Request, now time.Time) bool {
	bucket := r.Region + " " + r.Action
	t := l.buckets[bucket]
	if t == nil {
		t = &tokens{l.burst, now}
		l.buckets[bucket] = t
	}
	t.left = min(l.burst, t.left+now.Sub(t.at).Seconds()*l.perSecond)
	t.at = now
	if t.left < 1 {
		return false
	}
	t.left--
	return true
}

// limits is the table of those that one apply reaches. A quota a second is taken for its own burst.
func limits() []limit {
	const rateExceeded = "Rate exceeded"
	all := []limit{
		{
			service: "ec2", actions: []string{
				"Create*", "Modify*", "Associate*", "Attach*", "Authorize*", "Allocate*", "Replace*", "Revoke*", "Delete*",
			},
			burst: 50, perSecond: 5,
			status: http.StatusServiceUnavailable, code: "RequestLimitExceeded", message: "Request limit exceeded.",
			source: "EC2 Developer Guide, 'Request throttling for the Amazon EC2 API', mutating actions",
		},
		{
			service: "monitoring", actions: []string{"PutMetricAlarm"}, burst: 3, perSecond: 3,
			code: "Throttling", message: rateExceeded, source: "CloudWatch User Guide, 'CloudWatch service quotas'",
		},
		{
			service: "logs", actions: []string{"CreateLogGroup"}, burst: 10, perSecond: 10,
			code: "ThrottlingException", message: rateExceeded,
			source: "CloudWatch Logs User Guide, 'CloudWatch Logs quotas'",
		},
		{
			service: "kms", actions: []string{"CreateKey"}, burst: 5, perSecond: 5,
			code: "ThrottlingException", message: rateExceeded, source: "KMS Developer Guide, 'Request quotas'",
		},
	}
	for i := range all {
		all[i].buckets = map[string]*tokens{}
	}
	return all
}
