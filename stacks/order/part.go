package order

import (
	"slices"

	"github.com/titan-platform/titan/environments"
)

// Part is the part of a table that is kept, in the table's order. A stack comes after those of the part that it came
// after in the table, directly or through stacks that are left out.
func Part(table []Stack, keep func(Stack) bool) []Stack {
	var part []Stack
	for _, stack := range table {
		if !keep(stack) {
			continue
		}
		stack.After = nil
		for _, before := range Before(table, stack.Name) {
			if keep(before) {
				stack.After = append(stack.After, before.Name)
			}
		}
		part = append(part, stack)
	}
	return part
}

// Before are the stacks of a table that a stack comes after, directly or not, in the table's order.
func Before(table []Stack, name string) []Stack {
	reached := map[string]bool{name: true}
	for _, stack := range slices.Backward(table) {
		if reached[stack.Name] {
			for _, before := range stack.After {
				reached[before] = true
			}
		}
	}
	return others(table, name, reached)
}

// Behind are the stacks of a table that come after a stack, directly or not, in the table's order.
func Behind(table []Stack, name string) []Stack {
	reached := map[string]bool{name: true}
	for _, stack := range table {
		if slices.ContainsFunc(stack.After, func(before string) bool { return reached[before] }) {
			reached[stack.Name] = true
		}
	}
	return others(table, name, reached)
}

func others(table []Stack, name string, reached map[string]bool) []Stack {
	var list []Stack
	for _, stack := range table {
		if reached[stack.Name] && stack.Name != name {
			list = append(list, stack)
		}
	}
	return list
}

// ZoneOf is the stack that makes the zone of an environment's names: its own, or that of another environment of the
// account, in whose zone it looks its zone up. There is none where the zone was made elsewhere.
func ZoneOf(environment environments.Environment, all []environments.Environment) (Stack, bool) {
	for _, maker := range all {
		if maker.DNS.CreateZone && maker.DNS.Zone == environment.DNS.Zone && maker.Account.ID == environment.Account.ID {
			for _, stack := range Of(maker) {
				if stack.Kind == Zone {
					return stack, true
				}
			}
		}
	}
	return Stack{}, false
}
