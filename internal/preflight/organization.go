package preflight

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
)

// organizationAPI is what of AWS Organizations a member may ask.
type organizationAPI interface {
	DescribeOrganization(
		context.Context, *organizations.DescribeOrganizationInput, ...func(*organizations.Options),
	) (*organizations.DescribeOrganizationOutput, error)
	DescribeEffectivePolicy(
		context.Context, *organizations.DescribeEffectivePolicyInput, ...func(*organizations.Options),
	) (*organizations.DescribeEffectivePolicyOutput, error)
}

// visible are the policies that a member sees as they hold for it, and what they can forbid (AWS Organizations User
// Guide, 'Viewing effective policies'). Service control policies are not among them.
var visible = []struct {
	kind    types.EffectivePolicyType
	name    string
	forbids string
}{
	{types.EffectivePolicyTypeTagPolicy, "tag policy", "the values of tags"},
	{types.EffectivePolicyTypeDeclarativePolicyEc2, "declarative policy of EC2",
		"ways to the internet, images and snapshots"},
}

// askOrganization says what the account's organization forbids, as far as a member sees it.
func askOrganization(ctx context.Context, client organizationAPI, account string) []Result {
	const subject = "organization"
	answer, err := client.DescribeOrganization(ctx, &organizations.DescribeOrganizationInput{})
	var none *types.AWSOrganizationsNotInUseException
	switch {
	case errors.As(err, &none):
		return []Result{good(subject, "the account is in none, so none forbids anything")}
	case err != nil:
		return []Result{unanswered(subject, err)}
	case aws.ToString(answer.Organization.MasterAccountId) == account:
		return []Result{good(subject, "the account manages it, and its service control policies do not hold for that one")}
	}
	results := []Result{unknown(subject, "ask whoever manages account "+aws.ToString(answer.Organization.MasterAccountId),
		"the account is a member, which does not see its service control policies")}
	for _, policy := range visible {
		results = append(results, askEffective(ctx, client, policy.kind, policy.name, policy.forbids))
	}
	return results
}

func askEffective(
	ctx context.Context, client organizationAPI, kind types.EffectivePolicyType, name, forbids string,
) Result {
	answer, err := client.DescribeEffectivePolicy(ctx, &organizations.DescribeEffectivePolicyInput{PolicyType: kind})
	var none *types.EffectivePolicyNotFoundException
	switch {
	case errors.As(err, &none):
		return good(name, "none holds for the account")
	case err != nil:
		return unanswered(name, err)
	case answer.EffectivePolicy == nil || aws.ToString(answer.EffectivePolicy.PolicyContent) == "{}":
		return good(name, "none holds for the account")
	}
	return unknown(name, "read it: aws organizations describe-effective-policy --policy-type "+string(kind),
		"one holds for the account, and may forbid %s", forbids)
}
