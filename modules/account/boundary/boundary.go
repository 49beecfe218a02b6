// Package boundary provides the permissions boundary of an account: what no role made here may do, whatever its own
// policies say. It lets a role make others, and none that may do more than itself.
package boundary

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	policy "github.com/cdktf/cdktf-provider-aws-go/aws/v19/iampolicy"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

// Config is what the boundary needs from the rest of the system.
type Config struct {
	target.Target
	Project string // begins the names of the roles and policies that are made here: titan

	// Unbound are the ARNs of roles that do not carry the boundary: whoever applies the account's stacks, an
	// organization's own. No role with the boundary changes, passes or assumes them.
	Unbound []string

	Telling       []string // ARNs of what tells of trouble in the account: observability.AccountARNs
	TrailBucket   string   // the name of the trail's bucket; empty where there is none here
	TrailKeyAlias string   // of the trail's key, alias/…
}

// Output is what other modules may use.
type Output struct{ ARN string }

// Name is the policy's.
func Name(project string) string { return project + "-boundary" }

// ARN is the policy's, which stacks of every region name.
func ARN(t target.Target, project string) string {
	return t.GlobalARN("iam", "policy/"+Name(project))
}

// limit is how long a managed policy may be, in characters that are no white space (IAM User Guide, 'IAM and AWS STS
// quotas').
const limit = 6144

// New declares the boundary under scope: once an account, in its first region, before any role that carries it. It
// panics at a policy that IAM would refuse for its length: Unbound is too long then.
func New(scope constructs.Construct, id string, config Config) Output {
	this := constructs.NewConstruct(scope, jsii.String(id))
	made := policy.NewIamPolicy(this, jsii.String("policy"), &policy.IamPolicyConfig{
		Name:        jsii.String(Name(config.Project)),
		Description: jsii.String("What no role of " + config.Project + " may do, whatever its own policies say"),
		Policy:      jsii.String(config.document()),
	})
	return Output{ARN: *made.Arn()}
}

func (c Config) document() string {
	document := iampolicy.Document(Statements(c)...)
	if n := size(document); n > limit {
		panic(
			fmt.Sprintf(
				"permissions boundary %q has %d characters, at most %d: name fewer unbound roles (%d)",
				Name(c.Project),
				n,
				limit,
				len(c.Unbound),
			),
		)
	}
	return document
}

// size counts what IAM counts.
func size(document string) int {
	return len(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, document))
}

// Statements are the boundary: what roles may do at most, and what they may not do even so.
func Statements(c Config) []iampolicy.Statement {
	return append(c.allowed(), c.denied()...)
}
