package review

import (
	"maps"
	"slices"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/titan-platform/titan/internal/cost"
)

// costTitle stands over what the plans cost.
const costTitle = "Money a month, estimated"

// costOf is what a plan costs a month, compared with what stands. Both are of the plan: what is there, and what is
// planned. A launch template is left out, since a plan does not say which one a node group will have.
func costOf(plan *tfjson.Plan) (cost.Difference, error) {
	prices, err := cost.Load()
	if err != nil {
		return cost.Difference{}, err
	}
	region := regionOf(plan)
	if region == "" {
		return cost.Difference{}, nil
	}
	uncounted := false
	var before, after []cost.Resource
	for _, planned := range plan.ResourceChanges {
		if planned.Mode != tfjson.ManagedResourceMode || planned.Type == "aws_launch_template" {
			continue
		}
		r := cost.Resource{Stack: "plan", Address: planned.Address, Type: planned.Type, Region: region}
		if planned.Change.Before != nil {
			r.Arguments = planned.Change.Before
			before = append(before, r)
		}
		if planned.Change.After != nil {
			r.Arguments = known(planned.Change.Before, planned.Change.After, planned.Change.AfterUnknown)
			after = append(after, r)
			uncounted = uncounted || zonesUnknown(planned)
		}
	}
	difference := prices.Difference(before, after)
	if uncounted {
		difference.Unpriced = append(difference.Unpriced, "the zones of what stands in subnets that are not made yet")
	}
	return difference, nil
}

// known is what a resource will be, with the old value where the new one is known only after the apply.
func known(before, after, unknown any) any {
	will, ok := after.(map[string]any)
	if !ok {
		return after
	}
	merged := maps.Clone(will)
	was, _ := before.(map[string]any)
	waits, _ := unknown.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(waits)) {
		if waits[name] == true && was[name] != nil {
			merged[name] = was[name]
		}
	}
	return merged
}

// zonesUnknown is whether a resource that is paid for by the zone does not know its zones yet.
func zonesUnknown(planned *tfjson.ResourceChange) bool {
	unknown, _ := planned.Change.AfterUnknown.(map[string]any)
	return planned.Type == "aws_vpc_endpoint" && unknown["subnet_ids"] == true ||
		planned.Type == "aws_lb" && unknown["subnets"] == true
}

// regionOf is the region of a plan's AWS provider, empty where the plan does not say it.
func regionOf(plan *tfjson.Plan) string {
	if plan.Config == nil || plan.Config.ProviderConfigs["aws"] == nil {
		return ""
	}
	expression := plan.Config.ProviderConfigs["aws"].Expressions["region"]
	if expression == nil || expression.ExpressionData == nil {
		return ""
	}
	region, _ := expression.ConstantValue.(string)
	return region
}
