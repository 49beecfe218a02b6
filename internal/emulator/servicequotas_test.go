package emulator

import (
	"strings"
	"testing"
)

func TestServiceQuotas(t *testing.T) {
	proxy := nowhere(t)
	ask := func(action, body string) (int, string) {
		return call(t, proxy, "POST", "/", "servicequotas", map[string]string{"X-Amz-Target": "ServiceQuotasV20190624." + action}, body)
	}
	const vpcs = `{"ServiceCode":"vpc","QuotaCode":"L-F678F1CE"}`
	if status, body := ask("GetServiceQuota", vpcs); status != 400 || !strings.Contains(body, "NoSuchResourceException") {
		t.Errorf("a quota that was never raised: %d %s", status, body)
	}
	if status, body := ask("GetAWSDefaultServiceQuota", vpcs); status != 200 || !strings.Contains(body, `"Value":5`) {
		t.Errorf("AWS's default: %d %s", status, body)
	}
	proxy.SetQuota("eu-west-1", "vpc", "L-F678F1CE", 20)
	for action, want := range map[string]string{
		"GetServiceQuota": `"Value":20`, "GetAWSDefaultServiceQuota": `"Value":5`,
		"ListServiceQuotas": `"Value":20`, "ListAWSDefaultServiceQuotas": `"QuotaCode":"L-FE5A380F"`,
	} {
		if status, body := ask(action, vpcs); status != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: %d %s, want %s", action, status, body, want)
		}
	}
	if _, body := ask("ListServiceQuotas", `{"ServiceCode":"eks"}`); body != `{"Quotas":[]}` {
		t.Errorf("what nobody raised: %s", body)
	}
	for _, action := range []string{"GetAWSDefaultServiceQuota", "ListAWSDefaultServiceQuotas"} {
		if status, body := ask(action, `{"ServiceCode":"none","QuotaCode":"L-0"}`); status != 400 || !strings.Contains(body, "NoSuchResource") {
			t.Errorf("%s of an unknown service: %d %s", action, status, body)
		}
	}
}
