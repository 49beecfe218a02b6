package review

import (
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// writtenIn are the arguments that the configuration has of each resource. Those of modules are not looked for: a stack
// of CDKTF's has none.
func writtenIn(plan *tfjson.Plan) map[string]map[string]bool {
	all := map[string]map[string]bool{}
	if plan.Config == nil || plan.Config.RootModule == nil || len(plan.Config.RootModule.ModuleCalls) > 0 {
		return all
	}
	for _, resource := range plan.Config.RootModule.Resources {
		if resource == nil || resource.Mode == tfjson.DataResourceMode {
			continue
		}
		names := map[string]bool{}
		for name := range resource.Expressions {
			names[name] = true
		}
		all[resource.Type+"."+resource.Name] = names
	}
	return all
}

// isComputed is whether a value is known only after the apply because the provider computes it, not because the
// configuration refers to what is not known yet.
func (c *change) isComputed(path string, after node) bool {
	top, _, _ := strings.Cut(path, ".")
	top, _, _ = strings.Cut(top, "[")
	return after.unknown == true && (c.written != nil && !c.written[top] || computed[path])
}

// computed are attributes that are always AWS's to say, for what no configuration is known of.
var computed = map[string]bool{"id": true, "arn": true, "tags_all": true, "unique_id": true, "version_id": true,
	"etag": true, "endpoint": true, "reader_endpoint": true, "hosted_zone_id": true, "latest_version": true,
	"owner_id": true}
