package emulator

import (
	"strings"
	"testing"
)

func TestThePullThroughCacheIsKept(t *testing.T) {
	proxy := nowhere(t)
	ecr := func(action, body string) (int, string) {
		target := map[string]string{"X-Amz-Target": "AmazonEC2ContainerRegistry_V20150921." + action}
		return call(t, proxy, "POST", "/", "ecr", target, body)
	}
	const rule, template = `{"ecrRepositoryPrefix":"cache/quay","upstreamRegistryUrl":"quay.io"}`, `{"prefix":"cache/quay","appliedFor":["PULL_THROUGH_CACHE"]}`
	for _, step := range []struct {
		action, body string
		status       int
		says         string
	}{
		{"DescribePullThroughCacheRules", `{"ecrRepositoryPrefixes":["cache/quay"]}`, 400, "PullThroughCacheRuleNotFoundException"},
		{"CreatePullThroughCacheRule", rule, 200, "quay.io"},
		{"CreatePullThroughCacheRule", rule, 400, "PullThroughCacheRuleAlreadyExistsException"},
		{"DescribePullThroughCacheRules", `{"ecrRepositoryPrefixes":["cache/quay"]}`, 200, `"registryId":"000000000000","upstreamRegistryUrl"`},
		{"UpdatePullThroughCacheRule", `{"ecrRepositoryPrefix":"cache/quay","credentialArn":"arn:1"}`, 200, "quay.io"},
		{"DeletePullThroughCacheRule", `{"ecrRepositoryPrefix":"cache/quay"}`, 200, "arn:1"},
		{"DeletePullThroughCacheRule", `{"ecrRepositoryPrefix":"cache/quay"}`, 400, "PullThroughCacheRuleNotFoundException"},
		{"CreateRepositoryCreationTemplate", template, 200, `"repositoryCreationTemplate":{`},
		{"DescribeRepositoryCreationTemplates", `{}`, 200, `"repositoryCreationTemplates":[{`},
		{"DeleteRepositoryCreationTemplate", `{"prefix":"cache/quay"}`, 200, "PULL_THROUGH_CACHE"},
		{"DescribeRepositoryCreationTemplates", `{"prefixes":["cache/quay"]}`, 400, "TemplateNotFoundException"},
	} {
		if status, body := ecr(step.action, step.body); status != step.status || !strings.Contains(body, step.says) {
			t.Errorf("%s %s: %d %s, want %d with %s", step.action, step.body, status, body, step.status, step.says)
		}
	}
}
