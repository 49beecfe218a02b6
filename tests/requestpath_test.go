package tests

import (
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/requestpath"
	"github.com/titan-platform/titan/stacks/order"
)

// onTheWay are the stacks that a request to an environment passes, by name: its own and its peer's, each with that of
// us-east-1.
func onTheWay(t *testing.T, environment environments.Environment) map[string]Stack {
	t.Helper()
	of := []environments.Environment{environment}
	for _, peer := range []*environments.Peer{environment.Peers.Primary, environment.Peers.Secondary} {
		if peer != nil {
			of = append(of, peer.Environment)
		}
	}
	found := map[string]Stack{}
	for _, one := range of {
		for _, kind := range []order.Kind{order.Environment, order.Global} {
			name := order.Name(one, kind)
			found[name] = stack(t, name)
		}
	}
	return found
}

// mistake is one that is planted in a stack, with what the walk has to say of it.
type mistake struct {
	plant func(t *testing.T, prod, global Stack)
	want  string
}

// TestTheWalkSeesShortcutsAndGaps plants in production what the walk is there to find.
func TestTheWalkSeesShortcutsAndGaps(t *testing.T) {
	environment := loadedNamed(t, "prod")
	for _, mistakes := range []map[string]mistake{
		mistakesInNames, mistakesAtTheEdge, mistakesAtTheLoadBalancer, mistakesAtTheNodes,
	} {
		for name, mistake := range mistakes {
			t.Run(name, func(t *testing.T) {
				planted := copies(onTheWay(t, environment))
				mistake.plant(t, planted["prod"], planted["prod.global"])
				problems := requestpath.Check(environment, graphOf(t, planted))
				seen := slices.ContainsFunc(problems, func(problem requestpath.Problem) bool {
					return strings.Contains(problem.String(), mistake.want)
				})
				if !seen {
					t.Errorf("the walk says %v, want %q", problems, mistake.want)
				}
			})
		}
	}
}
