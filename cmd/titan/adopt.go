package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/titan-platform/titan/internal/adopt"
	"github.com/titan-platform/titan/internal/terraform"
)

// runAdopt imports everything that a bootstrap stack declares into a new local state (docs/runbooks/state.md).
func runAdopt(ctx context.Context, args []string) error {
	if len(args) != 1 {
		return errors.New("usage: titan adopt <env>")
	}
	stack := args[0] + "-bootstrap"
	dir := filepath.Join("cdktf.out", "stacks", stack)
	synthesized, err := os.ReadFile(filepath.Join(dir, "cdk.tf.json"))
	if err != nil {
		return fmt.Errorf("%w; run `make synth` first, and give an environment's name", err)
	}
	if state := "terraform." + stack + ".tfstate"; exists(state) {
		return fmt.Errorf("%s is there: nothing is lost; move it away if it is the wrong one", state)
	}
	imports, err := adopt.Imports(synthesized)
	if err != nil {
		return err
	}
	file := filepath.Join(dir, adopt.FileName)
	if err := os.WriteFile(file, imports, 0o600); err != nil {
		return fmt.Errorf("writing import blocks: %w", err)
	}
	defer func() { _ = os.Remove(file) }() // else the next synthesis' deployment would read it

	env, err := terraform.Environment()
	if err != nil {
		return err
	}
	workspace := terraform.Workspace{Dir: dir, Env: env, Log: os.Stdout}
	if err := workspace.Init(ctx); err != nil {
		return err
	}
	if _, err := workspace.Plan(ctx, "adopt.tfplan"); err != nil {
		return err
	}
	if err := onlyAdopts(ctx, workspace, "adopt.tfplan"); err != nil {
		return err
	}
	return workspace.Apply(ctx, "adopt.tfplan")
}

// onlyAdopts refuses a plan that would make, replace or destroy anything: what was lost is the state, not what it names.
func onlyAdopts(ctx context.Context, workspace terraform.Workspace, plan string) error {
	workspace.Log = nil
	text, err := workspace.ShowPlan(ctx, plan)
	if err != nil {
		return err
	}
	var changes struct {
		ResourceChanges []struct {
			Address string
			Change  struct{ Actions []string }
		} `json:"resource_changes"`
	}
	if err := json.Unmarshal(text, &changes); err != nil {
		return fmt.Errorf("reading the plan: %w", err)
	}
	for _, resource := range changes.ResourceChanges {
		for _, action := range resource.Change.Actions {
			if action == "create" || action == "delete" {
				return fmt.Errorf("the plan would %s %s, which adopting must not; nothing was changed", action, resource.Address)
			}
		}
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
