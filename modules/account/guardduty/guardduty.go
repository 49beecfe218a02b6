// Package guardduty provides GuardDuty in a region of an account: the detector, and which of its protection plans
// look at what. Its findings are told by package observability.
package guardduty

import (
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	detectors "github.com/cdktf/cdktf-provider-aws-go/aws/v19/guarddutydetector"
	plans "github.com/cdktf/cdktf-provider-aws-go/aws/v19/guarddutydetectorfeature"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// Feature is a protection plan of GuardDuty, as its API names it.
type Feature string

// The protection plans. Each is billed by what it looks at (GuardDuty pricing).
const (
	S3DataEvents      Feature = "S3_DATA_EVENTS"         // reads and writes of objects
	EKSAuditLogs      Feature = "EKS_AUDIT_LOGS"         // calls to the API of Kubernetes
	MalwareProtection Feature = "EBS_MALWARE_PROTECTION" // volumes of instances that a finding is about
	RDSLogins         Feature = "RDS_LOGIN_EVENTS"       // logins to Aurora
	LambdaNetworkLogs Feature = "LAMBDA_NETWORK_LOGS"    // connections of functions
)

// features are all plans, each said explicitly: what a new detector has by default changes with the years.
// EKS_RUNTIME_MONITORING, a forerunner, is left out: AWS refuses it beside RUNTIME_MONITORING (GuardDuty API Reference,
// DetectorFeatureConfiguration).
var features = []Feature{S3DataEvents, EKSAuditLogs, MalwareProtection, RDSLogins, LambdaNetworkLogs, runtimeMonitoring}

// runtimeMonitoring is never on. It puts an endpoint and a security group into VPCs that no state knows of, and the VPC
// can't be destroyed any more (terraform-provider-aws#46747; solved in 6.x alone, #46953).
const runtimeMonitoring Feature = "RUNTIME_MONITORING"

// All are the plans that watch what the platform is made of. There are no functions.
var All = []Feature{S3DataEvents, EKSAuditLogs, MalwareProtection, RDSLogins}

// Config is what GuardDuty needs from the rest of the system.
type Config struct {
	Features []Feature // plans beside the foundation: CloudTrail's management events, flow and DNS logs
}

// Output is what other modules may use.
type Output struct{ DetectorID string }

// New declares GuardDuty in the stack's region under scope. A region has one detector: where the account has one
// already, of its own or of an organization's administrator, AWS refuses another (BadRequestException, 'a detector
// already exists').
func New(scope constructs.Construct, id string, config Config) Output {
	this := constructs.NewConstruct(scope, jsii.String(id))
	detector := detectors.NewGuarddutyDetector(this, jsii.String("detector"), &detectors.GuarddutyDetectorConfig{
		Enable: jsii.Bool(true),
		// Of what is found again; what is new comes within five minutes.
		FindingPublishingFrequency: jsii.String("FIFTEEN_MINUTES"),
	})
	var before []cdktf.ITerraformDependable
	for _, feature := range features {
		after := before
		// Each of them is an UpdateDetector of the same detector, so they come one after the other.
		declared := plans.NewGuarddutyDetectorFeature(
			this,
			jsii.String(idOf(feature)),
			&plans.GuarddutyDetectorFeatureConfig{
				DetectorId: detector.Id(),
				Name:       jsii.String(string(feature)),
				Status:     jsii.String(config.status(feature)),
				// AWS answers with how agents are managed, in an order of its own, given or not.
				Lifecycle: &cdktf.TerraformResourceLifecycle{IgnoreChanges: jsii.Strings("additional_configuration")},
				DependsOn: &after,
			},
		)
		before = []cdktf.ITerraformDependable{declared}
	}
	return Output{DetectorID: *detector.Id()}
}

// status is what GuardDuty's API calls on and off.
func (c Config) status(feature Feature) string {
	for _, wanted := range c.Features {
		if wanted == feature && feature != runtimeMonitoring {
			return "ENABLED"
		}
	}
	return "DISABLED"
}

// idOf is a feature as a construct's id: s3-data-events.
func idOf(feature Feature) string {
	return strings.ReplaceAll(strings.ToLower(string(feature)), "_", "-")
}
