package tests

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// A statement by alias holds for the keys that it names, and those are of one region. Where the pipeline's role names its
// own region's keys for the store of the second one, as it was written before there was a stack a region, the condition
// is right, and the statement allows nothing.
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

// keysARN are all keys of a region and account.
var keysARN = regexp.MustCompile(`^arn:aws:kms:([a-z0-9-]+):(\d{12}):key/\*$`)

// conditionProblems are the statements with a condition on an alias that allow nothing, because no stack makes it where
// the statement's keys are, or that name one key, whose alias says nothing more.
func soundness.Conditions(stacks []Stack) []string {
	made := madeAliases(stacks)
	var problems []string
	for _, one := range stacks {
		for _, policy := range one.Policies() {
			for _, statement := range policy.Statements {
				for _, problem := range conditionProblemsOf(statement, made) {
					problems = append(problems, fmt.Sprintf("%s: %s %s", one.Name, statement.Address, problem))
				}
			}
		}
	}
	return problems
}

// conditionProblemsOf are those of one statement.
func conditionProblemsOf(statement Block, made map[string]bool) []string {
	var problems []string
	for _, alias := range synth.ConditionOn(statement, "kms:ResourceAliases") {
		for _, resource := range synth.List(statement.At("Resource")) {
			m := keysARN.FindStringSubmatch(fmt.Sprint(resource))
			if m == nil {
				problems = append(problems, fmt.Sprintf("is for %v by the alias %v, want all keys of a region", resource, alias))
			} else if !made[fmt.Sprint(m[1], " ", m[2], " ", alias)] {
				problems = append(problems, fmt.Sprintf("is for keys of %s by the alias %v, which no stack of %s makes there",
					m[1], alias, m[2]))
			}
		}
	}
	return problems
}

func TestAConditionOnAnAliasThatAllowsNothingIsSeen(t *testing.T) {
	const statement = `{"Statement":[{"Sid":"Planted","Effect":"Allow","Action":["kms:Decrypt"],"Resource":["RESOURCE"],` +
		`"Condition":{"ForAnyValue:StringEquals":{"kms:ResourceAliases":["ALIAS"]}}}]}`
	keys := func(region, account string) string { return "arn:aws:kms:" + region + ":" + account + ":key/*" }
	const alias = "alias/titan-prod-second-data"
	for name, c := range map[string]struct{ resource, alias, want string }{
		"right":                    {keys("eu-central-1", "333333333333"), alias, ""},
		"the role's own region":    {keys("eu-west-1", "333333333333"), alias, "no stack of 333333333333 makes there"},
		"an alias that nobody has": {keys("eu-central-1", "333333333333"), alias + "s", "no stack of 333333333333 makes there"},
		"another account":          {keys("eu-central-1", "222222222222"), alias, "no stack of 222222222222 makes there"},
		"every region":             {keys("*", "333333333333"), alias, "want all keys of a region"},
		"one key":                  {"${aws_kms_key.encryption_app_kms.arn}", alias, "want all keys of a region"},
	} {
		t.Run(name, func(t *testing.T) {
			stacks := committed()
			policy := strings.NewReplacer("RESOURCE", c.resource, "ALIAS", c.alias).Replace(statement)
			plantIn(t, stacks, "prod", "aws_iam_role_policy", map[string]any{"policy": policy})
			holdsProblem(t, soundness.Conditions(stacks), c.want)
		})
	}
}
