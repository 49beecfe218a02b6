package stacks

import (
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/account/accessanalyzer"
	"github.com/titan-platform/titan/modules/account/backupoptin"
	"github.com/titan-platform/titan/modules/account/configrecorder"
	"github.com/titan-platform/titan/modules/account/ec2defaults"
	"github.com/titan-platform/titan/modules/account/guardduty"
	"github.com/titan-platform/titan/modules/account/imagecache"
	"github.com/titan-platform/titan/modules/account/registry"
	"github.com/titan-platform/titan/modules/account/securityhub"
	"github.com/titan-platform/titan/modules/account/traces"
	"github.com/titan-platform/titan/modules/bucket"
	"github.com/titan-platform/titan/modules/encryption"
	"github.com/titan-platform/titan/modules/observability"
	"github.com/titan-platform/titan/stacks/order"
)

// findingSeverity is from which severity on a finding of GuardDuty is told: high. What is below belongs into
// a report, not a message.
const findingSeverity = 7

// account is the stack of what an account has once in a region while it is built, chapter by chapter.
type account struct {
	environments.Base
	stack cdktf.TerraformStack
	here  target.Target
}

// newAccount declares the stack of what an account has once in a region, and in its first one what it has once. What
// its organization provides is left out.
func newAccount(stack cdktf.TerraformStack, s order.Stack, environment environments.Environment) {
	base := environment.Base(s.Region)
	a := &account{Base: base, stack: stack, here: baseTarget(base)}

	var once once
	if a.First() {
		once = a.once()
	}
	a.defaults()
	a.replicate()
	key := encryption.NewAccount(a.stack, "encryption", a.here)
	a.record(key, once)
	a.watch(key, once)
}

// makes is whether a service is declared here, and not provided by the organization.
func (a *account) makes(service environments.AccountService) bool { return a.Account.Makes(service) }

// defaults declares what services do in the region where a call does not say otherwise.
func (a *account) defaults() {
	if a.makes(environments.ServiceEBSEncryption) {
		volumes := ""
		if a.Account.VolumeKey == environments.VolumeKeyAccount {
			volumes = encryption.NewVolumes(a.stack, "volume-encryption", a.here).ARN
		}
		ec2defaults.NewEncryption(a.stack, "volumes", ec2defaults.Config{VolumeKeyARN: volumes})
	}
	if a.makes(environments.ServiceEC2Defaults) {
		ec2defaults.New(a.stack, "ec2")
	}
	if a.makes(environments.ServiceBackupSettings) {
		backupoptin.New(a.stack, "backup")
	}
	traces.New(a.stack, "traces")
	if upstreams := a.Account.ImageCache.Upstreams(); len(upstreams) > 0 {
		imagecache.New(a.stack, "image-cache", upstreams)
	}
}

// replicate has the region's state, images and charts copied to where environments of the account need them. It is
// asked for when the buckets of both ends stand, and so not by either's own stack.
func (a *account) replicate() {
	var rules []registry.Rule
	for _, image := range a.Images {
		rules = append(rules, registry.Rule{Region: string(image.To), Prefixes: []string{image.Prefix}})
	}
	if len(rules) > 0 {
		registry.New(a.stack, "registry", registry.Config{Target: a.here, Rules: rules})
	}

	var replicas []bucket.Replica
	for _, region := range a.ReplicatesTo {
		there := a.Base
		there.Region = region
		replicas = append(replicas, bucket.Replica{
			Region:     string(region),
			BucketName: there.StateReplicaBucket(),
			KeyAlias:   there.StateKeyAlias(),
		})
	}
	if len(replicas) == 0 {
		return
	}
	bucket.Replicate(a.stack, "state-replication", bucket.Replication{
		Target:     a.here,
		RoleName:   a.Account.Project + "-state-replication-" + string(a.Region),
		Source:     a.StateBucket(),
		SourceName: a.StateBucket(),
		KeyAlias:   a.StateKeyAlias(),
		Replicas:   replicas,
	})
}

// record declares what keeps a history of the region's resources, and judges it.
func (a *account) record(key encryption.Key, once once) {
	var recording cdktf.ITerraformDependable
	if a.Account.Config {
		recording = configrecorder.New(a.stack, "config", configrecorder.Config{
			Target:     a.here,
			BucketName: a.ConfigBucket(),
			KeyARN:     key.ARN,
			AccessLogs: a.AccessLogBucket(),
			Days:       a.here.LogDays,
			Global:     a.First(),
			Role:       once.configRole,
		}).Recording
	}
	if a.Account.SecurityHub {
		securityhub.New(a.stack, "security-hub", securityhub.Config{
			Target: a.here, Recorder: recording, Standards: []securityhub.Standard{securityhub.FoundationalBestPractices},
		})
	}
}

// watch declares what looks for threats and for what is open to others, and the topic that tells of it.
func (a *account) watch(key encryption.Key, once once) {
	if a.makes(environments.ServiceGuardDuty) {
		guardduty.New(a.stack, "guardduty", guardduty.Config{Features: guardduty.All})
	}
	analyzes := a.makes(environments.ServiceAccessAnalyzer)
	if analyzes {
		accessanalyzer.New(a.stack, "access-analyzer", accessanalyzer.Config{Target: a.here})
	}
	buckets := []string{a.StateBucket()}
	if len(a.ReplicatesFrom) > 0 {
		buckets = append(buckets, a.StateReplicaBucket())
	}
	topic := observability.NewAccount(a.stack, "observability", observability.AccountConfig{
		Target:          a.here,
		Emails:          a.Account.Emails,
		Webhooks:        a.Account.Webhooks,
		KeyARN:          key.ARN,
		StateBuckets:    buckets,
		FindingSeverity: findingSeverity, // those of an organization's administrator come here, too
		ExternalAccess:  analyzes,
		Trail:           once.trail,
	})
	output(a.stack, "topic_arn", "tells of findings and alarms of the account in this region", topic.TopicARN)
}
