package compare

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Every policy that the platform declares can be read, equals itself with its statements and lists turned round, and is
// narrower than everything.
func TestEveryPolicyOfThePlatformIsKnown(t *testing.T) {
	policies := platformPolicies(t)
	if len(policies) < 100 {
		t.Fatalf("only %d policies found in the golden files", len(policies))
	}
	for _, text := range policies {
		var policy any
		if err := json.Unmarshal([]byte(text), &policy); err != nil {
			t.Fatal(err)
		}
		turned := encodePolicy(t, reversed(policy).(map[string]any))
		if result, err := Policies([]byte(text), []byte(turned)); err != nil || result.Relation != Equal {
			t.Errorf("%s %v\n%v\n%s\n%s", result.Relation, err, result.Added, text, turned)
		}
		if result, err := Policies([]byte(text), []byte(allowingAll)); err != nil || result.Relation != Wider {
			t.Errorf("everything is not wider: %s %v\n%v\n%s", result.Relation, err, result.Added, text)
		}
	}
}

// allowingAll allows everything to everyone, as identity and as resource policy.
const allowingAll = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
	"Principal":{"AWS":"*","Service":"*","Federated":"*"},
	"Action":"*","Resource":"*"},{"Effect":"Allow","Action":"*","Resource":"*"},
	{"Effect":"Allow","Principal":{"AWS":"*","Service":"*","Federated":"*"},"Action":"*"}]}`

// platformPolicies are the distinct policy documents in the golden files.
func platformPolicies(t *testing.T) []string {
	files, err := filepath.Glob("../../../tests/golden/*.json")
	if err != nil {
		t.Fatal(err)
	}
	var policies []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var stack any
		if err := json.Unmarshal(text, &stack); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		collect(stack, &policies)
	}
	slices.Sort(policies)
	return slices.Compact(policies)
}

func collect(value any, policies *[]string) {
	switch v := value.(type) {
	case string:
		if strings.HasPrefix(v, `{"Version"`) && strings.Contains(v, `"Statement"`) {
			*policies = append(*policies, v)
		}
	case []any:
		for _, item := range v {
			collect(item, policies)
		}
	case map[string]any:
		for _, member := range v {
			collect(member, policies)
		}
	}
}

// reversed turns every list round.
func reversed(value any) any {
	switch v := value.(type) {
	case []any:
		turned := []any{}
		for _, item := range slices.Backward(v) {
			turned = append(turned, reversed(item))
		}
		return turned
	case map[string]any:
		turned := map[string]any{}
		for name, member := range v {
			turned[name] = reversed(member)
		}
		return turned
	}
	return value
}
