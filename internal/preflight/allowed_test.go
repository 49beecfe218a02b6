package preflight

import (
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
)

// deployer has the caller's role, and what the simulation says of an action.
func deployer(action string, result iamtypes.EvaluationResult) *fakeIAM {
	return &fakeIAM{roles: map[string]string{"deployer": "/ops/"},
		simulated: map[string]iamtypes.EvaluationResult{action: result}}
}

var (
	implicit  = iamtypes.EvaluationResult{EvalDecision: iamtypes.PolicyEvaluationDecisionTypeImplicitDeny}
	explicit  = iamtypes.EvaluationResult{EvalDecision: iamtypes.PolicyEvaluationDecisionTypeExplicitDeny}
	forbidden = iamtypes.EvaluationResult{EvalDecision: iamtypes.PolicyEvaluationDecisionTypeExplicitDeny,
		OrganizationsDecisionDetail: &iamtypes.OrganizationsDecisionDetail{}}
	conditional = iamtypes.EvaluationResult{EvalDecision: iamtypes.PolicyEvaluationDecisionTypeExplicitDeny,
		MissingContextValues: []string{"aws:PrincipalTag/team"}}
	allowed = iamtypes.EvaluationResult{EvalDecision: iamtypes.PolicyEvaluationDecisionTypeAllowed}
)

func TestPermissions(t *testing.T) {
	n := needsOf(t, `"aws_kms_key": {"a": {}, "b": {}}, "aws_iam_role": {"a": {}}`)
	const subject = "permissions of the caller in eu-west-1: "
	const doubt = "unknown " + subject + "not allowed on all resources, or under a condition: kms:CreateKey " +
		"-> compare with the policies of the caller and of the organization"
	for name, c := range map[string]struct {
		result iamtypes.EvaluationResult
		want   string
	}{
		// One for keys, two for roles.
		"allowed": {allowed, "good " + subject + "3 calls that make what the stacks hold are allowed"},
		"denied": {explicit, "bad " + subject + "denied: kms:CreateKey " +
			"-> have them allowed, or run it as somebody who may"},
		"on some resources alone": {implicit, doubt},
		"under a condition":       {conditional, doubt},
		"by the organization":     {forbidden, doubt},
	} {
		t.Run(name, func(t *testing.T) {
			client := deployer("kms:CreateKey", c.result)
			expect(t, askPermissions(t.Context(), client, caller, n, home), c.want)
			if got := *client.asked.PolicySourceArn; got != "arn:aws:iam::333333333333:role/ops/deployer" {
				t.Errorf("asked about %s", got)
			}
			key := client.asked.ContextEntries[0]
			if *key.ContextKeyName != "aws:RequestedRegion" || key.ContextKeyValues[0] != string(home) {
				t.Errorf("asked with %v", key)
			}
		})
	}
	hidden := deployer("", allowed)
	hidden.simulation = deniedCall("IAM", "SimulatePrincipalPolicy")
	expect(t, askPermissions(t.Context(), hidden, caller, n, home),
		"unknown "+subject+mayNot("IAM SimulatePrincipalPolicy"))
	expect(t, askPermissions(t.Context(), hidden, "arn:aws:iam::333333333333:root", n, home),
		"unknown "+subject+"IAM simulates roles and users, and the caller is root")
}

func TestServiceLinkedRoles(t *testing.T) {
	n := needsOf(t, `"aws_eks_node_group": {"spot": {"capacity_type": "SPOT"}},
		"aws_rds_cluster": {"aurora": {}}`)
	all := deployer("", allowed)
	for _, role := range serviceLinkedRoles {
		all.roles[role.name] = "/aws-service-role/" + role.service + "/"
	}
	expect(t, askServiceLinkedRoles(t.Context(), all, account, caller, n),
		"good AWSServiceRoleForAmazonEKSNodegroup: there", "good AWSServiceRoleForAutoScaling: there",
		"good AWSServiceRoleForEC2Spot: there", "good AWSServiceRoleForRDS: there")
	const name, remedy = "AWSServiceRoleForAmazonEKSNodegroup",
		"aws iam create-service-linked-role --aws-service-name eks-nodegroup.amazonaws.com"
	for what, c := range map[string]struct {
		result iamtypes.EvaluationResult
		want   string
	}{
		"allowed": {allowed, "good " + name + ": not there yet: its service makes it at its first use"},
		"denied": {implicit, "bad " + name + ": not there, and the caller may not have it made " +
			"-> " + remedy + ", as somebody who may"},
		"under a condition": {conditional,
			"unknown " + name + ": not there; whether the caller may have it made depends on conditions -> " + remedy},
	} {
		t.Run(what, func(t *testing.T) {
			client := deployer("iam:CreateServiceLinkedRole", c.result)
			found := askServiceLinkedRoles(t.Context(), client, account, caller, n)
			expect(t, only(found, name), c.want)
			// Who calls has no part in these.
			expect(t, only(found, "AWSServiceRoleForAutoScaling"),
				"good AWSServiceRoleForAutoScaling: not there yet: "+name+" makes it")
			expect(t, only(found, "AWSServiceRoleForEC2Spot"),
				"good AWSServiceRoleForEC2Spot: not there yet: AWSServiceRoleForAutoScaling makes it")
			expect(t, only(found, "AWSServiceRoleForRDS"),
				"good AWSServiceRoleForRDS: not there yet: `titan deploy` of the account's stack makes it")
		})
	}
	hidden := &fakeIAM{err: deniedCall("IAM", "GetRole")}
	expect(t, only(askServiceLinkedRoles(t.Context(), hidden, account, caller, n), name),
		"unknown "+name+": "+mayNot("IAM GetRole"))
}

