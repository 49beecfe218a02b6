package requestpath

import (
	"fmt"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// Health is whether what is in a region answers: the pods behind its load balancer, and with them the alarms that
// Route 53 watches.
type Health func(region string) bool

// allHealthy is the Health of a day without trouble.
func allHealthy(string) bool { return true }

// longestChain is how many aliases may follow each other, so that a circle comes to an end.
const longestChain = 10

// dns answers for Route 53, from the records of all stacks of a graph.
type dns struct {
	graph   *graph.Graph
	healthy Health
}

// resolve follows a name from record to record to what the last one is an alias of: a distribution or a load balancer.
func (d dns) resolve(name string) (*graph.Node, error) {
	for range longestChain {
		record, err := d.answer(name)
		if err != nil {
			return nil, err
		}
		if edge, ok := record.Reference("alias.name"); ok {
			return edge.To, nil
		}
		if name = record.Text("alias.name"); name == "" {
			return nil, fmt.Errorf("%s is no alias, and other records are not modelled", record)
		}
	}
	return nil, fmt.Errorf("%s leads from name to name, and to nothing else", name)
}

// answer is the record that Route 53 answers a name with. Of a failover pair that is the primary while it is healthy,
// else the secondary if that is healthy, and else the primary again (Route 53 API Reference, ResourceRecordSet,
// Failover).
func (d dns) answer(name string) (*graph.Node, error) {
	records := recordsOf(d.graph, name, "A")
	if len(records) == 1 {
		return records[0], nil
	}
	pair := map[string]*graph.Node{}
	for _, record := range records {
		pair[record.Text("failover_routing_policy.type")] = record
	}
	primary, secondary := pair["PRIMARY"], pair["SECONDARY"]
	if len(records) != 2 || primary == nil || secondary == nil {
		return nil, fmt.Errorf("%s has the records %v, want one, or a primary and a secondary", name, records)
	}
	for _, record := range []*graph.Node{primary, secondary} {
		healthy, err := d.recordHealthy(record)
		if err != nil {
			return nil, err
		}
		if healthy {
			return record, nil
		}
	}
	return primary, nil
}

// recordHealthy is whether Route 53 takes a record for healthy: its health check is, if it has one, and its target,
// if it evaluates that (Route 53 Developer Guide, 'What happens when you associate a health check with an alias
// record').
func (d dns) recordHealthy(record *graph.Node) (bool, error) {
	for range longestChain {
		if check, ok := record.Reference("health_check_id"); ok {
			if healthy, err := d.checkHealthy(check.To); err != nil || !healthy {
				return false, err
			}
		}
		if record.At("alias.evaluate_target_health") != true {
			return true, nil
		}
		if edge, ok := record.Reference("alias.name"); ok {
			region, err := regionOf(d.graph, edge.To)
			return err == nil && d.healthy(region), err
		}
		targets := recordsOf(d.graph, record.Text("alias.name"), record.Text("type"))
		if len(targets) != 1 {
			return false, fmt.Errorf("%s is as healthy as the records %v, want one", record, targets)
		}
		record = targets[0]
	}
	return false, fmt.Errorf("%s is as healthy as itself", record)
}

// checkHealthy is the state of a health check. A calculated one is healthy while at least so many of its children
// are; more than there are is never (Route 53 API Reference, HealthCheckConfig, HealthThreshold).
func (d dns) checkHealthy(check *graph.Node) (bool, error) {
	if check.At("disabled") != nil || check.At("invert_healthcheck") != nil {
		return false, fmt.Errorf("%s is disabled or inverted, which is not modelled", check)
	}
	switch kind := check.Text("type"); kind {
	case "CLOUDWATCH_METRIC":
		return d.healthy(check.Text("cloudwatch_alarm_region")), nil
	case "CALCULATED":
		count := 0.0
		for i := range check.Len("child_healthchecks") {
			child, ok := check.Reference(fmt.Sprintf("child_healthchecks.%d", i))
			if !ok {
				return false, fmt.Errorf("%s: child %d is no health check of its stack", check, i)
			}
			healthy, err := d.checkHealthy(child.To)
			if err != nil {
				return false, err
			}
			if healthy {
				count++
			}
		}
		threshold, ok := check.At("child_health_threshold").(float64)
		if !ok {
			return false, fmt.Errorf("%s has no child_health_threshold", check)
		}
		return count >= threshold, nil
	default:
		return false, fmt.Errorf("%s is of type %q, want CLOUDWATCH_METRIC or CALCULATED", check, kind)
	}
}

// recordsOf are the records of a name and type.
func recordsOf(g *graph.Graph, name, kind string) []*graph.Node {
	var found []*graph.Node
	for _, record := range g.Resources("aws_route53_record") {
		if sameName(record.Text("name"), name) && record.Text("type") == kind {
			found = append(found, record)
		}
	}
	return found
}

// sameName compares domain names, which have no case and may end in a dot.
func sameName(a, b string) bool {
	return strings.EqualFold(strings.TrimSuffix(a, "."), strings.TrimSuffix(b, "."))
}

// regionOf is the region of a node's stack, which has one AWS provider.
func regionOf(g *graph.Graph, node *graph.Node) (string, error) {
	provider := g.Node(node.Stack, "provider.aws")
	if provider == nil || provider.Text("region") == "" {
		return "", fmt.Errorf("stack %q has no AWS provider with a region", node.Stack)
	}
	return provider.Text("region"), nil
}
