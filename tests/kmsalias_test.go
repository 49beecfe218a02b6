package tests

import (
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/soundness"
	"github.com/titan-platform/titan/internal/synth"
)

// A stack names another's key by its alias, because the key's id is AWS's to choose.
func TestAliasesStandWhereAWSKeepsThem(t *testing.T) {
	stacks := committed()
	for _, problem := range soundness.Aliases(stacks) {
		t.Error(problem)
	}
	named := 0
	for _, one := range stacks {
		synth.EachValue("", one.Root, func(_ string, value any) {
			if text, ok := value.(string); ok && strings.HasPrefix(text, "arn:aws:kms:") && strings.Contains(text, ":alias/") {
				named++
			}
		})
	}
	if named < 30 {
		t.Errorf("only %d aliases are named", named)
	}
}

func TestAnAliasInAWrongPlaceIsSeen(t *testing.T) {
	const plain = "alias/titan-prod-second-secrets"
	const secrets = "arn:aws:kms:eu-central-1:333333333333:" + plain
	const elsewhere = "arn:aws:kms:eu-west-1:333333333333:" + plain
	replica := func(key string) map[string]any {
		return map[string]any{"replica": []any{map[string]any{"kms_key_id": key}}}
	}
	own := func(key string) map[string]any { return map[string]any{"kms_key_id": key} }
	policy := map[string]any{"policy": `{"Statement":[{"Action":"kms:Decrypt","Resource":["` + secrets + `"]}]}`}

	for name, c := range map[string]struct {
		kind string
		body map[string]any
		want string // empty is no problem
	}{
		"a database's key":             {"aws_rds_cluster", own(secrets), "AWS would answer with its key"},
		"a snapshot's key":             {"aws_rds_cluster_snapshot_copy", own(plain), "name the key, or the alias' ARN"},
		"a secret's key":               {"aws_secretsmanager_secret", own(secrets), "AWS would answer with its key"},
		"a replica's key":              {"aws_secretsmanager_secret", replica(secrets), ""},
		"a replica's key elsewhere":    {"aws_secretsmanager_secret", replica(elsewhere), "which no stack makes there"},
		"a replica's key of no region": {"aws_secretsmanager_secret", replica(plain), "name the key, or the alias' ARN"},
		"AWS's own for a replica":      {"aws_secretsmanager_secret", replica("alias/aws/secretsmanager"), ""},
		"AWS's own for a topic":        {"aws_sns_topic", own("alias/aws/sns"), "name the key, or the alias' ARN"},
		"a policy on an alias":         {"aws_iam_role_policy", policy, "name key/* and condition kms:ResourceAliases"},
	} {
		t.Run(name, func(t *testing.T) {
			stacks := committed()
			plantIn(t, stacks, "prod", c.kind, c.body)
			holdsProblem(t, soundness.Aliases(stacks), c.want)
		})
	}
}
