package quotas

import "testing"

// A refusal names what to ask AWS for, or that asking is in vain.
func TestAQuotaSaysWhetherItIsRaised(t *testing.T) {
	for want, quota := range map[string]Quota{
		`"Certificates per Application Load Balancer (excluding default certificates)" of elasticloadbalancing ` +
			`(L-9365A611), by default 25`: ListenerCertificates,
		`"Cache behaviors per distribution" of cloudfront, by default 75`:                     Behaviors,
		`"Condition Values per Rule" of elasticloadbalancing, 5, which AWS raises for nobody`: ConditionValues,
	} {
		if got := quota.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
