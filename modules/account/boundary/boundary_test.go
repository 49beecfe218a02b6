package boundary

import (
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/irsa/proof"
)

var config = Config{
	Target:        target.Target{Name: "titan", Partition: "aws", AccountID: "333333333333", Region: "eu-west-1"},
	Project:       "titan",
	Unbound:       []string{role + "titan-apply", role + "OrganizationAccountAccessRole"},
	TrailBucket:   "titan-trail-333333333333-eu-west-1",
	TrailKeyAlias: "alias/titan-trail",
	Telling: []string{
		"arn:aws:sns:*:333333333333:titan-operations",
		"arn:aws:logs:*:333333333333:log-group:" + trailLog,
	},
}

const (
	role     = "arn:aws:iam::333333333333:role/"
	idp      = "arn:aws:iam::333333333333:oidc-provider/"
	key      = "arn:aws:kms:eu-west-1:333333333333:key/1"
	own      = "arn:aws:iam::333333333333:policy/titan-boundary"
	trailLog = "/aws/cloudtrail/titan:*"
)

type keys = map[string]string

func call(action, resource string, context keys) proof.Call {
	return proof.Call{Action: action, Resource: resource, Context: context}
}

var bound = boundBy(own)

func boundBy(policyARN string) keys { return keys{"iam:PermissionsBoundary": policyARN} }

func aliased(alias string) keys { return keys{"kms:ResourceAliases": alias} }

// TestEveryRoleStillMayDoWhatItNeeds holds the boundary against the calls without which the workloads and the
// delivery do not work.
func TestEveryRoleStillMayDoWhatItNeeds(t *testing.T) {
	boundary, calls := Statements(config), 0
	for _, c := range slices.Concat(proof.Cases(), proof.DeliveryCases()) {
		for _, call := range c.Needed {
			calls++
			if !proof.Allows(boundary, call) {
				t.Errorf("%s: denied: %s", c.Workload.Name, call)
			}
		}
	}
	if calls < 100 {
		t.Errorf("only %d calls", calls)
	}
}

// What an administrator may do whose role carries the boundary: what deploys an environment.
var allowed = []proof.Call{
	call("iam:CreateRole", role+"titan-prod-node", bound),
	call("iam:PutRolePolicy", role+"titan-prod-node", bound),
	call("iam:AttachRolePolicy", role+"xray-eks-role-prod", bound),
	call("iam:PutRolePermissionsBoundary", role+"titan-prod-node", bound),
	call("iam:UpdateAssumeRolePolicy", role+"titan-prod-node", nil),
	call("iam:PassRole", role+"titan-prod-cluster", nil),
	call("iam:DeleteRole", role+"titan-prod-node", nil),
	call("iam:CreatePolicy", "arn:aws:iam::333333333333:policy/xray-eks-policy-prod", nil),
	call("iam:GetPolicy", own, nil),
	call("iam:CreateOpenIDConnectProvider", idp+"oidc.eks.eu-west-1.amazonaws.com/id/ABC", nil),
	call("iam:CreateServiceLinkedRole", role+"aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS", nil),
	call("sts:AssumeRole", "arn:aws:iam::222222222222:role/titan-staging-promotion", nil),
	call("eks:CreateCluster", "arn:aws:eks:eu-west-1:333333333333:cluster/titan-prod-cluster", nil),
	call("rds:CreateDBCluster", "arn:aws:rds:eu-west-1:333333333333:cluster:birthday-db-prod", nil),
	call("s3:PutBucketPolicy", "arn:aws:s3:::titan-prod-logs-333333333333-eu-west-1", nil),
	call("kms:ScheduleKeyDeletion", key, aliased("alias/titan-dev-data")),
	call("sns:DeleteTopic", "arn:aws:sns:eu-west-1:333333333333:titan-prod-operations", nil),
	call("shield:CreateProtection", "*", nil),
}

