package tests

import (
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/soundness"
	"github.com/titan-platform/titan/internal/synth"
)

// A statement by alias holds for the keys that it names, and those are of one region. Where the pipeline's role names
// its own region's keys for the store of the second one, as it was written before there was a stack a region, the
// condition is right, and the statement allows nothing.
func TestConditionsOnAliasesNameTheAliassRegion(t *testing.T) {
	stacks := committed()
	for _, problem := range soundness.Conditions(stacks) {
		t.Error(problem)
	}
	found := 0
	for _, one := range stacks {
		for _, policy := range one.Policies() {
			for _, statement := range policy.Statements {
				found += len(synth.ConditionOn(statement, "kms:ResourceAliases"))
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d conditions on kms:ResourceAliases", found)
	}
}

func TestAConditionOnAnAliasThatAllowsNothingIsSeen(t *testing.T) {
	const statement = `{"Statement":[{"Sid":"Planted","Effect":"Allow","Action":["kms:Decrypt"],"Resource":["RESOURCE"],` +
		`"Condition":{"ForAnyValue:StringEquals":{"kms:ResourceAliases":["ALIAS"]}}}]}`
	keys := func(region, account string) string { return "arn:aws:kms:" + region + ":" + account + ":key/*" }
	const alias = "alias/titan-prod-second-data"
	for name, c := range map[string]struct{ resource, alias, want string }{
		"right":                 {keys("eu-central-1", "333333333333"), alias, ""},
		"the role's own region": {keys("eu-west-1", "333333333333"), alias, "no stack of 333333333333 makes there"},
		"an alias that nobody has": {keys("eu-central-1", "333333333333"), alias + "s",
			"no stack of 333333333333 makes there"},
		"another account": {keys("eu-central-1", "222222222222"), alias, "no stack of 222222222222 makes there"},
		"every region":    {keys("*", "333333333333"), alias, "want all keys of a region"},
		"one key":         {"${aws_kms_key.encryption_app_kms.arn}", alias, "want all keys of a region"},
	} {
		t.Run(name, func(t *testing.T) {
			stacks := committed()
			policy := strings.NewReplacer("RESOURCE", c.resource, "ALIAS", c.alias).Replace(statement)
			plantIn(t, stacks, "prod", "aws_iam_role_policy", map[string]any{"policy": policy})
			holdsProblem(t, soundness.Conditions(stacks), c.want)
		})
	}
}
