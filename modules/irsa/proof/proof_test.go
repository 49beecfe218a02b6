package proof

import (
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

func TestEveryRoleMayDoWhatItNeedsAndNothingElse(t *testing.T) {
	for _, c := range slices.Concat(Cases(), DeliveryCases()) {
		t.Run(c.Workload.Name, func(t *testing.T) {
			if len(c.Needed) == 0 || len(c.Forbidden) == 0 {
				t.Error("nothing is asked of it")
			}
			for _, call := range c.Needed {
				if !Allows(c.Workload.Statements, call) {
					t.Errorf("denied: %s", call)
				}
				// Each key that a needed call carries is one that its statement demands: without it the call is denied.
				for key := range call.Context {
					if without := call.Without(key); Allows(c.Workload.Statements, without) {
						t.Errorf("allowed without %s: %s", key, without)
					}
				}
			}
			for _, call := range c.Forbidden {
				if Allows(c.Workload.Statements, call) {
					t.Errorf("allowed: %s", call)
				}
			}
			for _, call := range everyonesForbidden {
				if Allows(c.Workload.Statements, call) {
					t.Errorf("allowed: %s", call)
				}
			}
		})
	}
}

// everyonesForbidden is what no workload may do, whoever takes it over.
var everyonesForbidden = []Call{
	{"iam:CreateRole", "arn:aws:iam::333333333333:role/mine", nil},
	{"iam:PassRole", "arn:aws:iam::333333333333:role/titan-prod-node", nil},
	{"sts:AssumeRole", "arn:aws:iam::333333333333:role/platform-admin", nil},
	{"s3:GetObject", "arn:aws:s3:::titan-prod-state-333333333333-eu-west-1/prod/terraform.tfstate", nil},
	{"kms:ScheduleKeyDeletion", dataKey, nil},
	{"kms:Decrypt", secretsKey, nil},
	{"eks:UpdateClusterConfig", "arn:aws:eks:eu-west-1:333333333333:cluster/titan-prod-cluster", nil},
	{"ssm:StartSession", "arn:aws:ec2:eu-west-1:333333333333:instance/i-1", nil},
}

// One workload and no other reads the database master's secret.
func TestOneWorkloadReadsTheMastersSecret(t *testing.T) {
	var readers []string
	for _, c := range Cases() {
		if Allows(c.Workload.Statements, Call{"secretsmanager:GetSecretValue", masterSecret, nil}) {
			readers = append(readers, c.Workload.Name)
		}
	}
	if got := strings.Join(readers, ","); got != "database-bootstrap" {
		t.Errorf("read by %q, want database-bootstrap alone", got)
	}
}

func TestEveryWorkloadHasAServiceAccountOfItsOwn(t *testing.T) {
	seen := map[string]string{}
	for _, c := range Cases() {
		w := c.Workload
		account := w.Namespace + "/" + w.ServiceAccount
		if w.Name == "" || w.Namespace == "" || w.ServiceAccount == "" {
			t.Errorf("%+v lacks a name, namespace or service account", w)
		}
		if other := seen[account]; other != "" {
			t.Errorf("%s and %s share %s", other, w.Name, account)
		}
		seen[account] = w.Name
	}
}

// Only what changes nothing, or what IAM can't limit to a resource, is for every resource.
func TestNothingThatChangesAWSIsForEveryResource(t *testing.T) {
	reading := []string{":Describe", ":Get", ":List", ":BatchGet", "xray:Put", "logs:StopQuery"}
	for _, c := range slices.Concat(Cases(), DeliveryCases()) {
		for _, s := range c.Workload.Statements {
			for _, action := range s.Action {
				if strings.Contains(action, "*") {
					t.Errorf("%s: %s: action %q is not one action", c.Workload.Name, s.Sid, action)
				}
				reads := false
				for _, word := range reading {
					reads = reads || strings.Contains(action, word)
				}
				if s.Resource[0] == "*" && !reads {
					t.Errorf("%s: %s: %s is for every resource", c.Workload.Name, s.Sid, action)
				}
			}
		}
	}
}

func TestDocumentsAreWritten(t *testing.T) {
	for _, c := range slices.Concat(Cases(), DeliveryCases()) {
		const limit = 10240 // characters of a role's inline policies together (IAM User Guide, 'IAM and AWS STS quotas')
		if size := len(iampolicy.Document(c.Workload.Statements...)); size > limit {
			t.Errorf("%s: %d characters, at most %d", c.Workload.Name, size, limit)
		}
	}
}

func TestApplicationWithAPasswordNeedsNothingOfAWS(t *testing.T) {
	if got := workload.Application("birthday-app", "birthday", workload.ApplicationAccess{}).Statements; len(got) != 0 {
		t.Errorf("it may %v", got)
	}
}

func TestEvaluator(t *testing.T) {
	read := iampolicy.Statement{
		Sid:      "Read",
		Effect:   iampolicy.Allow,
		Action:   []string{"s3:Get*"},
		Resource: []string{"arn:aws:s3:::a/*"},
	}
	deny := iampolicy.Statement{Sid: "No", Effect: iampolicy.Deny, Action: []string{"*"}, Resource: []string{"*/secret"}}
	tagged := read
	tagged.Condition = iampolicy.Conditions{
		"StringLike": {"aws:ResourceTag/team": {"a?", "b*"}},
		"Bool":       {"aws:SecureTransport": {"true"}},
	}
	other := read
	other.Condition = iampolicy.Conditions{"StringNotEquals": {"aws:RequestedRegion": {"eu-west-1", "eu-west-3"}}}
	for name, test := range map[string]struct {
		statements []iampolicy.Statement
		call       Call
		want       bool
	}{
		"negated, another": {[]iampolicy.Statement{other},
			Call{"s3:GetObject", "arn:aws:s3:::a/b", keys{"aws:RequestedRegion": "us-east-1"}}, true},
		"negated, second": {[]iampolicy.Statement{other},
			Call{"s3:GetObject", "arn:aws:s3:::a/b", keys{"aws:RequestedRegion": "eu-west-3"}}, false},
		"negated, no key":  {[]iampolicy.Statement{other}, Call{"s3:GetObject", "arn:aws:s3:::a/b", nil}, true},
		"nothing":          {nil, Call{"s3:GetObject", "arn:aws:s3:::a/b", nil}, false},
		"match":            {[]iampolicy.Statement{read}, Call{"s3:getobject", "arn:aws:s3:::a/b", nil}, true},
		"other action":     {[]iampolicy.Statement{read}, Call{"s3:PutObject", "arn:aws:s3:::a/b", nil}, false},
		"other resource":   {[]iampolicy.Statement{read}, Call{"s3:GetObject", "arn:aws:s3:::b/b", nil}, false},
		"case of resource": {[]iampolicy.Statement{read}, Call{"s3:GetObject", "arn:aws:s3:::A/b", nil}, false},
		"denied":           {[]iampolicy.Statement{read, deny}, Call{"s3:GetObject", "arn:aws:s3:::a/secret", nil}, false},
		"conditions": {[]iampolicy.Statement{tagged},
			Call{"s3:GetObject", "arn:aws:s3:::a/b", keys{"aws:ResourceTag/team": "a1", "aws:SecureTransport": "true"}}, true},
		"second value": {[]iampolicy.Statement{tagged},
			Call{"s3:GetObject", "arn:aws:s3:::a/b", keys{"aws:ResourceTag/team": "b", "aws:SecureTransport": "true"}}, true},
		"wrong value": {[]iampolicy.Statement{tagged},
			Call{"s3:GetObject", "arn:aws:s3:::a/b", keys{"aws:ResourceTag/team": "a12", "aws:SecureTransport": "true"}}, false},
		"one of two keys": {[]iampolicy.Statement{tagged},
			Call{"s3:GetObject", "arn:aws:s3:::a/b", keys{"aws:ResourceTag/team": "b"}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Allows(test.statements, test.call); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}
