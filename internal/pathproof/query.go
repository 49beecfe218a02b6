package pathproof

import (
	"fmt"
	"strings"
)

// query is a question about an environment. It answers with nothing to ask where the environment has no such thing.
type query struct {
	text string // as the table of invariants has it
	ask  func(f *Facts, s Scope) (found []Reach, asked bool)
}

// reach asks who may open a connection.
func reach(name string) query {
	return query{"who reaches " + name, func(f *Facts, s Scope) ([]Reach, bool) {
		return f.Reach(s.Own, name), len(f.carriersOf(s.Own, name)) > 0
	}}
}

// pods asks which pods the network policies let out to a carrier.
func pods(name string, port int) query {
	return query{fmt.Sprintf("pods that may call %s on %d", name, port), func(f *Facts, s Scope) ([]Reach, bool) {
		return f.Pods(s.Own, name, port), len(f.resources(s.Own, "kubernetes_network_policy_v1")) > 0
	}}
}

func routes(tier string) query {
	return query{"routes of " + tier + " subnets", func(f *Facts, s Scope) ([]Reach, bool) {
		return f.Routes(s.Own, tier), len(f.resources(s.Own, "aws_subnet")) > 0
	}}
}

// setting asks a question that has its own method.
func setting(text string, ask func(f *Facts, stacks []string) []Reach) query {
	return query{text, func(f *Facts, s Scope) ([]Reach, bool) { return ask(f, s.Own), len(s.Own) > 0 }}
}

// can asks who may do one of some actions on targets of a kind: those whose names, without the environment's, are
// given; all where none are.
func can(actions, kind string, named ...string) query {
	text := fmt.Sprintf("%s on %s", actions, strings.TrimPrefix(kind, "aws_"))
	if len(named) > 0 {
		text = fmt.Sprintf("%s on %s", actions, strings.Join(named, ", "))
	}
	return query{text, func(f *Facts, s Scope) ([]Reach, bool) { return f.canAll(s, nil, actions, kind, named) }}
}

// plainly is a can whose requests come without TLS.
func plainly(actions, kind string) query {
	text := actions + " on " + strings.TrimPrefix(kind, "aws_") + " without TLS"
	return query{text, func(f *Facts, s Scope) ([]Reach, bool) {
		return f.canAll(s, keys{"aws:securetransport": {"false"}}, actions, kind, nil)
	}}
}

func (f *Facts) canAll(s Scope, known keys, actions, kind string, named []string) (found []Reach, asked bool) {
	wanted := s.expand(named)
	for _, target := range f.targetsIn(s.all(), kind) {
		isAny := target.Name != "" && !strings.HasPrefix(target.Name, masterOf)
		if len(wanted) > 0 && !anyCovers(wanted, target.Name) || len(named) == 0 && !isAny {
			continue
		}
		asked = true
		found = append(found, f.Who(target, known, strings.Fields(actions)...)...)
	}
	return sorted(found), asked
}
