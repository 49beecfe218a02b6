package webacl

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// kinds are the statements by their names in Terraform. A function as each variable, because they call one another.
func kinds() map[string]func(*evaluation, graph.Block) (bool, error) {
	return map[string]func(*evaluation, graph.Block) (bool, error){
		"and_statement":                         (*evaluation).and,
		"or_statement":                          (*evaluation).or,
		"not_statement":                         (*evaluation).not,
		"byte_match_statement":                  (*evaluation).byteMatch,
		"geo_match_statement":                   (*evaluation).geoMatch,
		"ip_set_reference_statement":            (*evaluation).ipSet,
		"label_match_statement":                 (*evaluation).labelMatch,
		"rate_based_statement":                  (*evaluation).rate,
		"regex_match_statement":                 (*evaluation).regexMatch,
		"regex_pattern_set_reference_statement": (*evaluation).regexSet,
		"size_constraint_statement":             (*evaluation).sizeConstraint,
	}
}

// matches is whether the request meets a statement.
func (e *evaluation) matches(statement graph.Block) (bool, error) {
	names := statement.Names()
	if len(names) != 1 {
		return false, fmt.Errorf("%s has the statements %v, want one", statement, names)
	}
	kind, known := kinds()[names[0]]
	inner, ok := statement.Only(names[0])
	if !known || !ok {
		return false, fmt.Errorf("%s: %s is not modelled", statement, names[0])
	}
	return kind(e, inner)
}

func (e *evaluation) and(block graph.Block) (bool, error) {
	for _, statement := range block.Blocks("statement") {
		if matches, err := e.matches(statement); err != nil || !matches {
			return false, err
		}
	}
	return true, nil
}

func (e *evaluation) or(block graph.Block) (bool, error) {
	for _, statement := range block.Blocks("statement") {
		if matches, err := e.matches(statement); err != nil || matches {
			return matches, err
		}
	}
	return false, nil
}

func (e *evaluation) not(block graph.Block) (bool, error) {
	statement, ok := block.Only("statement")
	if !ok {
		return false, fmt.Errorf("%s has not one statement", block)
	}
	matches, err := e.matches(statement)
	return !matches, err
}

func (e *evaluation) geoMatch(block graph.Block) (bool, error) {
	return slices.Contains(block.Texts("country_codes"), e.Country), nil
}

func (e *evaluation) ipSet(block graph.Block) (bool, error) {
	set, ok := block.Reference("arn")
	if !ok {
		return false, fmt.Errorf("%s: arn is %v, want a reference to an IP set", block, block.At("arn"))
	}
	for _, address := range set.To.Block().Texts("addresses") {
		prefix, err := netip.ParsePrefix(address)
		if err != nil {
			return false, fmt.Errorf("%s: address %q: %w", set.To, address, err)
		}
		if prefix.Contains(e.Source) {
			return true, nil
		}
	}
	return false, nil
}

// rate matches once an aggregate of requests has passed the limit (AWS WAF Developer Guide, 'Rate-based rule
// statements'). What is counted is only what the scope-down statement matches.
func (e *evaluation) rate(block graph.Block) (bool, error) {
	limit, ok := block.Number("limit")
	if !ok {
		return false, fmt.Errorf("%s: limit is %v, want a number", block, block.At("limit"))
	}
	if inScope, err := e.inScope(block); err != nil || !inScope {
		return false, err
	}
	return float64(e.Recent) > limit, nil
}

// inScope is whether a request meets the scope-down statement of a rate-based statement or managed rule group.
func (e *evaluation) inScope(block graph.Block) (bool, error) {
	scope, ok := block.Only("scope_down_statement")
	if !ok {
		return true, nil
	}
	return e.matches(scope)
}

func (e *evaluation) byteMatch(block graph.Block) (bool, error) {
	wanted := block.Text("search_string")
	if wanted == "" {
		return false, fmt.Errorf("%s has no search string", block)
	}
	compare := map[string]func(string, string) bool{
		"EXACTLY":     func(text, wanted string) bool { return text == wanted },
		"STARTS_WITH": strings.HasPrefix, "ENDS_WITH": strings.HasSuffix, "CONTAINS": strings.Contains,
	}[block.Text("positional_constraint")]
	if compare == nil {
		return false, fmt.Errorf("%s: positional constraint %q is not modelled", block, block.Text("positional_constraint"))
	}
	return e.anyField(block, func(text string) bool { return compare(text, wanted) })
}

func (e *evaluation) regexMatch(block graph.Block) (bool, error) {
	return e.expressions(block, []string{block.Text("regex_string")})
}

func (e *evaluation) regexSet(block graph.Block) (bool, error) {
	set, ok := block.Reference("arn")
	if !ok {
		return false, fmt.Errorf("%s: arn is %v, want a reference to a regex pattern set", block, block.At("arn"))
	}
	var expressions []string
	for _, expression := range set.To.Block().Blocks("regular_expression") {
		expressions = append(expressions, expression.Text("regex_string"))
	}
	return e.expressions(block, expressions)
}

// expressions is whether one of some expressions is found. WAF takes PCRE; what RE2 can't read is an error.
func (e *evaluation) expressions(block graph.Block, expressions []string) (bool, error) {
	var compiled []*regexp.Regexp
	for _, expression := range expressions {
		one, err := regexp.Compile(expression)
		if err != nil {
			return false, fmt.Errorf("%s: regular expression %q: %w", block, expression, err)
		}
		compiled = append(compiled, one)
	}
	return e.anyField(block, func(text string) bool {
		return slices.ContainsFunc(compiled, func(one *regexp.Regexp) bool { return one.MatchString(text) })
	})
}
