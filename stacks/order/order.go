// Package order is the table of the stacks: which there are, in which region each lives, where its state lies,
// and which stand before it. It says so of an environment's file, without a construct, for whoever builds the
// stacks and whoever runs them.
//
// A stack has one AWS provider, in one region. What is in another region is named, never asked: so with a region gone,
// every stack that lives elsewhere can still be planned and applied.
package order

import (
	"fmt"
	"slices"

	"github.com/titan-platform/titan/environments"
)

// Kind is what a stack holds.
type Kind string

// The kinds, in the order in which a first deployment makes them.
const (
	Bootstrap   Kind = "bootstrap"   // an account's state and access logs in a region, copies of other state
	Account     Kind = "account"     // what an account has once a region, and in its first one what it has once
	Zone        Kind = "zone"        // the hosted zone
	Second      Kind = "second"      // what copies and replicas need in the second region
	Environment Kind = "environment" // the environment in AWS
	Global      Kind = "global"      // us-east-1: who serves, failover, distribution
	Platform    Kind = "platform"    // everything in the cluster
)

// Kinds are all of them, in that order.
var Kinds = []Kind{Bootstrap, Account, Zone, Second, Environment, Global, Platform}

// Known is whether there are stacks of the kind.
func (k Kind) Known() bool { return slices.Contains(Kinds, k) }

// Separator ends an environment's name in the names of its stacks. No environment's name may hold it.
const Separator = "."

// Stack is one stack of the table.
type Stack struct {
	Name string // as `cdktf list` has it: prod, prod.global, bootstrap.production.eu-west-1
	Kind Kind
	// Environment is by whose file it is made; of a shared stack, the first of the account's that needs it.
	Environment string
	Region      environments.Region // of its AWS provider
	// StateRegion is where its state lies, in the account's bucket there. Empty is a local file, of
	// bootstrap stacks alone.
	StateRegion environments.Region
	After       []string // the stacks that are applied before it
}

// Shared is whether a stack belongs to its account, and not to one environment.
func (s Stack) Shared() bool { return s.Kind == Bootstrap || s.Kind == Account }

// StateKey is where a stack's state is in its bucket.
func (s Stack) StateKey() string { return StateKey(s.Name) }

// StateKey is where the state of a stack is in its bucket.
func StateKey(stack string) string { return stack + "/terraform.tfstate" }

// Name is the name of an environment's stack of a kind.
func Name(environment environments.Environment, kind Kind) string {
	if kind == Environment {
		return environment.Name
	}
	return environment.Name + Separator + string(kind)
}

// SharedName is the name of an account's stack of a kind in a region.
func SharedName(base environments.Base, kind Kind) string {
	return sharedName(base.Account, base.Region, kind)
}

func sharedName(account environments.Account, region environments.Region, kind Kind) string {
	return fmt.Sprintf("%s%s%s%s%s", kind, Separator, account.Name, Separator, region)
}

// Of are the stacks that an environment needs, in their order. While its zone waits for its delegation, those are the
// zone's and what that needs: the others are left out, and stay as they are.
func Of(environment environments.Environment) []Stack {
	e := environment
	var stacks []Stack
	add := func(kind Kind, region, state environments.Region, after ...string) {
		stacks = append(stacks, Stack{
			Name:        Name(e, kind),
			Kind:        kind,
			Environment: e.Name,
			Region:      region,
			StateRegion: state,
			After:       after,
		})
	}
	for _, base := range e.Bases {
		stacks = append(stacks, Stack{
			Name:        SharedName(base, Bootstrap),
			Kind:        Bootstrap,
			Environment: e.Name,
			Region:      base.Region,
		})
	}
	for _, base := range firstFirst(e.Bases) {
		stacks = append(stacks, account(e.Name, base))
	}
	far := sharedName(e.Account, e.GlobalStateRegion(), Bootstrap)
	before := []string{sharedName(e.Account, e.Region, Account)}
	if e.DNS.CreateZone {
		add(Zone, environments.GlobalRegion, e.GlobalStateRegion(), far)
		before = append(before, Name(e, Zone))
	}
	if !e.DNS.Delegated {
		return stacks
	}
	if e.SecondRegion != "" {
		add(Second, e.SecondRegion, e.SecondRegion, sharedName(e.Account, e.SecondRegion, Account))
		before = append(before, Name(e, Second))
	}
	add(Environment, e.Region, e.Region, before...)
	add(Global, environments.GlobalRegion, e.GlobalStateRegion(), far, Name(e, Environment))
	add(Platform, e.Region, e.Region, Name(e, Environment))
	return stacks
}

// firstFirst are bases with the account's first region before the others.
func firstFirst(bases []environments.Base) []environments.Base {
	var first, others []environments.Base
	for _, base := range bases {
		if base.First() {
			first = append(first, base)
		} else {
			others = append(others, base)
		}
	}
	return append(first, others...)
}

// account is the account's stack of a region. It replicates the state, which needs both ends, and its roles carry the
// boundary that the stack of the first region makes.
func account(environment string, base environments.Base) Stack {
	after := []string{SharedName(base, Bootstrap)}
	for _, region := range base.ReplicatesTo {
		after = append(after, sharedName(base.Account, region, Bootstrap))
	}
	if !base.First() {
		after = append(after, sharedName(base.Account, base.Account.Region, Account))
	}
	return Stack{
		Name:        SharedName(base, Account),
		Kind:        Account,
		Environment: environment,
		Region:      base.Region,
		StateRegion: base.Region,
		After:       after,
	}
}

// All are the stacks of environments, each once: those of their accounts first, then environment by environment.
func All(all []environments.Environment) []Stack {
	var stacks []Stack
	for _, shared := range []bool{true, false} {
		for _, environment := range all {
			for _, stack := range Of(environment) {
				known := slices.ContainsFunc(stacks, func(other Stack) bool { return other.Name == stack.Name })
				if stack.Shared() == shared && !known {
					stacks = append(stacks, stack)
				}
			}
		}
	}
	return stacks
}
