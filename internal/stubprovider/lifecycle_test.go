package stubprovider

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/terraform"
)

// edits are, for each resource type, an argument that can be changed in place and one that makes the object anew.
var edits = map[string]struct{ inPlace, replacing edit }{
	"helm_release": {
		edit{"timeout", 601}, edit{"name", "other"},
	},
	"kubernetes_config_map_v1": {
		edit{"data.other", "{}"}, edit{"metadata.name", "other"},
	},
	"kubernetes_default_service_account_v1": {
		edit{"automount_service_account_token", true}, edit{"metadata.namespace", "other"},
	},
	"kubernetes_namespace_v1": {
		edit{"metadata.labels.other", "x"}, edit{"metadata.name", "other"},
	},
	"kubernetes_network_policy_v1": {
		edit{"spec.policy_types", []string{"Egress"}}, edit{"metadata.name", "other"},
	},
	"kubernetes_priority_class_v1": {
		edit{"description", "other"}, edit{"value", 7},
	},
	"kubernetes_role_v1": {
		edit{"rule.0.verbs", []string{"get"}}, edit{"metadata.name", "other"},
	},
	"kubernetes_role_binding_v1": {
		edit{"subject.0.name", "other"}, edit{"role_ref.name", "other"},
	},
	"kubernetes_storage_class_v1": {
		edit{"reclaim_policy", "Retain"}, edit{"parameters.type", "io2"},
	},
}

type edit struct {
	path  string
	value any
}

// TestPlatformIsDeployedChangedAndDestroyed does to the stack of a golden file what an end-to-end test does to one.
func TestPlatformIsDeployedChangedAndDestroyed(t *testing.T) {
	t.Parallel()
	w := workspace(t)
	stack := configuration(t, goldenStacks(t, "dev")[0])
	write(t, w, stack)
	total := 0
	for _, resources := range objectAt(t, stack, "resource") {
		total += len(resources.(map[string]any))
	}
	expectPlan(t, w, map[string]int{"create": total})

	changed := map[string]string{} // one object of each type, by its name
	for kind, resources := range objectAt(t, stack, "resource") {
		if _, ok := edits[kind]; !ok {
			t.Errorf("no edits of a %s", kind)
		}
		changed[kind] = slices.Min(slices.Collect(maps.Keys(resources.(map[string]any))))
	}
	apply := func(which func(kind string) edit) {
		for kind, name := range changed {
			set(t, objectAt(t, stack, "resource", kind, name), which(kind))
		}
		write(t, w, stack)
	}
	apply(func(kind string) edit { return edits[kind].inPlace })
	expectPlan(t, w, map[string]int{"update": len(changed), "no-op": total - len(changed)})
	apply(func(kind string) edit { return edits[kind].replacing })
	expectPlan(t, w, map[string]int{"delete create": len(changed), "no-op": total - len(changed)})

	if err := w.Destroy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left, err := w.State(t.Context()); err != nil || len(left) > 0 {
		t.Errorf("left after a destroy: %v, %v", left, err)
	}
}

// expectPlan plans, compares how often each action is planned, applies, and plans again without changes.
func expectPlan(t *testing.T, w terraform.Workspace, want map[string]int) {
	t.Helper()
	const file = "a.tfplan"
	if _, err := w.Plan(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	text, err := w.ShowPlan(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	var plan struct {
		ResourceChanges []struct {
			Address string
			Change  struct{ Actions []string }
		} `json:"resource_changes"`
	}
	if err := json.Unmarshal(text, &plan); err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	var shown []string
	for _, resource := range plan.ResourceChanges {
		actions := strings.Join(resource.Change.Actions, " ")
		got[actions]++
		shown = append(shown, actions+" "+resource.Address)
	}
	if !maps.Equal(got, want) {
		t.Fatalf("planned %v, want %v:\n%s", got, want, strings.Join(shown, "\n"))
	}
	if err := w.Apply(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	if changes, err := w.Plan(t.Context(), file); err != nil || changes {
		t.Fatalf("a plan after the apply has changes: %v, %v", changes, err)
	}
}

// set changes a resource's argument. A block is an object, or a list of them.
func set(t *testing.T, resource map[string]any, edit edit) {
	t.Helper()
	steps := strings.Split(edit.path, ".")
	var at any = resource
	for _, step := range steps[:len(steps)-1] {
		switch inner := at.(type) {
		case map[string]any:
			at = inner[step]
		case []any:
			at = inner[0]
		}
	}
	parent, ok := at.(map[string]any)
	if !ok {
		t.Fatalf("no %s in %s", edit.path, fmt.Sprint(resource))
	}
	parent[steps[len(steps)-1]] = edit.value
}
