package emulator

import (
	"strings"
	"testing"
)

func TestXRay(t *testing.T) {
	proxy := nowhere(t)
	xray := func(operation, body string) (int, string) {
		return call(t, proxy, "POST", "/"+operation, "xray", nil, body)
	}
	const group = `"GroupARN":"arn:aws:xray:eu-west-1:000000000000:group/g"`
	for _, step := range []struct {
		operation, body string
		status          int
		want            string
	}{
		{"GetGroup", `{` + group + `}`, 400, "Group not found"},
		{"CreateGroup", `{"GroupName":"g","FilterExpression":"service(\"a\")","InsightsConfiguration":{"InsightsEnabled":true},"Tags":[{"Key":"k","Value":"v"}]}`, 200, group},
		{"GetGroup", `{` + group + `}`, 200, `"InsightsConfiguration":{"InsightsEnabled":true}`},
		{"UpdateGroup", `{` + group + `,"FilterExpression":"service(\"b\")"}`, 200, `service(\"b\")`},
		{"ListTagsForResource", `{"ResourceARN":"arn:aws:xray:eu-west-1:000000000000:group/g"}`, 200, `"Tags":[{"Key":"k","Value":"v"}]`},
		{"Groups", `{}`, 200, `"GroupName":"g"`},
		{"DeleteGroup", `{` + group + `}`, 200, `{}`},
		{"Groups", `{}`, 200, `{"Groups":[]}`},

		{"UpdateSamplingRule", `{"SamplingRuleUpdate":{"RuleName":"r"}}`, 400, "does not exist"},
		{"CreateSamplingRule", `{"SamplingRule":{"RuleName":"r","FixedRate":0.05}}`, 200, `"RuleARN":"arn:aws:xray:eu-west-1:000000000000:sampling-rule/r"`},
		{"UpdateSamplingRule", `{"SamplingRuleUpdate":{"RuleName":"r","FixedRate":0.5}}`, 200, `"FixedRate":0.5`},
		{"GetSamplingRules", `{}`, 200, `"RuleName":"r"`},
		{"DeleteSamplingRule", `{"RuleName":"r"}`, 200, `"RuleName":"r"`},
		{"GetSamplingRules", `{}`, 200, `{"SamplingRuleRecords":[]}`},

		{"EncryptionConfig", ``, 200, `"Type":"NONE"`}, // the call has no body
		{"PutEncryptionConfig", `{"Type":"KMS","KeyId":"arn:key"}`, 200, `"KeyId":"arn:key"`},
		{"EncryptionConfig", ``, 200, `"Type":"KMS"`},
	} {
		if status, body := xray(step.operation, step.body); status != step.status || !strings.Contains(body, step.want) {
			t.Errorf("%s %s: %d %s, want %d %s", step.operation, step.body, status, body, step.status, step.want)
		}
	}
}

// An AWS managed key is there for whoever asks; others are the emulator's.
func TestManagedKeysAreThere(t *testing.T) {
	describe := func(proxy *Proxy, key string) string {
		_, body := call(t, proxy, "POST", "/", "kms", map[string]string{"X-Amz-Target": "TrentService.DescribeKey"}, `{"KeyId":"`+key+`"}`)
		return body
	}
	if body := describe(nowhere(t), "alias/aws/xray"); !strings.Contains(body, `"Arn":"arn:aws:kms:eu-west-1:000000000000:key/`) || !strings.Contains(body, `"KeyManager":"AWS"`) {
		t.Errorf("got %s", body)
	}
	if reply := managedKeys(&Request{Call: Call{Action: "DescribeKey"}, Body: []byte(`{"KeyId":"alias/ours"}`)}); reply != nil {
		t.Errorf("a key of ours was answered for: %s", reply.Body)
	}
}
