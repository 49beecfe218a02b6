package tests

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/stateful"
	"github.com/titan-platform/titan/internal/synth"
)

// TestEveryTypeIsStatefulOrNot makes whoever adds a type of resource decide whether destroying one loses data.
func TestEveryTypeIsStatefulOrNot(t *testing.T) {
	used := map[string]bool{}
	for _, one := range append(committed(), optionStacks(t)...) {
		for _, kind := range one.Types() {
			used[kind] = true
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(used)) {
		if stateful.Type(kind) == slices.Contains(stateless, kind) {
			t.Errorf(
				"%s: is data lost when one is destroyed? Put it into internal/stateful/kinds if so, "+
					"else into tests/stateless_test.go", kind)
		}
	}
	for _, kind := range stateless {
		if !used[kind] {
			t.Errorf("%s is used nowhere; take it out of tests/stateless_test.go", kind)
		}
	}
}

// Terraform makes new before it destroys old for everything that such a resource depends on, too: a database would be
// made under a name that its predecessor still has.
func TestWhatIsMadeBeforeItsPredecessorGoesDependsOnNoData(t *testing.T) {
	for _, name := range stackNames() {
		declared := stack(t, name)
		bodies := map[string]string{}
		var before []string
		for _, kind := range declared.Types() {
			for _, block := range declared.Resources(kind) {
				bodies[block.Address] = synth.Text(block.Body)
				if block.At("lifecycle.create_before_destroy") == true {
					before = append(before, block.Address)
				}
			}
		}
		for _, begin := range before {
			seen, queue := map[string]bool{}, []string{begin}
			for len(queue) > 0 {
				address := queue[0]
				queue = queue[1:]
				for _, match := range resourceAddress.FindAllString(bodies[address], -1) {
					if kind, _, _ := strings.Cut(match, "."); bodies[match] != "" && !seen[match] {
						seen[match] = true
						queue = append(queue, match)
						// A key has no name that two could not have. Node groups have to be made before; what would replace their cluster
						// replaces all that is in it, and is no apply but a move.
						if stateful.Type(kind) && !slices.Contains([]string{"aws_kms_key", "aws_eks_cluster"}, kind) {
							t.Errorf("%s: %s is made before its predecessor goes, and so %s would be", name, begin, match)
						}
					}
				}
			}
		}
	}
}

// resourceAddress is the address of a resource in a reference or in depends_on.
var resourceAddress = regexp.MustCompile(`[a-z][a-z0-9_]+\.[A-Za-z0-9_-]+`)
