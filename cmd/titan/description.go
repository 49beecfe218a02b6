package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/pathproof"
	"github.com/titan-platform/titan/internal/summary"
	"github.com/titan-platform/titan/stacks/order"
)

// description prints what facts say about an environment.
type description struct {
	describeOptions
	facts *pathproof.Facts
	scope pathproof.Scope
}

func (d description) printf(format string, args ...any) { d.run.terminal.printf(format, args...) }

// all prints everything, and fails where an invariant does not hold.
func (d description) all() error {
	e := d.scope.Environment
	d.printf("\n%s: %s in account %s (%s), %s\n", e.Name, e.Tier, e.Account.Name, e.Account.ID, e.Region)
	d.stacks()
	d.modules()
	d.outputs()
	d.alarms()
	d.rows("schedules, in UTC", summary.Schedules(d.facts.Graph, d.scope.Own))
	d.rows("retention", summary.Retention(d.facts.Graph, d.scope.Own))
	if err := d.cost(); err != nil {
		return err
	}
	d.printf("\nroles, and who becomes them\n")
	for _, role := range d.facts.Roles(d.scope) {
		d.printf("  %-44s %s\n", role.Name, strings.Join(role.By, ", "))
	}
	d.printf("\nto ask about\n  --reach  %s\n  --read   %s\n", strings.Join(d.facts.Carriers(d.scope.Own), ", "),
		strings.Join(d.facts.Readable(d.scope), "\n           "))
	return d.invariants()
}

func (d description) stacks() {
	d.printf("\nstacks\n")
	counts := map[string]int{}
	for _, node := range d.facts.Graph.Nodes() {
		if node.Section == graph.Resource {
			counts[node.Stack]++
		}
	}
	for _, stack := range order.Of(d.scope.Environment) {
		d.printf("  %-36s %-14s %3d resources\n", stack.Name, stack.Region, counts[stack.Name])
	}
}

// outputs are the environment's outputs: what is known of them before it is applied, else what they are.
func (d description) outputs() {
	d.printf("\nnames and endpoints\n")
	for _, node := range d.facts.Graph.Nodes() {
		if node.Section != graph.Output || node.Stack != d.scope.Name {
			continue
		}
		value, ok := d.facts.Value(node, node.Text("value"))
		if !ok || value == "" {
			value = "(" + node.Text("description") + ")"
		}
		d.printf("  %-36s %s\n", strings.TrimPrefix(node.Address, "output."), value)
	}
}

// invariants prints each invariant with who was found; a broken one with its chains.
func (d description) invariants() error {
	d.printf("\ninvariants\n")
	broken := 0
	for _, result := range pathproof.Check(d.facts, d.scope) {
		mark := "✓"
		if !result.Holds() {
			mark, broken = "✗", broken+1
		}
		d.printf("  %s %s: %s\n", mark, result.Title, answerOf(result))
		for _, one := range result.Unexpected {
			d.printf("    %s is not expected\n", one.Who)
			d.chain(one.Chain)
		}
	}
	if broken > 0 {
		return fmt.Errorf("%s breaks %d of %d invariants; docs/security.md says what they are for",
			d.environment, broken, len(pathproof.Invariants))
	}
	d.printf("all %d hold\n", len(pathproof.Invariants))
	return nil
}

// mostNamed is how many are named in an invariant's line.
const mostNamed = 6

func answerOf(result pathproof.Result) string {
	if !result.Asked {
		return "it has none of that"
	}
	var who []string
	for _, one := range result.Found {
		who = append(who, one.Who)
	}
	switch {
	case len(who) == 0:
		return "nobody and nothing"
	case len(who) > mostNamed:
		return fmt.Sprintf("%s and %d more", strings.Join(who[:mostNamed], ", "), len(who)-mostNamed)
	}
	return strings.Join(who, ", ")
}

func (d description) chain(chain pathproof.Chain) {
	for _, step := range chain {
		d.printf("      %s → %s\n        by %s\n", step.From, step.To, step.By)
	}
}

// reached prints who may open a connection to a name.
func (d description) reached(name string) error {
	if known := d.facts.Carriers(d.scope.Own); !slices.Contains(known, name) {
		return unknownName("reach", name, d.environment, known)
	}
	d.printf("\nwho reaches %s in %s\n", name, d.environment)
	d.reaches(d.facts.Ways(d.scope.Own, name))
	return nil
}

// readers prints who may read what is called so.
func (d description) readers(name string) error {
	found, full, ok := d.facts.Readers(d.scope, name)
	if !ok {
		return unknownName("read", name, d.environment, d.facts.Readable(d.scope))
	}
	d.printf("\nwho reads %s in %s\n", full, d.environment)
	d.reaches(found)
	return nil
}

func (d description) reaches(found []pathproof.Reach) {
	if len(found) == 0 {
		d.printf("    nobody and nothing\n")
	}
	for _, one := range found {
		d.printf("    %s\n", one.Who)
		d.chain(one.Chain)
	}
}
