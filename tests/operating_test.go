package tests

import (
	"strings"
	"testing"
)

// An upgrade that fails in one node group leaves the next ones as they were, so each waits for the one before it. A
// cluster that holds nothing is made and upgraded all at once.
func TestNodeGroupsOfAProtectedClusterFollowEachOther(t *testing.T) {
	waits := func(name string) int {
		count := 0
		for _, group := range stack(t, name).Resources("aws_eks_node_group") {
			depends, _ := group.At("depends_on").([]any)
			for _, on := range depends {
				if text, _ := on.(string); strings.HasPrefix(text, "aws_eks_node_group.") {
					count++
				}
			}
		}
		return count
	}
	groups := len(stack(t, "prod").Resources("aws_eks_node_group"))
	if got := waits("prod"); got != groups-1 || groups < 2 {
		t.Errorf("of %d groups %d wait for another, want all but the first", groups, got)
	}
	if got := waits("dev"); got != 0 {
		t.Errorf("in development %d groups wait for another", got)
	}
}

// The deployer mends a release before it plans, and only in a run that names one: others skip the stage.
func TestTheDeployerMendsWhatARunNames(t *testing.T) {
	pipeline := stack(t, "prod").Resource(t, "aws_codepipeline", "deployer/pipeline")
	pipeline.WantValue(t, "stage.1.name", "Mend")
	pipeline.WantValue(t, "stage.2.name", "Plan")
	pipeline.WantValue(t, "stage.1.before_entry.condition.result", "SKIP")
	rule := "stage.1.before_entry.condition.rule.0."
	pipeline.WantValue(t, rule+"rule_type_id.provider", "VariableCheck")
	pipeline.WantValue(t, rule+"configuration", map[string]string{
		"Variable": "#{variables.MEND}",
		"Value":    "none",
		"Operator": "NE",
	})
	pipeline.WantValue(t, "variable.1.name", "MEND")
	pipeline.WantValue(t, "variable.1.default_value", "none")
}
