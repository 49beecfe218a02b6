package pages

import (
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/architecture"
	"github.com/titan-platform/titan/internal/cost"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/pathproof"
	"github.com/titan-platform/titan/internal/summary"
	"github.com/titan-platform/titan/stacks/order"
)

// environmentPage is what an environment's page says.
type environmentPage struct {
	environments.Environment
	Stacks     []order.Stack
	Modules    []summary.Module
	Endpoints  []endpoint
	Alarms     []summary.Alarm
	Schedules  []summary.Row
	Retention  []summary.Row
	Roles      []pathproof.Role
	Invariants []string // that hold
	Cost       cost.Estimate
	Sum        string
	Groups     []costGroup
	Assumed    []string
}

type endpoint struct{ Name, Value, Says string }

type costGroup struct{ Name, USD, Drivers string }

func (in Input) environment(environment environments.Environment, found map[string][]byte) error {
	g, texts, err := in.graphOf(environment)
	if err != nil {
		return err
	}
	facts, err := pathproof.Read(texts...)
	if err != nil {
		return err
	}
	prices, err := cost.Load()
	if err != nil {
		return err
	}
	scope := facts.ScopeOf(environment, in.Environments)
	estimate := prices.Estimate(cost.FromGraph(g, scope.Own))
	page := environmentPage{
		Environment: environment,
		Stacks:      order.Of(environment),
		Modules:     summary.Modules(g, scope.Own),
		Endpoints:   endpoints(facts, environment.Name),
		Alarms:      summary.Alarms(g, scope.Own),
		Schedules:   summary.Schedules(g, scope.Own),
		Retention:   summary.Retention(g, scope.Own),
		Roles:       facts.Roles(scope),
		Cost:        estimate,
		Sum:         cost.Rounded(estimate.USD()),
		Groups:      costGroups(estimate),
		Assumed:     cost.Assumptions(),
	}
	for _, result := range pathproof.Check(facts, scope) {
		if result.Holds() && result.Asked {
			page.Invariants = append(page.Invariants, result.Title)
		}
	}
	text, err := render("environment.md.tmpl", page)
	if err != nil {
		return err
	}
	found["docs/environments/"+environment.Name+".md"] = text
	found["docs/architecture-"+environment.Name+".svg"] = architecture.Draw(g, environment, in.Environments)
	return nil
}

// endpoints are the outputs of an environment's own stack, with what is known of them before it is applied.
func endpoints(facts *pathproof.Facts, stack string) []endpoint {
	var found []endpoint
	for _, node := range facts.Graph.Nodes() {
		if node.Section != graph.Output || node.Stack != stack {
			continue
		}
		value, ok := facts.Value(node, node.Text("value"))
		if !ok {
			value = "" // a part of it may be known, which helps nobody
		}
		found = append(found, endpoint{strings.TrimPrefix(node.Address, "output."), value, node.Text("description")})
	}
	return found
}

// costGroups are what modules cost, with what drives it: the dearest items.
func costGroups(e cost.Estimate) []costGroup {
	const drivers = 3
	var groups []costGroup
	for _, group := range e.Groups() {
		var items []string
		for _, line := range group.Lines {
			if line.Priced && len(items) < drivers {
				items = append(items, line.Item+" "+cost.Rounded(line.USD))
			}
		}
		if len(items) > 0 {
			groups = append(groups, costGroup{group.Name, cost.Rounded(group.USD), strings.Join(items, ", ")})
		}
	}
	return groups
}
