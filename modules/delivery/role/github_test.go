package role

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/titan-platform/titan/internal/target"
)

// trusted are the subjects and audiences that a trust policy compares exactly. Any other condition, statement or
// principal fails the test.
func trusted(t *testing.T, trust string) (subjects, audiences []string) {
	t.Helper()
	var document struct {
		Statement []struct {
			Effect, Action string
			Principal      map[string]string
			Condition      map[string]map[string]any
		}
	}
	if err := json.Unmarshal([]byte(trust), &document); err != nil {
		t.Fatal(err)
	}
	if len(document.Statement) != 1 {
		t.Fatalf("%d statements, want one: %s", len(document.Statement), trust)
	}
	s := document.Statement[0]
	if s.Effect != "Allow" || s.Action != "sts:AssumeRoleWithWebIdentity" ||
		len(s.Principal) != 1 || s.Principal["Federated"] != "provider" {
		t.Errorf("the trust is %s", trust)
	}
	exact := s.Condition["StringEquals"]
	if len(s.Condition) != 1 || len(exact) != 2 {
		t.Errorf("the conditions are %v", s.Condition)
	}
	return list(exact[GitHubIssuer+":sub"]), list(exact[GitHubIssuer+":aud"])
}

// list are the values of a condition, which IAM writes as a string where there is one.
func list(value any) []string {
	many, ok := value.([]any)
	if !ok {
		many = []any{value}
	}
	var texts []string
	for _, one := range many {
		text, _ := one.(string)
		texts = append(texts, text)
	}
	return texts
}

func TestGitHubsRolesTrustSubjectsExactly(t *testing.T) {
	here := target.Target{Partition: "aws", AccountID: "111111111111", Region: "eu-west-1", Boundary: "boundary"}
	config := GitHub{
		PlanName: "titan-github-plan", DeployName: "titan-github-deploy", ProviderARN: "provider",
		Repository: "acme/platform", Environments: []string{"dev", "prod"},
		StateBuckets: []string{"titan-state"}, OriginSecrets: "titan-*-origin-*",
	}
	for _, test := range []struct {
		role Role
		want []string
	}{
		{GitHubPlan(here, config), []string{"repo:acme/platform:pull_request"}},
		{GitHubDeploy(here, config), []string{
			"repo:acme/platform:environment:dev", "repo:acme/platform:environment:dev-plan",
			"repo:acme/platform:environment:prod", "repo:acme/platform:environment:prod-plan",
		}},
	} {
		subjects, audiences := trusted(t, test.role.Trust)
		if !slices.Equal(subjects, test.want) {
			t.Errorf("%s trusts %q, want %q", test.role.Name, subjects, test.want)
		}
		if !slices.Equal(audiences, []string{"sts.amazonaws.com"}) {
			t.Errorf("%s is for %q", test.role.Name, audiences)
		}
		if test.role.Boundary != "boundary" {
			t.Errorf("%s has the boundary %q", test.role.Name, test.role.Boundary)
		}
	}
}
