package fresh

import (
	"net/http"
	"strings"

	"github.com/titan-platform/titan/internal/emulator"
)

func newBucket(bucket string) string    { return key("bucket", bucket) }
func versioning(bucket string) string   { return key("versioning", bucket) }
func bucketPolicy(bucket string) string { return key("policy", bucket) }

var settingNotes = []note{
	{service: "s3", actions: []string{"PUT /*"}, made: madeBucket},
	{service: "s3", actions: []string{`PUT /*\?versioning`}, made: ofBucket(versioning)},
	{service: "s3", actions: []string{`PUT /*\?policy`}, made: ofBucket(bucketPolicy)},
	{
		service: "route53", actions: recordChanges,
		made: func(r *emulator.Request, _ *emulator.Reply, _ *memory) []string { return []string{change(r)} },
	},
}

func ofBucket(key func(string) string) func(*emulator.Request, *emulator.Reply, *memory) []string {
	return func(r *emulator.Request, _ *emulator.Reply, _ *memory) []string { return []string{key(bucket(r))} }
}

func madeBucket(r *emulator.Request, _ *emulator.Reply, _ *memory) []string {
	if strings.Contains(r.Path, "?") { // a change of one
		return nil
	}
	return []string{newBucket(bucket(r))}
}

// recordChanges are ChangeResourceRecordSets; clients differ in the last slash.
var recordChanges = []string{"POST /2013-04-01/hostedzone/*/rrset", "POST /2013-04-01/hostedzone/*/rrset/"}

// change is the key of the last change of a zone's records.
func change(r *emulator.Request) string { return key("change-of", r.Path) }

// settingRefusals are of calls whose service does not see yet what another call set.
var settingRefusals = []refusal{
	{
		kind: NotFoundYet, service: "s3", late: settingDelay,
		actions: []string{
			`PUT /*\?versioning`, `PUT /*\?policy`, `PUT /*\?publicAccessBlock`, `PUT /*\?ownershipControls`,
			`PUT /*\?lifecycle`, `PUT /*\?encryption`, `PUT /*\?logging`, `PUT /*\?notification`,
		},
		needs:  func(r *emulator.Request, _ *memory) []string { return []string{newBucket(bucket(r))} },
		status: http.StatusNotFound, code: "NoSuchBucket", message: "The specified bucket does not exist",
		source: "terraform-provider-aws, internal/service/s3; 5.100.0 repeats all but ownershipControls",
	},
	{
		kind: SettingUnseen, service: "s3", actions: []string{`PUT /*\?replication`}, required: true,
		late:    settingDelay,
		needs:   func(r *emulator.Request, _ *memory) []string { return []string{versioning(bucket(r))} },
		code:    "InvalidRequest",
		message: "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
		source:  "terraform-provider-aws, internal/service/s3/bucket_replication_configuration.go",
	},
	{
		kind: SettingUnseen, service: "cloudtrail", actions: []string{"CreateTrail"}, required: true,
		late:    settingDelay,
		needs:   policyOf("S3BucketName"),
		code:    "InsufficientS3BucketPolicyException",
		message: "Incorrect S3 bucket policy is detected for bucket: %s",
		source:  "terraform#6388",
	},
	{
		kind: SettingUnseen, service: "config", actions: []string{"PutDeliveryChannel"},
		required: true, late: settingDelay,
		needs: policyOf("DeliveryChannel", "s3BucketName"), code: "InsufficientDeliveryPolicyException",
		message: "Insufficient delivery policy to s3 bucket: %s, unable to write to bucket",
		source:  "terraform-provider-aws, internal/service/configservice/delivery_channel.go",
	},
	{
		kind: Throttled, service: "route53", actions: recordChanges, late: changeTime,
		needs:   func(r *emulator.Request, _ *memory) []string { return []string{change(r)} },
		code:    "PriorRequestNotComplete",
		message: "The request was rejected because Route 53 was still processing a prior request.",
		source:  "Route 53 API Reference, ChangeResourceRecordSets",
	},
}

func policyOf(path ...string) func(*emulator.Request, *memory) []string {
	return func(r *emulator.Request, _ *memory) []string { return []string{bucketPolicy(text(r.Body, path...))} }
}