// What it may not do, by the statement that denies it; empty is what nothing allows.
var forbidden = []struct {
	sid  string
	call proof.Call
}{
	{"RolesCarryTheBoundary", call("iam:CreateRole", role+"titan-prod-mine", nil)},
	{
		"RolesCarryTheBoundary",
		call("iam:CreateRole", role+"titan-prod-mine", boundBy("arn:aws:iam::aws:policy/AdministratorAccess")),
	},
	{
		"RolesCarryTheBoundary",
		call(
			"iam:PutRolePermissionsBoundary",
			role+"titan-prod-mine",
			boundBy("arn:aws:iam::333333333333:policy/titan-wide"),
		),
	},
	{"RolesCarryTheBoundary", call("iam:AttachRolePolicy", role+"titan-old", nil)},
	{"RolesCarryTheBoundary", call("iam:PutRolePolicy", role+"titan-old", nil)},
	{"BoundaryStays", call("iam:DeleteRolePermissionsBoundary", role+"titan-prod-mine", bound)},
	{"BoundaryIsNotChanged", call("iam:CreatePolicyVersion", own, nil)},
	{"BoundaryIsNotChanged", call("iam:SetDefaultPolicyVersion", own, nil)},
	{"BoundaryIsNotChanged", call("iam:DeletePolicy", own, nil)},
	{"UnboundRoles", call("iam:UpdateAssumeRolePolicy", role+"titan-apply", nil)},
	{"UnboundRoles", call("iam:PassRole", role+"titan-apply", nil)},
	{"UnboundRoles", call("sts:AssumeRole", role+"titan-apply", nil)},
	{"NoUsers", call("iam:CreateUser", "arn:aws:iam::333333333333:user/titan-me", bound)},
	{"NoUsers", call("iam:CreateAccessKey", "arn:aws:iam::333333333333:user/somebody", nil)},
	{"NoUsers", call("iam:UpdateLoginProfile", "arn:aws:iam::333333333333:user/somebody", nil)},
	{"NoUsers", call("iam:AttachUserPolicy", "arn:aws:iam::333333333333:user/somebody", bound)},
	{"Watchers", call("cloudtrail:StopLogging", "arn:aws:cloudtrail:eu-west-1:333333333333:trail/titan", nil)},
	{"Watchers", call("guardduty:DeleteDetector", "arn:aws:guardduty:eu-west-1:333333333333:detector/1", nil)},
	{"Watchers", call("config:StopConfigurationRecorder", "*", nil)},
	{"Organization", call("organizations:LeaveOrganization", "*", nil)},
	{"Organization", call("account:CloseAccount", "*", nil)},
	{"AccountSettings", call("ec2:DisableEbsEncryptionByDefault", "*", nil)},
	{"AccountSettings", call("ec2:DisableSnapshotBlockPublicAccess", "*", nil)},
	{"AccountSettings", call("s3:PutAccountPublicAccessBlock", "*", nil)},
	{"AccountSettings", call("s3:BypassGovernanceRetention", "arn:aws:s3:::titan-trail-333333333333-eu-west-1/x", nil)},
	{"AccountSettings", call("ecr:PutReplicationConfiguration", "*", nil)},
	{"AccountSettings", call("iam:DeleteAccountPasswordPolicy", "*", nil)},
	{"WhatTells", call("sns:DeleteTopic", "arn:aws:sns:eu-central-1:333333333333:titan-operations", nil)},
	{"WhatTells", call("logs:DeleteLogGroup", "arn:aws:logs:eu-west-1:333333333333:log-group:"+trailLog, nil)},
	{"TrailFiles", call("s3:DeleteObject", "arn:aws:s3:::titan-trail-333333333333-eu-west-1/AWSLogs/x", nil)},
	{"TrailFiles", call("s3:PutBucketPolicy", "arn:aws:s3:::titan-trail-333333333333-eu-west-1", nil)},
	{"TrailKey", call("kms:ScheduleKeyDeletion", key, aliased("alias/titan-trail"))},
	{"TrailKeyAlias", call("kms:DeleteAlias", "arn:aws:kms:eu-west-1:333333333333:alias/titan-trail", nil)},

	{"", call("sts:AssumeRole", role+"somebodys-admin", nil)},
	{"", call("iam:PassRole", role+"somebodys-admin", nil)},
	{"", call("iam:UpdateAssumeRolePolicy", role+"somebodys-admin", nil)},
	{"", call("iam:CreateRole", role+"somebodys-admin", bound)},
	{"", call("iam:AddClientIDToOpenIDConnectProvider", idp+"token.actions.githubusercontent.com", nil)},
	{"", call("lambda:CreateFunction", "arn:aws:lambda:eu-west-1:333333333333:function:mine", nil)},
	{"", call("cloudformation:CreateStack", "*", nil)},
}

func TestAnAdministratorWithTheBoundaryDeploysAndDoesNotEscape(t *testing.T) {
	boundary := Statements(config)
	for _, call := range allowed {
		if !proof.Allows(boundary, call) {
			t.Errorf("denied: %s", call)
		}
	}
	for _, one := range forbidden {
		if proof.Allows(boundary, one.call) {
			t.Errorf("allowed: %s", one.call)
		}
	}
}

// Each statement that denies is needed: beside one that allows everything, and without it, its calls pass.
func TestEachDenialIsTheStatementsThatIsSaid(t *testing.T) {
	all := []string{"*"}
	everything := iampolicy.Statement{Sid: "Everything", Effect: iampolicy.Allow, Action: all, Resource: all}
	said := map[string]bool{}
	for _, one := range forbidden {
		if one.sid == "" {
			continue
		}
		said[one.sid] = true
		with := append(config.denied(), everything)
		without := slices.DeleteFunc(slices.Clone(with), func(s iampolicy.Statement) bool { return s.Sid == one.sid })
		if proof.Allows(with, one.call) {
			t.Errorf("%s does not deny %s", one.sid, one.call)
		}
		if len(without) != len(with)-1 || !proof.Allows(without, one.call) {
			t.Errorf("without %s, %s is still denied", one.sid, one.call)
		}
	}
	for _, s := range config.denied() {
		if !said[s.Sid] {
			t.Errorf("no call is known that %s denies", s.Sid)
		}
	}
}

// IAM has a limit, and the longest names come near it.
func TestTheDocumentFits(t *testing.T) {
	long := config
	long.Project = strings.Repeat("p", 20)
	long.Name = long.Project
	if n := size(long.document()); n > limit-300 {
		t.Errorf("%d characters, at most %d: not much is left", n, limit)
	}
	for range 100 {
		long.Unbound = append(long.Unbound, role+""+strings.Repeat("r", 64))
	}
	defer func() {
		if text, _ := recover().(string); !strings.Contains(text, "name fewer unbound roles (102)") {
			t.Errorf("got %q", text)
		}
	}()
	_ = long.document()
}
