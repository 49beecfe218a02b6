package cloudfront

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// DefaultBehavior is the path pattern that the console shows for the default cache behaviour.
const DefaultBehavior = "Default (*)"

// choose takes the first cache behaviour whose path pattern matches.
func (s *serving) choose() (bool, error) {
	var err error
	s.behavior, s.response.Behavior, err = s.behaviorOf(s.Path)
	return false, err
}

// behaviorOf is the cache behaviour of a path, and its pattern. Patterns are compared in the order in which they are
// listed, with regard to case and without the query: * stands for any characters, ? for one, and a pattern may lack
// the leading slash (CloudFront Developer Guide, 'Path pattern').
func (d Distribution) behaviorOf(path string) (graph.Block, string, error) {
	for _, behavior := range d.Blocks("ordered_cache_behavior") {
		pattern := behavior.Text("path_pattern")
		if pattern == "" {
			return graph.Block{}, "", fmt.Errorf("%s has no path pattern", behavior)
		}
		expression := regexp.QuoteMeta("/" + strings.TrimPrefix(pattern, "/"))
		expression = strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(expression)
		if regexp.MustCompile("(?s)^" + expression + "$").MatchString(path) {
			return behavior, pattern, nil
		}
	}
	behavior, ok := d.Only("default_cache_behavior")
	if !ok {
		return graph.Block{}, "", fmt.Errorf("%s has no default cache behaviour", d)
	}
	return behavior, DefaultBehavior, nil
}

// policy is a policy that a behaviour refers to, and whether it names one.
func policy(behavior graph.Block, argument string) (graph.Block, bool, error) {
	if behavior.At(argument) == nil {
		return graph.Block{}, false, nil
	}
	edge, ok := behavior.Reference(argument)
	if !ok || edge.To.Section != graph.Resource {
		return graph.Block{}, false, fmt.Errorf(
			"%s: %s is %v, want a reference to a policy of one's own: AWS's are not modelled",
			behavior, argument, behavior.At(argument))
	}
	return edge.To.Block(), true, nil
}

// origin is an origin of the distribution by its id.
func (d Distribution) origin(id string) (graph.Block, bool) {
	for _, origin := range d.Blocks("origin") {
		if origin.Text("origin_id") == id {
			return origin, true
		}
	}
	return graph.Block{}, false
}

// members are the origins that a behaviour's target stands for, in their order, and the status codes by which its
// group fails over; a single origin has none.
func (d Distribution) members(target string) ([]graph.Block, map[int]bool, error) {
	if origin, ok := d.origin(target); ok {
		return []graph.Block{origin}, nil, nil
	}
	for _, group := range d.Blocks("origin_group") {
		if group.Text("origin_id") != target {
			continue
		}
		codes := map[int]bool{}
		list, _ := group.At("failover_criteria.status_codes").([]any)
		for _, code := range list {
			if number, ok := code.(float64); ok {
				codes[int(number)] = true
			}
		}
		var members []graph.Block
		for _, member := range group.Blocks("member") {
			origin, ok := d.origin(member.Text("origin_id"))
			if !ok {
				return nil, nil, fmt.Errorf("%s: origin %q is none", member, member.Text("origin_id"))
			}
			members = append(members, origin)
		}
		return members, codes, nil
	}
	return nil, nil, fmt.Errorf("%s: target origin %q is none", d, target)
}
