package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/stacks/order"
)

// catalog is what can be a target: the environments, and every stack of theirs.
type catalog struct {
	environments []environments.Environment
	table        []order.Stack
}

// newCatalog leaves out the platform of emulated environments, where no cluster runs.
func newCatalog(all []environments.Environment) catalog {
	c := catalog{environments: all, table: order.All(all)}
	c.table = order.Part(c.table, func(stack order.Stack) bool {
		return stack.Kind != order.Platform || !c.environmentOf(stack).Emulator
	})
	return c
}

// isOwn is whether a stack is an environment's alone, and not its account's, or a zone that others may be in.
func isOwn(stack order.Stack) bool { return !stack.Shared() && stack.Kind != order.Zone }

// find returns the stacks that a target is, in their order: an environment's own, a part of them, or any one stack.
// whole is the environment, where all of it is meant; else it is nil.
func (c catalog) find(target string, only []string) (
	stacks []order.Stack, whole *environments.Environment, err error,
) {
	i := slices.IndexFunc(c.environments, func(e environments.Environment) bool { return e.Name == target })
	if i < 0 {
		stacks, err = c.findStack(target, only)
		return stacks, nil, err
	}
	environment := c.environments[i]
	own := order.Part(c.table, func(stack order.Stack) bool { return isOwn(stack) && stack.Environment == target })
	if len(own) == 0 {
		return nil, nil, c.undelegated(environment)
	}
	if len(only) == 0 {
		return own, &environment, nil
	}
	if err := c.checkOnly(target, namesOf(own), only); err != nil {
		return nil, nil, err
	}
	return order.Part(c.table, func(stack order.Stack) bool { return slices.Contains(only, stack.Name) }), nil, nil
}

func (c catalog) findStack(target string, only []string) ([]order.Stack, error) {
	found := order.Part(c.table, func(stack order.Stack) bool { return stack.Name == target })
	switch {
	case len(found) == 0:
		return nil, c.unknown(target)
	case len(only) > 0:
		return nil, wrongUsage("--only chooses stacks of an environment, and %q is a stack; leave it out", target)
	}
	return found, nil
}

// standsUnder are the stacks that others stand on, and that are targets of their own: for a whole environment its
// account's stacks and its zone, whoever makes it; for an account's stack or a zone what comes before it. A part of
// an environment is run without asking for more.
func (c catalog) standsUnder(stacks []order.Stack, whole *environments.Environment) []order.Stack {
	var under []order.Stack
	switch {
	case whole != nil:
		under = order.Of(*whole)
		if zone, made := order.ZoneOf(*whole, c.environments); made {
			under = append(append(under, zone), order.Before(c.table, zone.Name)...)
		}
	case !isOwn(stacks[0]):
		under = order.Before(c.table, stacks[0].Name)
	}
	names := namesOf(under)
	return order.Part(c.table, func(stack order.Stack) bool {
		return !isOwn(stack) && slices.Contains(names, stack.Name)
	})
}

// standsOn are the stacks, among others than those given, that stand on one of them: those that come after it, those
// whose names are in its zone, and a secondary's on its primary, which makes the validation records of both
// (docs/design.md, 'Edges that cross').
func (c catalog) standsOn(stacks []order.Stack) []order.Stack {
	given := namesOf(stacks)
	var behind []string
	for _, stack := range stacks {
		behind = append(behind, namesOf(order.Behind(c.table, stack.Name))...)
	}
	return order.Part(c.table, func(stack order.Stack) bool {
		depends := func(one order.Stack) bool { return isOwn(stack) && c.dependsOn(stack, one) }
		return !slices.Contains(given, stack.Name) &&
			(slices.Contains(behind, stack.Name) || slices.ContainsFunc(stacks, depends))
	})
}

// dependsOn is whether a stack of one environment stands on one of another.
func (c catalog) dependsOn(stack, on order.Stack) bool {
	mine, other := c.environmentOf(stack), c.environmentOf(on)
	switch on.Kind {
	case order.Zone:
		return mine.DNS.Zone == other.DNS.Zone
	case order.Environment:
		return mine.DR.Primary == other.Name
	}
	return false
}

// sameAccount are the names of all environments of the accounts of stacks, which is what has to be synthesized for
// them.
func (c catalog) sameAccount(stacks []order.Stack) []string {
	accounts := map[string]bool{}
	for _, stack := range stacks {
		accounts[c.environmentOf(stack).Account.ID] = true
	}
	var names []string
	for _, environment := range c.environments {
		if accounts[environment.Account.ID] {
			names = append(names, environment.Name)
		}
	}
	return names
}

func (c catalog) environmentOf(stack order.Stack) environments.Environment {
	i := slices.IndexFunc(c.environments, func(e environments.Environment) bool { return e.Name == stack.Environment })
	return c.environments[i]
}

// targets are the names of all that can be a target, environments first.
func (c catalog) targets() []string {
	var names []string
	for _, environment := range c.environments {
		names = append(names, environment.Name)
	}
	for _, name := range namesOf(c.table) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

func (c catalog) unknown(target string) error {
	list := ""
	for _, environment := range c.environments {
		list += fmt.Sprintf("\n  %s (%s)", environment.Name, strings.Join(namesOf(c.madeBy(environment)), ", "))
	}
	for _, stack := range c.table {
		if stack.Shared() {
			list += "\n  " + stack.Name
		}
	}
	return wrongUsage("no environment and no stack is called %q%s\nthere are%s",
		target, didYouMean(target, c.targets()), list)
}

// madeBy are the stacks of an environment, with its zone and without what it shares with its account.
func (c catalog) madeBy(environment environments.Environment) []order.Stack {
	return order.Part(c.table, func(stack order.Stack) bool {
		return !stack.Shared() && stack.Environment == environment.Name
	})
}

// checkOnly refuses what is not one of the environment's own stacks.
func (c catalog) checkOnly(environment string, own, only []string) error {
	for _, name := range only {
		if slices.Contains(own, name) {
			continue
		}
		meant := didYouMean(name, own)
		if slices.Contains(c.targets(), name) {
			meant = ", but a target of its own"
		}
		return wrongUsage("--only: %q is no stack of %s%s\nthere are %s", name, environment, meant, strings.Join(own, ", "))
	}
	return nil
}

// undelegated says what to do where an environment's zone is all there is of it.
func (c catalog) undelegated(environment environments.Environment) error {
	zone, _ := order.ZoneOf(environment, c.environments)
	return fmt.Errorf("%s has no stack of its own yet: its zone %s waits for its delegation\n"+
		"deploy %s, make its output name_servers the NS record of %[2]s in the parent domain, "+
		"and remove dns.delegated: false from its file", environment.Name, environment.DNS.Zone, zone.Name)
}

// bootstrap are the bootstrap stacks, whose state is on this machine.
func (c catalog) bootstrap() []order.Stack {
	return order.Part(c.table, func(stack order.Stack) bool { return stack.Kind == order.Bootstrap })
}

func namesOf(stacks []order.Stack) []string {
	var names []string
	for _, stack := range stacks {
		names = append(names, stack.Name)
	}
	return names
}
