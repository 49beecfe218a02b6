// Package soundness holds synthesized stacks to what AWS, Terraform and this platform demand of any
// environment: what `terraform validate` does not see and an apply, an outage or a later change does. A check
// knows no environment by name.
package soundness

import (
	"fmt"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/moves"
	"github.com/titan-platform/titan/internal/requestpath"
	"github.com/titan-platform/titan/internal/synth"
)

// Platform is what environments were synthesized to.
type Platform struct {
	Environments []environments.Environment
	Stacks       []synth.Stack // in the order of the table
	graph        *graph.Graph  // of the stacks
}

// Read makes a platform of stacks. It is an error where a string is no expression, and where a reference leads to
// nothing that its stack holds.
func Read(all []environments.Environment, stacks []synth.Stack) (Platform, error) {
	g, err := synth.Graph(stacks...)
	return Platform{all, stacks, g}, err
}

// Check is one promise, and what of a platform breaks it.
type Check struct {
	Name     string
	Problems func(Platform) []string
}

// Checks are all of them.
var Checks = []Check{
	{"a stack needs its own region alone",
		eachStack(func(s synth.Stack, p Platform) []string { return Region(s, p.Stacks) })},
	{"no two resources have one name", func(p Platform) []string { return Names(p.Stacks) }},
	{"aliases stand where AWS keeps them", func(p Platform) []string { return Aliases(p.Stacks) }},
	{"conditions on aliases name keys that have them", func(p Platform) []string { return Conditions(p.Stacks) }},
	{"no policy names a role that may not be there", func(p Platform) []string { return Principals(p.Stacks) }},
	{"a first apply has its order", func(p Platform) []string { return FirstApply(p.graph, false) }},
	{"builds wait for their way out", func(p Platform) []string { return Builds(p.graph) }},
	{"what acts by a role waits for its policies",
		func(p Platform) []string { problems, _ := Roles(p.graph); return problems }},
	{"every role carries the boundary", func(p Platform) []string { return Boundaries(p.Stacks, p.Environments) }},
	{"what holds data is protected", Protection},
	{"moved blocks lead to what is declared",
		eachStack(func(s synth.Stack, _ Platform) []string { return moves.CheckIn(s.Root) })},
	{"texts and tags are what their service takes",
		eachStack(func(s synth.Stack, _ Platform) []string { return Texts(s) })},
	{"alarms are on what is there", alarms},
	{"a request has one way to the nodes", requestPath},
}

// eachStack is a check of each stack by itself.
func eachStack(check func(synth.Stack, Platform) []string) func(Platform) []string {
	return func(p Platform) []string {
		var problems []string
		for _, one := range p.Stacks {
			for _, problem := range check(one, p) {
				problems = append(problems, one.Name+": "+problem)
			}
		}
		return problems
	}
}

func alarms(p Platform) []string {
	var problems []string
	for _, one := range p.Stacks {
		for _, alarm := range one.Resources("aws_cloudwatch_metric_alarm") {
			if namespace, ok := alarm.At("namespace").(string); ok && !Known(namespace) {
				continue // of a service that only an extension uses
			}
			for _, problem := range Alarm(one, p.Stacks, alarm) {
				problems = append(problems, fmt.Sprintf("%s: %s: %s", one.Name, alarm.Address, problem))
			}
		}
	}
	return problems
}

func requestPath(p Platform) []string {
	var problems []string
	for _, environment := range p.Environments {
		if !environment.DNS.Delegated {
			continue // its stacks are left out
		}
		for _, problem := range requestpath.Check(environment, p.graph) {
			problems = append(problems, problem.String())
		}
	}
	return problems
}
