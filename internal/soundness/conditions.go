package soundness

import (
	"fmt"
	"regexp"

	"github.com/titan-platform/titan/internal/synth"
)

// keysARN are all keys of a region and account.
var keysARN = regexp.MustCompile(`^arn:aws:kms:([a-z0-9-]+):(\d{12}):key/\*$`)

// Conditions are the statements with a condition on an alias that allow nothing, because no stack makes it where
// the statement's keys are, or that name one key, whose alias says nothing more.
func Conditions(stacks []synth.Stack) []string {
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
func conditionProblemsOf(statement synth.Block, made map[string]bool) []string {
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
