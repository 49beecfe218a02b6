package tests

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/graph"
)

// TestEveryReferenceLeadsToWhatItsStackHolds reads all stacks as one graph, which refuses an expression that is none and a reference to
// what its stack does not hold: in blocks of every provider, those that no validation here can have, too.
func TestEveryReferenceLeadsToWhatItsStackHolds(t *testing.T) {
	all := graphOf(t, synthesized)
	for _, name := range stackNames() {
		if !slices.ContainsFunc(all.Nodes(), func(node *graph.Node) bool { return node.Stack == name && len(node.References()) > 0 }) {
			t.Errorf("nothing in %s refers to anything", name)
		}
	}
}

// A stack that reads the state of another region can't be planned while that region is lost.
func TestNoStackReadsAnotherRegionsState(t *testing.T) {
	for _, problem := range foreignStates(t, graphOf(t, synthesized)) {
		t.Error(problem)
	}
	planted := copies(synthesized)
	synth.Object(planted["prod.global"].Root, "data")["terraform_remote_state"] = map[string]any{
		"planted": map[string]any{"backend": "s3", "config": synth.Object(planted["prod"].Root, "terraform", "backend", "s3")},
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
