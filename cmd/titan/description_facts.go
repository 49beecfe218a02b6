package main

import (
	"strings"

	"github.com/titan-platform/titan/internal/cost"
	"github.com/titan-platform/titan/internal/summary"
)

// modules prints how many resources each module made.
func (d description) modules() {
	d.printf("\nresources by module\n")
	for _, module := range summary.Modules(d.facts.Graph, d.scope.Own) {
		d.printf("  %-36s %4d\n", module.Name, module.Resources)
	}
}

// alarms prints each alarm with its runbook.
func (d description) alarms() {
	alarms := summary.Alarms(d.facts.Graph, d.scope.Own)
	if len(alarms) == 0 {
		return
	}
	d.printf("\nalarms\n")
	for _, alarm := range alarms {
		d.printf("  %-44s %s\n", alarm.Name, strings.TrimPrefix(alarm.Runbook, "docs/runbooks/"))
	}
}

func (d description) rows(title string, rows []summary.Row) {
	if len(rows) == 0 {
		return
	}
	d.printf("\n%s\n", title)
	for _, row := range rows {
		d.printf("  %-60s %s\n", row.What, row.Value)
	}
}

// cost prints what drives the cost, module by module.
func (d description) cost() error {
	prices, err := cost.Load()
	if err != nil {
		return err
	}
	estimate := prices.Estimate(cost.FromGraph(d.facts.Graph, d.scope.Own))
	d.printf("\ncost: about %s USD a month at list prices, without what has none (titan cost %s)\n",
		cost.Rounded(estimate.USD()), d.environment)
	for _, group := range estimate.Groups() {
		if group.USD > 0 {
			d.printf("  %-36s %8s\n", group.Name, cost.Rounded(group.USD))
		}
	}
	return nil
}
