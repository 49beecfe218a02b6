package stacks

import (
	"runtime"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/app"
	"github.com/titan-platform/titan/stacks/order"
)

// environmentsAKernel is how many environments another jsii kernel has to build at least, to be worth its start:
// that takes as long as two.
const environmentsAKernel = 2

// kernels is how many jsii kernels build so many environments side by side: at most one a core.
func kernels(environments, cores int) int {
	return max(1, min(environments/environmentsAKernel, cores))
}

// share starts helpers that build what this process does not.
func share(app *app.App, all []environments.Environment) error {
	shares := shares(order.All(all), kernels(len(all), runtime.GOMAXPROCS(0)))
	for _, stacks := range shares[1:] {
		if err := app.Start(stacks); err != nil {
			return err
		}
	}
	return nil
}

// shares are the names of a table's stacks, in as many parts as there are kernels. An environment's stacks stay
// together, so that an extension sees it whole; each goes to the part with the fewest stacks.
func shares(table []order.Stack, kernels int) [][]string {
	var names []string
	stacks := map[string][]string{}
	for _, stack := range table {
		if stacks[stack.Environment] == nil {
			names = append(names, stack.Environment)
		}
		stacks[stack.Environment] = append(stacks[stack.Environment], stack.Name)
	}
	parts := make([][]string, kernels)
	for _, name := range names {
		smallest := 0
		for i := range parts {
			if len(parts[i]) < len(parts[smallest]) {
				smallest = i
			}
		}
		parts[smallest] = append(parts[smallest], stacks[name]...)
	}
	return parts
}
