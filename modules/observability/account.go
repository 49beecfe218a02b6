package observability

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

// AccountConfig is what observability of what an account has once in a region needs from the rest of the system. What
// is empty is not told of.
type AccountConfig struct {
	target.Target
	Emails, Webhooks []string // each is asked to confirm
	KeyARN           string   // encrypts the topic: encryption.NewAccount

	// StateBuckets are the names of the region's buckets of Terraform's state. They send their events to EventBridge
	// already (modules/bucket): S3 has one notification configuration a bucket, which belongs to the stack that makes
	// it.
	StateBuckets []string

	// FindingSeverity is the least severity of GuardDuty's findings that is told: 1 is low, 4 medium, 7 high, 9
	// critical. 0 tells of none. They come in the account's own region also where an organization's administrator
	// looks after GuardDuty.
	FindingSeverity int
	// ExternalAccess is whether IAM Access Analyzer's findings are told.
	ExternalAccess bool

	Trail *Trail // nil in regions other than the account's first, and where an organization has the trail
}

// Trail is the account's trail, and what of its events is counted.
type Trail struct {
	LogGroup    string // its name
	DeniedCalls int    // how many denied calls within five minutes are told
}

// Ids of events; each is its section in the runbook.
const (
	deletedForGood = "deleted-for-good"
	threatFound    = "threat-found"
	externalAccess = "external-access"
)

// AccountOutput is what other modules may use.
type AccountOutput struct{ TopicARN string }

// NewAccount declares, under scope, the topic of what an account has once in a region, and what tells it of trouble.
func NewAccount(scope constructs.Construct, id string, config AccountConfig) AccountOutput {
	r := &region{here: config.Target, scope: constructs.NewConstruct(scope, jsii.String(id))}
	r.newTopic(config.KeyARN, config.Emails, config.Webhooks, []iampolicy.Statement{
		r.alarmPublisher(),
		publisher(r.here, "Events", "events.amazonaws.com", ""), // see publishers
	})
	if len(config.StateBuckets) > 0 {
		r.deletions("a version of state", config.StateBuckets)
	}
	if config.FindingSeverity > 0 {
		r.findings(config.FindingSeverity)
	}
	if config.ExternalAccess {
		r.outsiders()
	}
	if config.Trail != nil {
		r.trailAlarms(*config.Trail)
	}
	return AccountOutput{TopicARN: r.topicARN}
}

// AccountARNs are the ARNs, in every region, of what NewAccount declares, and of a trail's log group that it counts
// events of; empty is none. They are for the permissions boundary, which keeps roles of the account from silencing
// them.
func AccountARNs(t target.Target, trailLogGroup string) []string {
	everywhere := t.In("*")
	arns := []string{everywhere.ARN("sns", topicName(t))}
	for _, id := range []string{deletedForGood, threatFound, externalAccess} {
		arns = append(arns, everywhere.ARN("events", "rule/"+t.Name+"-"+id))
	}
	if trailLogGroup == "" {
		return arns
	}
	for _, id := range []string{rootUsed, trailChanged, keyDisabled, callsDenied, trailSilent} {
		arns = append(arns, everywhere.ARN("cloudwatch", "alarm:"+t.Name+"-"+id))
	}
	return append(arns, everywhere.ARN("logs", "log-group:"+trailLogGroup+":*"))
}

// findings tells of what GuardDuty finds, from a severity on (GuardDuty User Guide, 'Processing GuardDuty findings
// with Amazon EventBridge').
func (r *region) findings(severity int) {
	r.tell(event{
		id:          threatFound,
		description: "GuardDuty found a threat",
		pattern: object{
			"source":      []string{"aws.guardduty"},
			"detail-type": []string{"GuardDuty Finding"},
			"detail":      object{"severity": []object{{"numeric": []any{">=", severity}}}},
		},
		paths: map[string]string{
			"type":     "$.detail.type",
			"title":    "$.detail.title",
			"severity": "$.detail.severity",
			"finding":  "$.detail.id",
			"region":   "$.region",
		},
		message: "GuardDuty found <type>, severity <severity>, in <region>: <title>. Finding <finding>.",
	})
}

// outsiders tells of what IAM Access Analyzer finds that somebody outside the account may use, while nobody has
// archived or resolved it (IAM User Guide, 'Monitoring IAM Access Analyzer with Amazon EventBridge').
func (r *region) outsiders() {
	r.tell(event{
		id:          externalAccess,
		description: "Somebody outside the account may use a resource of it",
		pattern: object{
			"source":      []string{"aws.access-analyzer"},
			"detail-type": []string{"Access Analyzer Finding"},
			"detail":      object{"status": []string{"ACTIVE"}, "isDeleted": []bool{false}},
		},
		paths: map[string]string{
			"resource": "$.detail.resource",
			"type":     "$.detail.resourceType",
			"finding":  "$.detail.id",
		},
		message: "somebody outside the account may use <resource>, <type>. Finding <finding>.",
	})
}
