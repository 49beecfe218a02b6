package irsa

import (
	"testing"

	"github.com/titan-platform/titan/modules/irsa/workload"
)

func TestTrustIsForOneServiceAccount(t *testing.T) {
	got := Trust("arn:aws:iam::333333333333:oidc-provider/oidc.example/id/A", "oidc.example/id/A", workload.Workload{
		Namespace:      "birthday",
		ServiceAccount: "app",
	})
	want := `{"Version":"2012-10-17","Statement":[{"Sid":"ServiceAccount","Effect":"Allow",` +
		`"Principal":{"Federated":"arn:aws:iam::333333333333:oidc-provider/oidc.example/id/A"},` +
		`"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"oidc.example/id/A:aud":"sts.amazonaws.com",` +
		`"oidc.example/id/A:sub":"system:serviceaccount:birthday:app"}}}]}`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