// only are the results about a subject.
func only(results []Result, subject string) []Result {
	var found []Result
	for _, result := range results {
		if strings.HasPrefix(result.Subject, subject) {
			found = append(found, result)
		}
	}
	return found
}

// fakeOrganization is one that an account manages, with a policy.
type fakeOrganization struct {
	manager, policy string
	err, policyErr  error
}

func (f fakeOrganization) DescribeOrganization(
	context.Context, *organizations.DescribeOrganizationInput, ...func(*organizations.Options),
) (*organizations.DescribeOrganizationOutput, error) {
	return &organizations.DescribeOrganizationOutput{Organization: &types.Organization{MasterAccountId: &f.manager}}, f.err
}

func (f fakeOrganization) DescribeEffectivePolicy(
	context.Context, *organizations.DescribeEffectivePolicyInput, ...func(*organizations.Options),
) (*organizations.DescribeEffectivePolicyOutput, error) {
	return &organizations.DescribeEffectivePolicyOutput{
		EffectivePolicy: &types.EffectivePolicy{PolicyContent: aws.String(f.policy)},
	}, f.policyErr
}

func TestOrganizations(t *testing.T) {
	const member = "unknown organization: the account is a member, which does not see its service control policies " +
		"-> ask whoever manages account 999999999999"
	const tags, ec2Policy = "tag policy: ", "declarative policy of EC2: "
	const read = " -> read it: aws organizations describe-effective-policy --policy-type "
	for name, c := range map[string]struct {
		client fakeOrganization
		want   []string
	}{
		"none": {fakeOrganization{err: &types.AWSOrganizationsNotInUseException{}},
			[]string{"good organization: the account is in none, so none forbids anything"}},
		"its own": {fakeOrganization{manager: account},
			[]string{"good organization: the account manages it, and its service control policies do not hold for that one"}},
		"a member": {fakeOrganization{manager: "999999999999", policyErr: &types.EffectivePolicyNotFoundException{}},
			[]string{member, "good " + tags + "none holds for the account", "good " + ec2Policy + "none holds for the account"}},
		"with policies": {fakeOrganization{manager: "999999999999", policy: `{"tags":{}}`}, []string{member,
			"unknown " + tags + "one holds for the account, and may forbid the values of tags" + read + "TAG_POLICY",
			"unknown " + ec2Policy + "one holds for the account, and may forbid ways to the internet, images and snapshots" +
				read + "DECLARATIVE_POLICY_EC2"}},
		"hidden": {fakeOrganization{err: deniedCall("Organizations", "DescribeOrganization")},
			[]string{"unknown organization: " + mayNot("Organizations DescribeOrganization")}},
	} {
		t.Run(name, func(t *testing.T) { expect(t, askOrganization(t.Context(), c.client, account), c.want...) })
	}
}

// fakeDryRun answers every call with one error, and notes whether a call was meant.
type fakeDryRun struct {
	err   error
	meant *int
}

func (f fakeDryRun) note(dry *bool) {
	if !aws.ToBool(dry) {
		*f.meant++
	}
}

func (f fakeDryRun) CreateVpc(
	_ context.Context, in *ec2.CreateVpcInput, _ ...func(*ec2.Options),
) (*ec2.CreateVpcOutput, error) {
	f.note(in.DryRun)
	return nil, f.err
}

func (f fakeDryRun) CreateInternetGateway(
	_ context.Context, in *ec2.CreateInternetGatewayInput, _ ...func(*ec2.Options),
) (*ec2.CreateInternetGatewayOutput, error) {
	f.note(in.DryRun)
	return nil, f.err
}

func (f fakeDryRun) AllocateAddress(
	_ context.Context, in *ec2.AllocateAddressInput, _ ...func(*ec2.Options),
) (*ec2.AllocateAddressOutput, error) {
	f.note(in.DryRun)
	return nil, f.err
}

func TestDryRuns(t *testing.T) {
	refused := func(code, message string) error { return refusal("EC2", "CreateVpc", code, message) }
	meant := 0
	for _, c := range []struct {
		client dryRunAPI
		want   string
	}{
		{fakeDryRun{refused("DryRunOperation", "would have succeeded"), &meant},
			"good ec2:CreateVpc in eu-west-1: it would have been done"},
		{fakeDryRun{refused("UnauthorizedOperation",
			"You are not authorized. It is denied with an explicit deny in a service control policy."),
			&meant}, "bad ec2:CreateVpc in eu-west-1: a service control policy denies it -> have the organization allow it"},
		{fakeDryRun{refused("UnauthorizedOperation", "You are not authorized."), &meant},
			"bad ec2:CreateVpc in eu-west-1: denied: You are not authorized. -> have it allowed, or run it as somebody who may"},
		{fakeDryRun{nil, &meant}, "unknown ec2:CreateVpc in eu-west-1: EC2 did not take it for a dry run " +
			"-> look whether something was made"},
		{fakeDryRun{status(503), &meant},
			"unknown ec2:CreateVpc in eu-west-1: nothing answered the call -> check the way to the region, and run it again"},
		{nil, "unknown ec2:CreateVpc in eu-west-1: an emulator does what it is asked to try"},
	} {
		results := askDryRuns(t.Context(), c.client, home)
		if len(results) != 3 {
			t.Errorf("%d calls were tried, want 3", len(results))
		}
		expect(t, results[:1], c.want)
	}
	if meant > 0 {
		t.Errorf("%d calls were meant: they would have made something", meant)
	}
}
