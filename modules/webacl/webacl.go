// Package webacl provides a web ACL of AWS WAF, with the IP sets that its rules refer to, its log and saved queries of
// whom it refused: in front of a distribution, or in front of a load balancer.
package webacl

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/wafv2webacl"
	aclassociation "github.com/cdktf/cdktf-provider-aws-go/aws/v19/wafv2webaclassociation"

	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/internal/wafrules"
)

// Config is what a web ACL needs from the rest of the system.
type Config struct {
	target.Target

	Scope       Scope
	Description string // of letters, digits, spaces and +=:#@/-,. alone
	Rules       wafrules.Settings
	// InspectedKiB is how much of a body is seen in front of a distribution: 16, 32, 48 or 64. A load balancer shows 8.
	InspectedKiB int
	LogKeyARN    string // encrypts the log group

	// LoadBalancerARN is what it stands in front of. Empty in front of a distribution, which names its web ACL itself.
	LoadBalancerARN string
}

// Scope is what kind of thing a web ACL may stand in front of, in the words of the API.
type Scope string

// The scopes.
const (
	CloudFront Scope = "CLOUDFRONT" // a distribution; the web ACL's stack is in us-east-1
	Regional   Scope = "REGIONAL"   // a load balancer of the stack's region
)

// Output is what other modules may use.
type Output struct {
	ARN  string
	Name string // as CloudWatch has it

	LogGroupName string
	// RefusedByRule is the query of its log that says how often each rule refused somebody, or would have.
	RefusedByRule string
}

// webACL is a web ACL while it is built.
type webACL struct {
	Config
	scope constructs.Construct
	id    string
}

// New declares the web ACL in scope. What belongs to it stands beside it, and begins with its id.
func New(scope constructs.Construct, id string, config Config) Output {
	w := &webACL{Config: config, scope: scope, id: id}

	sets, rules := wafrules.Build(config.Rules)
	acl := wafv2webacl.NewWafv2WebAcl(scope, jsii.String(id), &wafv2webacl.Wafv2WebAclConfig{
		Name:          jsii.String(config.Name),
		Description:   jsii.String(config.Description),
		Scope:         jsii.String(string(config.Scope)),
		DefaultAction: &wafv2webacl.Wafv2WebAclDefaultAction{Allow: &wafv2webacl.Wafv2WebAclDefaultActionAllow{}},
		VisibilityConfig: &wafv2webacl.Wafv2WebAclVisibilityConfig{
			MetricName:               jsii.String(config.Name),
			CloudwatchMetricsEnabled: jsii.Bool(true),
			SampledRequestsEnabled:   jsii.Bool(true),
		},
		AssociationConfig: w.inspection(),
	})
	// The bindings leave statements to their user, and drop blocks that are empty, such as block {}: AWS refuses a rule
	// without one (terraform-cdk#3427).
	acl.AddOverride(jsii.String("rule"), w.rules(rules, w.ipSets(sets)))
	group := w.log(acl)
	w.saveQueries(group)
	if config.LoadBalancerARN != "" {
		w.protect(acl)
	}
	return Output{ARN: *acl.Arn(), Name: *acl.Name(), LogGroupName: group, RefusedByRule: refusedByRule}
}

// defaultInspectedKiB is what AWS WAF sees of a body at CloudFront where nothing is said.
const defaultInspectedKiB = 16

// inspection is how much of a body WAF sees, where that is not its default: more costs more.
func (w *webACL) inspection() *wafv2webacl.Wafv2WebAclAssociationConfig {
	if w.Scope != CloudFront || w.InspectedKiB <= defaultInspectedKiB {
		return nil
	}
	return &wafv2webacl.Wafv2WebAclAssociationConfig{RequestBody: []wafv2webacl.Wafv2WebAclAssociationConfigRequestBody{{
		Cloudfront: &wafv2webacl.Wafv2WebAclAssociationConfigRequestBodyCloudfront{
			DefaultSizeInspectionLimit: jsii.String(fmt.Sprintf("KB_%d", w.InspectedKiB)),
		},
	}}}
}

// protect puts the web ACL in front of a load balancer. AWS takes minutes until it knows a new one everywhere, longer
// at times than the provider waits (terraform-provider-aws#17527, #29080).
func (w *webACL) protect(acl wafv2webacl.Wafv2WebAcl) {
	aclassociation.NewWafv2WebAclAssociation(w.scope, jsii.String(w.id+"-association"),
		&aclassociation.Wafv2WebAclAssociationConfigA{
			ResourceArn: jsii.String(w.LoadBalancerARN),
			WebAclArn:   acl.Arn(),
			Timeouts:    &aclassociation.Wafv2WebAclAssociationTimeouts{Create: jsii.String("20m")},
		})
}
