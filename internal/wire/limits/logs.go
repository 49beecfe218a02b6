package limits

import (
	"github.com/titan-platform/titan/internal/wire/protocol"
)

const logsQuotas = "CloudWatch Logs user guide, 'CloudWatch Logs quotas'"

func logRules() []Rule {
	return []Rule{{"metric filters", "CloudWatch Logs API, MetricTransformation", []string{"logs PutMetricFilter"},
		metricFilters}}
}

func logTotals() []Total {
	return []Total{
		{"filters of log groups", logsQuotas, filtersOfLogGroups},
		{"log resource policies", logsQuotas, logResourcePolicies},
	}
}

func metricFilters(call *protocol.Call, report *Report) {
	var input struct {
		MetricTransformations []struct {
			DefaultValue any
			Dimensions   map[string]string
		}
	}
	call.Into(&input)
	for _, one := range input.MetricTransformations {
		if one.DefaultValue != nil && len(one.Dimensions) > 0 {
			report.Breaks(".metricTransformations", one.DefaultValue, "no default value with dimensions")
		}
		report.AtMost(".metricTransformations.dimensions", "dimensions of a metric filter", len(one.Dimensions), 3)
	}
}

// groupOf is a region and a log group.
type groupOf struct{ region, name string }

func filtersOfLogGroups(calls []*protocol.Call, report *Report) {
	subscriptions, metrics := map[groupOf]map[string]bool{}, map[groupOf]map[string]bool{}
	for _, call := range calls {
		group, filter := groupOf{call.Request.Endpoint, text(call.Input, "logGroupName")}, text(call.Input, "filterName")
		switch call.Name() {
		case "logs PutSubscriptionFilter":
			report.About(call).AtMost(".filterName", "subscription filters of a log group",
				add(subscriptions, group, filter), 2)
		case "logs PutMetricFilter":
			report.About(call).AtMost(".filterName", "metric filters of a log group", add(metrics, group, filter), 100)
		case "logs DeleteSubscriptionFilter":
			delete(subscriptions[group], filter)
		case "logs DeleteMetricFilter":
			delete(metrics[group], filter)
		}
	}
}

func logResourcePolicies(calls []*protocol.Call, report *Report) {
	policies := map[string]map[string]bool{} // by region
	for _, call := range calls {
		region, name := call.Request.Endpoint, text(call.Input, "policyName")
		switch call.Name() {
		case "logs PutResourcePolicy":
			report.About(call).AtMost(".policyName", "log resource policies of a region", add(policies, region, name), 10)
		case "logs DeleteResourcePolicy":
			delete(policies[region], name)
		}
	}
}

// add puts a name into a key's set and returns how many there are.
func add[K comparable](sets map[K]map[string]bool, key K, name string) int {
	if sets[key] == nil {
		sets[key] = map[string]bool{}
	}
	sets[key][name] = true
	return len(sets[key])
}
