//go:build e2e

package e2e

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/modules/irsa"
	"github.com/titan-platform/titan/modules/irsa/proof"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

// issuer of the cluster whose service accounts assume the roles.
const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"

// unfilled are condition keys that the emulator does not fill, and so denies although a real call would carry them (measured, ministack
// 1.5.33). The emulator gets a copy of a policy without them; the policy evaluator judges the policy as it is, key present and absent
// (modules/irsa/proof).
var unfilled = []string{
	"aws:ResourceTag/", "aws:RequestTag/", "ec2:ResourceTag/", "autoscaling:ResourceTag/", "ec2:Vpc", "ec2:CreateAction",
	"kms:EncryptionContext:", "kms:ViaService", "kms:GrantIsForAWSResource", "kms:ResourceAliases", "cloudwatch:namespace",
	"ec2:Subnet", "ec2:AuthorizedService",
}

// TestRolesMayDoWhatTheyNeedAndNoMore assumes each workload's role with its service account's token on an emulator that enforces IAM, and makes
// the calls of its case: the needed ones pass, the others are denied.
func TestRolesMayDoWhatTheyNeedAndNoMore(t *testing.T) {
	t.Parallel()
	running := start(t, proof.Scope.AccountID, "AUTH=true")
	aws := client{t: t, url: running.URL(), region: proof.Scope.Region}
	provider := fmt.Sprintf("arn:aws:iam::%s:oidc-provider/%s", proof.Scope.AccountID, issuer)
	aws.mustPass(apiCall{service: "iam", form: url.Values{
		"Action": {"CreateOpenIDConnectProvider"}, "Url": {"https://" + issuer}, "ClientIDList.member.1": {"sts.amazonaws.com"},
	}})

	bound, found := makeBoundary(aws), tally{}
	for _, c := range proof.Cases() {
		name := proof.Scope.Cluster + "-" + c.Workload.Name
		role := makeRole(aws, name, irsa.Trust(provider, issuer, c.Workload), bound, c)
		onlyItsOwnServiceAccountAssumes(t, aws, role, c.Workload)
		found.ask(t, aws.as(session(aws, assumption(role, token(issuer, subject(c.Workload), "sts.amazonaws.com")))), c)
	}
	found.report(t, "workloads")
}

// TestRolesOfDeliveryMayDoWhatTheyNeedAndNoMore is the same for the roles of the pipeline and its builds. Services assume those, which nobody can be
// here: the copies trust the account, and who assumes the real ones is an assertion's in tests/delivery_test.go.
func TestRolesOfDeliveryMayDoWhatTheyNeedAndNoMore(t *testing.T) {
	t.Parallel()
	running := start(t, proof.Scope.AccountID, "AUTH=true")
	aws := client{t: t, url: running.URL(), region: proof.Scope.Region}
	trust := iampolicy.Document(iampolicy.Statement{
		Sid: "Account", Effect: iampolicy.Allow, Principal: iampolicy.Account("aws", proof.Scope.AccountID), Action: []string{"sts:AssumeRole"},
	})
	for _, bucket := range bucketsOf(proof.DeliveryCases()) { // of one that is not there, S3 says so first
		anywhere := aws
		anywhere.region = "us-east-1" // the one region where a bucket needs no location
		anywhere.mustPass(apiCall{service: "s3", method: http.MethodPut, path: "/" + bucket})
	}
	bound, found := makeBoundary(aws), tally{}
	for _, c := range proof.DeliveryCases() {
		role := makeRole(aws, c.Workload.Name, trust, bound, c)
		found.ask(t, aws.as(session(aws, apiCall{service: "sts", form: url.Values{
			"Action": {"AssumeRole"}, "RoleArn": {role}, "RoleSessionName": {"proof"},
		}})), c)
	}
	found.report(t, "delivery")
}

