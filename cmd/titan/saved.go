package main

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/stacks/order"
)

// folder is where the stacks are synthesized to: beside their plans, where those are kept. So the folder is all that
// another machine needs to apply them: the configuration with its charts, the lock file of the providers, the plans.
func (o runOptions) folder() (out string, saved *runner.Saved, err error) {
	if o.out == "" {
		return outDir, nil, nil
	}
	if err := checkPlansFolder("--out", o.out); err != nil {
		return "", nil, err
	}
	dir, err := filepath.Abs(o.out)
	if err != nil {
		return "", nil, err
	}
	return o.out, &runner.Saved{Dir: dir, Target: o.target}, nil
}

// checkPlansFolder refuses a folder elsewhere, where what a stack names by a path from its own folder is not found.
func checkPlansFolder(flag, folder string) error {
	if name := filepath.Clean(folder); name == "." || name == ".." || name == outDir || name != filepath.Base(name) {
		return wrongUsage("%s is %q, and must be a folder of its own in the project's, such as plans: "+
			"a stack names files by their paths from its folder", flag, folder)
	}
	return nil
}

// applySaved applies the plans that `titan plan --out` has left. It synthesizes nothing: what was planned stands there.
func (o runOptions) applySaved(ctx context.Context, all []environments.Environment, stacks []order.Stack) error {
	if len(o.only) > 0 {
		return wrongUsage("--plans applies all the plans of a folder; leave --only out, or plan with it")
	}
	if err := checkPlansFolder("--plans", o.plans); err != nil {
		return err
	}
	saved, err := runner.ReadSaved(o.plans)
	if err != nil {
		return err
	}
	if saved.Target != o.target {
		return wrongUsage("the plans in %q are of %s, not of %s", o.plans, saved.Target, o.target)
	}
	folders, err := o.terraform(o.plans)
	if err != nil {
		return err
	}
	o.sayEndpoint()
	planned := saved.With(runner.OutcomePlanned)
	if len(planned) == 0 {
		o.say("nothing to do: no plan in %q changes anything", o.plans)
		return nil
	}
	r, finish := o.runner(all, folders, o.plans)
	r.Saved = saved
	o.hooks(all, r)
	stacks = slices.DeleteFunc(stacks, func(stack order.Stack) bool { return !slices.Contains(planned, stack.Name) })
	_, err = r.Run(ctx, runner.Deploy, stacks)
	if err := finish(err); err != nil {
		return err
	}
	if later := saved.With(runner.OutcomeNotBegun); len(later) > 0 {
		o.say(
			"not planned, because it comes after what was applied: %s. Plan %s again",
			strings.Join(later, ", "),
			o.target,
		)
	}
	return nil
}
