package moves

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
)

// Suggestion is what a change of a stack needs.
type Suggestion struct {
	Moves []Move
	// Open are addresses that are gone while others of their type are new, and which of those each became can't be told.
	Open []Open
}

// Open is an address that is gone, and the new ones that it may have become.
type Open struct {
	Gone string
	May  []string
}

// Suggest compares a stack's JSON before and after a change. A resource was renamed where one is gone and one is new
// of the same type and, on either side, no third is like them: by a name that AWS knows them by, or by all that they
// are made of save references, which are renamed too. What a moved block already leads on is left out.
func Suggest(before, now map[string]any) Suggestion {
	were, are := addresses(before), addresses(now)
	declared := Of(now)
	gone := slices.DeleteFunc(missing(were, are), func(address string) bool { return End(declared, address) != address })
	fresh := slices.DeleteFunc(missing(are, were), func(address string) bool {
		return slices.ContainsFunc(declared, func(one Move) bool { return one.To == address })
	})
	var s Suggestion
	for _, alike := range []func(map[string]any) string{nameOf, contentOf} {
		for _, from := range slices.Clone(gone) {
			to := likeIt(from, were, fresh, are, alike)
			if len(to) != 1 || len(likeIt(to[0], are, gone, were, alike)) != 1 {
				continue
			}
			s.Moves = append(s.Moves, Move{from, to[0]})
			gone, fresh = without(gone, from), without(fresh, to[0])
		}
	}
	for _, address := range gone {
		may := slices.DeleteFunc(slices.Clone(fresh), func(other string) bool { return kindOf(other) != kindOf(address) })
		if len(may) > 0 {
			s.Open = append(s.Open, Open{address, may})
		}
	}
	return s
}

// likeIt are those of others that are of an address's type and like it.
func likeIt(address string, bodies map[string]map[string]any, others []string, otherBodies map[string]map[string]any,
	alike func(map[string]any) string,
) []string {
	want := alike(bodies[address])
	return slices.DeleteFunc(slices.Clone(others), func(other string) bool {
		return want == "" || kindOf(other) != kindOf(address) || alike(otherBodies[other]) != want
	})
}

// nameAttributes are what types of resources are called by in AWS and Kubernetes.
var nameAttributes = []string{
	"name", "bucket", "identifier", "cluster_identifier", "replication_group_id", "cluster_id", "function_name",
	"alarm_name", "dashboard_name", "domain_name", "cluster_name",
}

// nameOf is the name that a resource is called by, empty where it has none or a reference for one.
func nameOf(body map[string]any) string {
	for _, attribute := range nameAttributes {
		name, _ := body[attribute].(string)
		if name == "" {
			continue
		}
		if reference.MatchString(name) {
			return ""
		}
		return attribute + "=" + name
	}
	return ""
}

// reference is one to another block of the stack. None of the platform's holds a brace of its own.
var reference = regexp.MustCompile(`\$\{[^}]*\}`)

// contentOf is what a resource is made of, without its references and CDKTF's note of its path.
func contentOf(body map[string]any) string {
	body = maps.Clone(body)
	for _, attribute := range []string{"//", "depends_on", "lifecycle"} {
		delete(body, attribute) // the last two have addresses that are no expressions
	}
	text, err := json.Marshal(body)
	if err != nil {
		return "" // it was parsed from JSON
	}
	return reference.ReplaceAllString(string(text), "${}")
}

// missing are the addresses of some resources that others lack, sorted.
func missing(some, others map[string]map[string]any) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(some)), func(address string) bool { return others[address] != nil })
}

func without(all []string, one string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(other string) bool { return other == one })
}
