package compare

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// parseStatement reads one statement. It makes the predicates in the order in which a difference is told: who, what, on
// what, under which conditions.
func parseStatement(raw json.RawMessage, variables bool) (effect string, s statement, err error) {
	elements, err := object(raw, "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction",
		"Resource", "NotResource", "Condition")
	if err != nil {
		return "", statement{}, err
	}
	if raw, there := elements["Sid"]; there {
		if err := json.Unmarshal(raw, &s.sid); err != nil {
			return "", statement{}, fmt.Errorf("its Sid: %w", err)
		}
	}
	if err := json.Unmarshal(elements["Effect"], &effect); err != nil || effect != "Allow" && effect != "Deny" {
		return "", statement{}, fmt.Errorf("%q has the Effect %s: the allowed ones are Allow and Deny",
			s.sid, elements["Effect"])
	}
	elements["Effect"] = json.RawMessage(effect)
	for _, part := range []func(map[string]json.RawMessage, bool) ([]predicate, error){
		parsePrincipals, parseActions, parseResources,
	} {
		predicates, err := part(elements, variables)
		if err != nil {
			return "", statement{}, fmt.Errorf("%q: %w", s.sid, err)
		}
		s.predicates = append(s.predicates, predicates...)
	}
	if raw, there := elements["Condition"]; there {
		conditions, err := parseConditions(raw, variables)
		if err != nil {
			return "", statement{}, fmt.Errorf("%q: %w", s.sid, err)
		}
		s.predicates = append(s.predicates, conditions...)
	}
	s.predicates = append(s.predicates, resolved(s.predicates)...)
	return effect, s, nil
}

// resolved asserts of each policy variable that it has a value: without one 'the entire statement' may be invalid (IAM
// User Guide, 'IAM policy elements: Variables and tags'). A default value makes sure of one.
func resolved(predicates []predicate) []predicate {
	var names []string
	for _, p := range predicates {
		if p.aspect == whom {
			continue // principals take no variables
		}
		for _, pattern := range p.patterns {
			names = append(names, pattern.variables()...)
		}
	}
	slices.Sort(names)
	var assertions []predicate
	for _, name := range slices.Compact(names) {
		if key, fallback, _ := strings.Cut(strings.TrimSuffix(name, ", ignoring case"), ","); fallback == "" {
			assertions = append(assertions, asserted("", "${"+key+"}", key+" has a value"))
		}
	}
	return assertions
}

// parseActions reads Action or NotAction. Actions know no case.
func parseActions(elements map[string]json.RawMessage, _ bool) ([]predicate, error) {
	texts, negate, err := either(elements, "Action")
	if err != nil {
		return nil, err
	}
	p := predicate{dimension: dimension{aspect: does}, negate: negate}
	for _, text := range texts {
		folded := syntax{wildcards: true}.parse(strings.ToLower(text))
		p.patterns = append(p.patterns, newPattern(text, folded.steps))
	}
	return []predicate{p}, nil
}

// unnamed stands for the resource that a trust policy is attached to, and for the identity that a policy without
// Principal is.
const unnamed = "(unnamed)"

// parseResources reads Resource or NotResource. A wildcard may match colons, as a trailing one does (IAM User Guide,
// 'IAM JSON policy elements: Resource').
func parseResources(elements map[string]json.RawMessage, variables bool) ([]predicate, error) {
	p := predicate{dimension: dimension{aspect: onWhat}}
	if elements["Resource"] == nil && elements["NotResource"] == nil {
		p.patterns = []*pattern{newPattern(unnamed, literally(unnamed))}
		return []predicate{p}, nil
	}
	texts, negate, err := either(elements, "Resource")
	if err != nil {
		return nil, err
	}
	p.negate = negate
	for _, text := range texts {
		p.patterns = append(p.patterns, syntax{wildcards: true, variables: variables}.parse(text))
	}
	return []predicate{p}, nil
}

// either is the texts of an element or of its opposite, Not….
func either(elements map[string]json.RawMessage, name string) (texts []string, negate bool, err error) {
	raw, negated := elements[name], elements["Not"+name]
	if raw != nil && negated != nil {
		return nil, false, fmt.Errorf("it has both %s and Not%s: AWS takes one of them", name, name)
	}
	if negated != nil {
		raw, negate, name = negated, true, "Not"+name
	}
	if texts, err = words(raw); err != nil {
		return nil, false, fmt.Errorf("its %s: %w", name, err)
	}
	if len(texts) == 0 {
		return nil, false, fmt.Errorf("its %s is empty: AWS refuses that", name)
	}
	return texts, negate, nil
}
