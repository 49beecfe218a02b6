package pathproof

import (
	"fmt"
	"slices"
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
		if len(wanted) > 0 && !anyCovers(wanted, target.Name) || len(named) == 0 && target.Name == "" {
			continue
		}
		asked = true
		found = append(found, f.Who(target, known, strings.Fields(actions)...)...)
	}
	return sorted(found), asked
}

// onRoles asks who may do one of some actions on the roles of the environment.
func onRoles(actions string) query {
	return query{actions + " on roles", func(f *Facts, s Scope) (found []Reach, asked bool) {
		for _, role := range f.rolesIn(s.all()) {
			target := &Target{Name: role.Name, ARNs: []string{role.ARN}, Account: role.Account}
			found = append(found, f.Who(target, nil, strings.Fields(actions)...)...)
			asked = true
		}
		return sorted(found), asked
	}}
}

// changes asks what a role may change.
func changes(name string) query {
	return query{"what " + name + " may change", func(f *Facts, s Scope) (found []Reach, asked bool) {
		for _, role := range f.rolesIn(s.Own) {
			if anyCovers(s.expand([]string{name}), role.Name) {
				return f.Changes(role), true
			}
		}
		return nil, false
	}}
}

// assumed asks who assumes the roles, by one of three ways.
func assumed(text string, ask func(*Facts, *Principal) []Reach) query {
	return query{text, func(f *Facts, s Scope) ([]Reach, bool) {
		var found []Reach
		for _, role := range f.rolesIn(s.all()) {
			for _, one := range ask(f, role) {
				one.Who += " as " + role.Name
				found = append(found, one)
			}
		}
		return sorted(found), true
	}}
}

// forAnybody are the services that assume a role without saying for whom.
func forAnybody(f *Facts, p *Principal) []Reach {
	var found []Reach
	for _, reach := range f.trustedServices(p) {
		if strings.HasSuffix(reach.Who, " for anybody") {
			reach.Who = strings.TrimSuffix(reach.Who, " for anybody")
			found = append(found, reach)
		}
	}
	return found
}

// outsiders asks who outside of the account is let to do anything with what its resources' policies guard.
func outsiders() query {
	return query{"anything on any resource, from outside the account", func(f *Facts, s Scope) (found []Reach, asked bool) {
		for _, target := range f.targets {
			if !slices.Contains(s.all(), target.Node.Stack) {
				continue
			}
			service := strings.SplitN(target.ARNs[0], ":", 4)[2]
			for _, p := range f.principals {
				if p.Account == target.Account {
					continue
				}
				if step, ok := allows(p, target, nil, []string{service + ":*"}); ok {
					found = append(found, Reach{p.Name + " on " + target.Name, Chain{step}})
				}
			}
			asked = true
		}
		return sorted(found), asked
	}}
}

// unsaid asks which services a resource's policy lets in without saying for whom.
func unsaid() query {
	const text = "services that a resource lets in for any customer of AWS"
	return query{text, func(f *Facts, s Scope) (found []Reach, asked bool) {
		for _, target := range f.targets {
			if !slices.Contains(s.all(), target.Node.Stack) {
				continue
			}
			for _, st := range target.policies {
				for _, name := range st.principals["Service"] {
					if asked = true; !st.deny && !st.saysForWhom(target.Account) {
						found = append(found, Reach{name + " on " + target.Name, Chain{{name, target.Name, st.by}}})
					}
				}
			}
		}
		return sorted(found), asked
	}}
}

// inAccount asks who may do one of some actions that are on no resource of the stacks.
func inAccount(actions string) query {
	return query{actions, func(f *Facts, s Scope) ([]Reach, bool) {
		target := &Target{Name: "in the account", ARNs: []string{"*"}, Account: s.Account.ID}
		var found []Reach
		for _, reach := range f.Who(target, nil, strings.Fields(actions)...) {
			if reach.Who != OfOthers {
				found = append(found, reach)
			}
		}
		return found, true
	}}
}
