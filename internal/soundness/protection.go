package soundness

import (
	"fmt"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/stateful"
	"github.com/titan-platform/titan/internal/synth"
)

// Protection is what holds data and is not protected as its environment's file says, wherever it is made.
func Protection(p Platform) []string {
	var problems []string
	for _, one := range p.Stacks {
		environment := environmentOf(one, p.Environments)
		protected := environment.Protected()
		if one.Place.Shared() {
			protected = environment.Base(one.Place.Region).Protected() // the strictest of the account's files
		}
		for _, resource := range HoldingData(one) {
			// A standby's database is a copy, which the next restore replaces.
			copied := environment.Standby() && strings.HasPrefix(resource.Address, "aws_rds_cluster.")
			want, got := protected && !copied, resource.At("lifecycle.prevent_destroy") == true
			if want != got {
				problems = append(problems,
					fmt.Sprintf("%s: %s has prevent_destroy %v, want %v", one.Name, resource.Address, got, want))
			}
		}
	}
	return problems
}

// HoldingData are the resources of a stack that hold data.
func HoldingData(s synth.Stack) []synth.Block {
	var resources []synth.Block
	for _, kind := range s.Types() {
		if stateful.Type(kind) {
			resources = append(resources, s.Resources(kind)...)
		}
	}
	return resources
}

// environmentOf is the environment by whose file a stack is made.
func environmentOf(s synth.Stack, all []environments.Environment) environments.Environment {
	for _, environment := range all {
		if environment.Name == s.Place.Environment {
			return environment
		}
	}
	panic(fmt.Sprintf("stack %q is of environment %q, which is not here", s.Name, s.Place.Environment))
}
