// Package securityhub provides Security Hub in a region of an account: it judges what AWS Config records by chosen
// standards.
package securityhub

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	account "github.com/cdktf/cdktf-provider-aws-go/aws/v19/securityhubaccount"
	standards "github.com/cdktf/cdktf-provider-aws-go/aws/v19/securityhubstandardssubscription"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/target"
)

// Standard is a list of controls, as its ARN names it.
type Standard string

// The standards (Security Hub User Guide, 'Standards reference').
const (
	FoundationalBestPractices Standard = "aws-foundational-security-best-practices/v/1.0.0"
	CISBenchmark              Standard = "cis-aws-foundations-benchmark/v/3.0.0"
)

// Config is what Security Hub needs from the rest of the system.
type Config struct {
	target.Target
	Standards []Standard
	Recorder  cdktf.ITerraformDependable // AWS Config's, which most controls need; nil is an organization's
}

// New declares Security Hub in the stack's region under scope. An account that is subscribed already is refused
// (ResourceConflictException, terraform-provider-aws#31875): leave it out here, or import it.
func New(scope constructs.Construct, id string, config Config) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	var after []cdktf.ITerraformDependable
	if config.Recorder != nil {
		after = append(after, config.Recorder)
	}
	hub := account.NewSecurityhubAccount(this, jsii.String("hub"), &account.SecurityhubAccountConfig{
		// AWS's choice of standards would be subscribed beside ours, and unknown to the state. AWS never tells what
		// was chosen, so that a change of it replaces the hub, with all its findings (terraform-provider-aws#13100).
		EnableDefaultStandards: jsii.Bool(false),
		ControlFindingGenerator: jsii.String(
			"SECURITY_CONTROL",
		), // one finding a control, however many standards have it
		AutoEnableControls: jsii.Bool(true),
		DependsOn:          &after,
	})
	for _, standard := range slices.Sorted(slices.Values(config.Standards)) {
		name, _, _ := strings.Cut(string(standard), "/")
		standards.NewSecurityhubStandardsSubscription(
			this,
			jsii.String(name),
			&standards.SecurityhubStandardsSubscriptionConfig{
				StandardsArn: jsii.String(
					fmt.Sprintf("arn:%s:securityhub:%s::standards/%s", config.Partition, config.Region, standard),
				),
				DependsOn: &[]cdktf.ITerraformDependable{hub},
			},
		)
	}
}
