package synth

import (
	"encoding/json"
	"fmt"

	"github.com/titan-platform/titan/internal/graph"
)

// Graph reads stacks, as they are now, as one graph. It is an error where a string is no expression, and where a
// reference leads to nothing that its stack holds.
func Graph(stacks ...Stack) (*graph.Graph, error) {
	var read []graph.Stack
	for _, one := range stacks {
		text, err := json.Marshal(one.Root)
		if err != nil {
			return nil, fmt.Errorf("encoding stack %q: %w", one.Name, err)
		}
		read = append(read, graph.Stack{Name: one.Name, JSON: text})
	}
	return graph.Read(read...)
}
