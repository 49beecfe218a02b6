package eventpattern

import (
	"fmt"
	"maps"
	"slices"
)

// maxCombinations is what the $or of a pattern may multiply to (EventBridge User Guide, 'Complex example with $or
// matching').
const maxCombinations = 1000

// checkAlternatives refuses what EventBridge refuses of $or, and what it would read in another way than it is
// written.
func checkAlternatives(root *object) error {
	if n := root.combinations(); n > maxCombinations {
		return fmt.Errorf("$or makes %d combinations, of %d that EventBridge takes", n, maxCombinations)
	}
	_, err := root.paths("")
	return err
}

// combinations is what the $or lists multiply to.
func (o *object) combinations() int {
	product := 1
	for _, nested := range o.objects {
		product *= nested.combinations()
	}
	for _, alternatives := range o.ors {
		sum := 0
		for _, alternative := range alternatives {
			sum += alternative.combinations()
		}
		product *= sum
	}
	return product
}

// paths are the fields with conditions, by their path. One that stands in $or and beside it is refused: EventBridge
// takes the last list alone for each combination ('Event pattern syntax', considerations), so that the first would
// say nothing.
func (o *object) paths(path string) (map[string]bool, error) {
	named := map[string]bool{}
	for name := range o.leaves {
		named[join(path, name)] = true
	}
	for name, nested := range o.objects {
		deeper, err := nested.paths(join(path, name))
		if err != nil {
			return nil, err
		}
		maps.Copy(named, deeper)
	}
	for _, alternatives := range o.ors {
		inside := map[string]bool{}
		for _, alternative := range alternatives {
			deeper, err := alternative.paths(path)
			if err != nil {
				return nil, err
			}
			maps.Copy(inside, deeper)
		}
		for _, field := range slices.Sorted(maps.Keys(inside)) {
			if named[field] {
				return nil, fmt.Errorf("%s: stands in %s and beside it; EventBridge reads one of the two",
					field, join(path, or))
			}
		}
		maps.Copy(named, inside)
	}
	return named, nil
}
