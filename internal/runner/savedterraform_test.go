package runner

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// TestTerraformAppliesAPlanElsewhere plans in one folder and applies in a copy of it, as another machine gets it: with
// the lock file and without what init made. Applied a second time, the plan is stale, and is not made anew.
func TestTerraformAppliesAPlanElsewhere(t *testing.T) {
	planner, _, here := onTerraform(t, map[string]string{"a": ": > made", "b": "true"})
	planner.Save = &Saved{Dir: here, Target: "b"}
	if _, err := planner.Run(t.Context(), Plan, chain[:2]); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(here, "a", ".terraform")); err != nil {
		t.Fatal(err)
	}
	there := filepath.Join(t.TempDir(), "plans")
	if err := os.CopyFS(there, os.DirFS(here)); err != nil {
		t.Fatal(err)
	}

	env, err := terraform.Environment()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"a applied", "a failed"} {
		saved, err := ReadSaved(there)
		if err != nil {
			t.Fatal(err)
		}
		folder := func(stack order.Stack) Terraform {
			return Workspace(terraform.Workspace{Dir: filepath.Join(there, stack.Name), Env: env})
		}
		applier := &Runner{Terraform: folder, View: &events{}, Now: planner.Now, Saved: saved}
		results, err := applier.Run(t.Context(), Deploy, chain[:1])
		expectOutcomes(t, results, want)
		if stale := err != nil && strings.Contains(err.Error(), "plan it again"); stale != (want == "a failed") {
			t.Errorf("%s: %v", want, err)
		}
	}
	if _, err := os.Stat(filepath.Join(there, "a", "made")); err != nil {
		t.Errorf("the plan was not applied where it is: %v", err)
	}
	if _, err := os.Stat(filepath.Join(here, "a", "made")); err == nil {
		t.Error("it was applied where it was made")
	}
}
