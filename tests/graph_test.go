package tests

import (
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/synth"
)

// A stack that reads the state of another region can't be planned while that region is lost.
func TestNoStackReadsAnotherRegionsState(t *testing.T) {
	for _, problem := range foreignStates(t, graphOf(t, synthesized)) {
		t.Error(problem)
	}
	planted := copies(synthesized)
	synth.Object(planted["prod.global"].Root, "data")["terraform_remote_state"] = map[string]any{
		"planted": map[string]any{
			"backend": "s3",
			"config":  synth.Object(planted["prod"].Root, "terraform", "backend", "s3"),
		},
	}
	problems := foreignStates(t, graphOf(t, planted))
	if len(problems) != 1 || !strings.Contains(problems[0], "prod.global: data.terraform_remote_state.planted reads") {
		t.Errorf("a reference into another region's state was planted, and seen are %v", problems)
	}
}

func foreignStates(t *testing.T, all *graph.Graph) []string {
	t.Helper()
	var problems []string
	for _, state := range all.Data("terraform_remote_state") {
		if here := string(tabled(t, state.Stack).Region); state.Text("config.region") != here {
			problems = append(problems, fmt.Sprintf("%s reads %s in %s, and its stack is in %s",
				state, state.Text("config.key"), state.Text("config.region"), here))
		}
	}
	return problems
}
