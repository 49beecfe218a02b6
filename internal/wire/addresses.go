package wire

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

// Addresses tells which Terraform resource a request is about: the one that shares most of its rare values with it.
type Addresses struct {
	holders map[string]map[string]bool // addresses by value
}

// NewAddresses knows no resource yet.
func NewAddresses() *Addresses { return &Addresses{holders: map[string]map[string]bool{}} }

// leastRare is how long a value is that may tell resources apart.
const leastRare = 4

// Learn adds a resource's arguments.
func (a *Addresses) Learn(address string, arguments any) {
	for value := range leaves(arguments) {
		if len(value) < leastRare || strings.Contains(value, "${") {
			continue
		}
		if a.holders[value] == nil {
			a.holders[value] = map[string]bool{}
		}
		a.holders[value][address] = true
	}
}

// LearnShown adds the resources of a plan or a state of a stack, in the JSON of `terraform show -json`.
func (a *Addresses) LearnShown(stack string, shown []byte) error {
	type values struct {
		RootModule struct {
			Resources []struct {
				Address string
				Values  any
			}
		} `json:"root_module"`
	}
	var content struct {
		Values        values
		PlannedValues values `json:"planned_values"`
	}
	if err := json.Unmarshal(shown, &content); err != nil {
		return fmt.Errorf("learning addresses of %q: %w", stack, err)
	}
	all := slices.Concat(content.Values.RootModule.Resources, content.PlannedValues.RootModule.Resources)
	for _, resource := range all {
		a.Learn(stack+": "+resource.Address, resource.Values)
	}
	return nil
}

const (
	leastScore = 0.5 // below, a request shares nothing with a resource that others don't have too
	maxRivals  = 3   // addresses that are as likely
)

// of is the address of the resource that a call is about; several where they are as likely, none where nothing tells.
func (a *Addresses) of(call *protocol.Call) string {
	if a == nil {
		return ""
	}
	scores, best := map[string]float64{}, 0.0
	for value := range leaves(call.Input) {
		for address := range a.holders[value] {
			scores[address] += 1 / float64(len(a.holders[value]))
			best = max(best, scores[address])
		}
	}
	if best < leastScore {
		return ""
	}
	maps.DeleteFunc(scores, func(_ string, score float64) bool { return score < best*0.99 })
	rivals := slices.Sorted(maps.Keys(scores))
	return strings.Join(rivals[:min(len(rivals), maxRivals)], " | ")
}

// leaves are the texts in a value, each once.
func leaves(value any) map[string]bool {
	found := map[string]bool{}
	var visit func(any)
	visit = func(value any) {
		switch v := value.(type) {
		case map[string]any:
			for _, inner := range v {
				visit(inner)
			}
		case []any:
			for _, inner := range v {
				visit(inner)
			}
		case string:
			found[v] = true
		}
	}
	visit(value)
	return found
}
