// Package summary says what the stacks of an environment hold: resources by module, alarms and their runbooks,
// schedules, and how long what is kept. `titan describe` prints it, and the environment's page has it.
package summary

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// Module is what a module made.
type Module struct {
	Name      string
	Resources int
	Types     []string // with their number: aws_subnet (9)
}

// ModuleOf is the module that a resource stands in: the first part of its construct path, which begins its name.
func ModuleOf(node *graph.Node) string {
	_, name, _ := strings.Cut(node.Address, ".")
	module, _, _ := strings.Cut(name, "_")
	return module
}

// resources are those of some stacks, of a type if one is given.
func resources(g *graph.Graph, stacks []string, kinds ...string) []*graph.Node {
	return slices.DeleteFunc(g.Nodes(), func(node *graph.Node) bool {
		return node.Section != graph.Resource || !slices.Contains(stacks, node.Stack) ||
			len(kinds) > 0 && !slices.Contains(kinds, node.Type)
	})
}

// Modules are the modules of some stacks, by name.
func Modules(g *graph.Graph, stacks []string) []Module {
	var modules []Module
	counts := map[string]map[string]int{}
	for _, node := range resources(g, stacks) {
		name := ModuleOf(node)
		if counts[name] == nil {
			counts[name] = map[string]int{}
			modules = append(modules, Module{Name: name})
		}
		counts[name][node.Type]++
	}
	for i := range modules {
		m := &modules[i]
		for kind, number := range counts[m.Name] {
			m.Resources += number
			m.Types = append(m.Types, fmt.Sprintf("%s (%d)", kind, number))
		}
		slices.Sort(m.Types)
	}
	slices.SortFunc(modules, func(a, b Module) int { return strings.Compare(a.Name, b.Name) })
	return modules
}

// Alarm is an alarm, what it means and where it says what to do.
type Alarm struct {
	Name, Region string
	Says         string
	Runbook      string // docs/runbooks/alarms.md#application-errors
}

var runbook = regexp.MustCompile(`\s*Runbook: (\S+)$`)

// Alarms are the alarms of some stacks, by name.
func Alarms(g *graph.Graph, stacks []string) []Alarm {
	var alarms []Alarm
	for _, node := range resources(g, stacks, "aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm") {
		alarm := Alarm{Name: node.Text("alarm_name"), Region: regionOf(g, node.Stack), Says: node.Text("alarm_description")}
		if found := runbook.FindStringSubmatch(alarm.Says); found != nil {
			alarm.Says, alarm.Runbook = strings.TrimSuffix(alarm.Says, found[0]), found[1]
		}
		alarms = append(alarms, alarm)
	}
	slices.SortFunc(alarms, func(a, b Alarm) int { return cmp.Compare(a.Name, b.Name) })
	return alarms
}

func regionOf(g *graph.Graph, stack string) string {
	if provider := g.Node(stack, "provider.aws"); provider != nil {
		return provider.Text("region")
	}
	return ""
}

// Row is a fact of a resource.
type Row struct {
	What, Value string
	Address     string // stack: address
}

// timed are the arguments that say when something happens, by type.
var timed = map[string][]string{
	"aws_backup_plan":                   {"rule.0.schedule"},
	"aws_backup_restore_testing_plan":   {"schedule_expression"},
	"aws_cloudwatch_event_rule":         {"schedule_expression"},
	"aws_elasticache_cluster":           {"maintenance_window", "snapshot_window"},
	"aws_elasticache_replication_group": {"maintenance_window", "snapshot_window"},
	"aws_rds_cluster":                   {"preferred_maintenance_window", "preferred_backup_window"},
}

// kept are the arguments that say how many days something is kept, by type.
var kept = map[string][]string{
	"aws_backup_plan":                   {"rule.0.lifecycle.delete_after"},
	"aws_cloudwatch_log_group":          {"retention_in_days"},
	"aws_elasticache_cluster":           {"snapshot_retention_limit"},
	"aws_elasticache_replication_group": {"snapshot_retention_limit"},
	"aws_kms_key":                       {"deletion_window_in_days"},
	"aws_rds_cluster":                   {"backup_retention_period"},
	"aws_rds_cluster_instance":          {"performance_insights_retention_period"},
	"aws_secretsmanager_secret":         {"recovery_window_in_days"},
}

// Schedules are when things happen by themselves, in UTC.
func Schedules(g *graph.Graph, stacks []string) []Row { return rows(g, stacks, timed, "") }

// Retention is how long things are kept.
func Retention(g *graph.Graph, stacks []string) []Row { return rows(g, stacks, kept, " days") }

// naming are the arguments that name a resource, the first that is there.
var naming = []string{"name", "cluster_identifier", "identifier", "replication_group_id", "cluster_id", "description"}

func rows(g *graph.Graph, stacks []string, arguments map[string][]string, unit string) []Row {
	var found []Row
	for _, node := range resources(g, stacks) {
		for _, argument := range arguments[node.Type] {
			value := node.At(argument)
			if value == nil || value == "" {
				continue
			}
			found = append(found, Row{nameOf(node) + ": " + said(argument), fmt.Sprint(value) + unit, node.String()})
		}
	}
	slices.SortFunc(found, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.What, b.What), cmp.Compare(a.Address, b.Address))
	})
	return found
}

func nameOf(node *graph.Node) string {
	for _, argument := range naming {
		if name := node.Text(argument); name != "" && !strings.Contains(name, "${") {
			return name
		}
	}
	return node.Address
}

// said is the last part of an argument's path in words.
func said(argument string) string {
	return strings.ReplaceAll(argument[strings.LastIndex(argument, ".")+1:], "_", " ")
}