// bucketsOf are the buckets that cases call, each once.
func bucketsOf(cases []proof.Case) []string {
	found := map[string]bool{}
	for _, c := range cases {
		for _, call := range slices.Concat(c.Needed, c.Forbidden) {
			if path, ok := strings.CutPrefix(call.Resource, "arn:aws:s3:::"); ok {
				bucket, _, _ := strings.Cut(path, "/")
				found[bucket] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// makeRole makes a role, with the account's boundary and a copy of its policy that the emulator can judge, and returns its ARN.
func makeRole(aws client, name, trust, bound string, c proof.Case) string {
	aws.t.Helper()
	aws.mustPass(apiCall{service: "iam", form: url.Values{"Action": {"CreateRole"}, "RoleName": {name}, "AssumeRolePolicyDocument": {trust}, "PermissionsBoundary": {bound}}})
	if copied := withoutUnfilled(c.Workload.Statements); len(copied) > 0 {
		aws.mustPass(apiCall{service: "iam", form: url.Values{
			"Action": {"PutRolePolicy"}, "RoleName": {name}, "PolicyName": {"copy"}, "PolicyDocument": {iampolicy.Document(copied...)},
		}})
	}
	return fmt.Sprintf("arn:aws:iam::%s:role/%s", proof.Scope.AccountID, name)
}

// tally is what came of asking.
type tally struct{ passed, denied, byEvaluator, unproved int }

// ask makes the calls of a case under its role.
func (n *tally) ask(t *testing.T, session client, c proof.Case) {
	t.Helper()
	copied := withoutUnfilled(c.Workload.Statements)
	for _, call := range c.Needed {
		request, can := requestOf(call)
		switch {
		case !can:
			n.unproved++
		case session.denied(request):
			t.Errorf("%s needs %s, and the emulator denies it", c.Workload.Name, call)
		default:
			n.passed++
		}
	}
	for _, call := range c.Forbidden {
		request, can := requestOf(call)
		switch {
		case !can:
			n.unproved++
		case proof.Allows(copied, call): // forbidden by a condition that the copy lacks
			n.byEvaluator++
		case !session.denied(request):
			t.Errorf("%s must not %s, and the emulator allows it", c.Workload.Name, call)
		default:
			n.denied++
		}
	}
}

func (n *tally) report(t *testing.T, of string) {
	t.Helper()
	if n.passed < 20 || n.denied < 20 {
		t.Errorf("only %d calls passed and %d were denied", n.passed, n.denied)
	}
	fmt.Printf("\n== roles of %s under IAM enforcement: %d needed calls passed, %d forbidden ones denied; %d judged by the policy evaluator alone, %d not proved here (what the emulator lacks or judges on another resource)\n",
		of, n.passed, n.denied, n.byEvaluator, n.unproved)
}

// onlyItsOwnServiceAccountAssumes tries a role with the tokens of others.
func onlyItsOwnServiceAccountAssumes(t *testing.T, aws client, role string, w workload.Workload) {
	t.Helper()
	own := subject(w)
	for what, refused := range map[string]string{
		"another service account's": token(issuer, strings.Replace(own, w.ServiceAccount, "default", 1), "sts.amazonaws.com"),
		"another namespace's":       token(issuer, strings.Replace(own, ":"+w.Namespace+":", ":other:", 1), "sts.amazonaws.com"),
		"another audience's":        token(issuer, own, "https://kubernetes.default.svc"),
		"another cluster's":         token(strings.Replace(issuer, "ABCDEF", "000000", 1), own, "sts.amazonaws.com"),
	} {
		if !aws.denied(assumption(role, refused)) {
			t.Errorf("%s is assumed with %s token", role, what)
		}
	}
}

func subject(w workload.Workload) string {
	return fmt.Sprintf("system:serviceaccount:%s:%s", w.Namespace, w.ServiceAccount)
}

// token is a service account's token. Its signature is AWS's to check, not the emulator's.
func token(issuer, subject, audience string) string {
	part := func(value any) string {
		encoded, _ := json.Marshal(value) // maps of strings always encode
		return base64.RawURLEncoding.EncodeToString(encoded)
	}
	claims := map[string]string{"iss": "https://" + issuer, "sub": subject, "aud": audience}
	return part(map[string]string{"alg": "RS256", "typ": "JWT"}) + "." + part(claims) + ".c2lnbmF0dXJl"
}

func assumption(role, token string) apiCall {
	return apiCall{service: "sts", form: url.Values{
		"Action": {"AssumeRoleWithWebIdentity"}, "RoleArn": {role}, "RoleSessionName": {"proof"}, "WebIdentityToken": {token},
	}}
}

// withoutUnfilled is a copy of statements without the conditions that the emulator can't judge.
func withoutUnfilled(statements []iampolicy.Statement) []iampolicy.Statement {
	var copies []iampolicy.Statement
	for _, s := range statements {
		conditions := iampolicy.Conditions{}
		for operator, keys := range s.Condition {
			kept := maps.Clone(keys)
			maps.DeleteFunc(kept, func(key string, _ iampolicy.Values) bool {
				return slices.ContainsFunc(unfilled, func(prefix string) bool { return strings.HasPrefix(key, prefix) })
			})
			if len(kept) > 0 {
				conditions[operator] = kept
			}
		}
		s.Condition = conditions
		copies = append(copies, s)
	}
	return copies
}
