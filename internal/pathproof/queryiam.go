package pathproof

import (
	"slices"
	"strings"
)

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
		for _, role := range f.rolesIn(s.all()) {
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
		return f.Who(target, nil, strings.Fields(actions)...), true
	}}
}
