// Package golden reads, for tests alone, what an environment needs from the golden files, which
// are what is synthesized.
package golden

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/preflight/needs"
	"github.com/titan-platform/titan/stacks/order"
)

// Needs are those of a committed environment. root is the repository's, seen from the test.
func Needs(t *testing.T, root, environment string) *needs.Needs {
	t.Helper()
	all, err := environments.Load(filepath.Join(root, "tests", "fixtures", "platform"), environment)
	if err != nil {
		t.Fatal(err)
	}
	var stacks []graph.Stack
	for _, stack := range order.Of(all[0]) {
		text, err := os.ReadFile(filepath.Join(root, "tests", "golden", stack.Name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		stacks = append(stacks, graph.Stack{Name: stack.Name, JSON: text})
	}
	n, err := needs.Read(stacks...)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
