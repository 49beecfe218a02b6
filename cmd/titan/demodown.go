package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/stacks/order"
)

// demoDown destroys what demoUp made and stops the emulator. Done already, it says so.
func demoDown(ctx context.Context, o demoOptions) error {
	stacks, err := localStacks()
	if err != nil {
		return err
	}
	session, err := emulator.Find(workDir)
	if err != nil {
		return err
	}
	if session == nil {
		o.terminal.printf("no emulator is running; there is nothing to take away\n")
		return forgetLocalStates(stacks)
	}
	err = o.destroy(ctx, session, stacks)
	if errors.Is(ctx.Err(), context.Canceled) {
		return errors.New("\ninterrupted; the emulator is still running: run make demo-down again")
	}
	if err != nil {
		return withWayOut(err, "make demo-down")
	}
	if err := session.Stop(); err != nil {
		return err
	}
	o.terminal.printf("nothing is left in any state; the emulator is stopped\n")
	return forgetLocalStates(stacks)
}

func (o demoOptions) destroy(ctx context.Context, session *emulator.Session, stacks []order.Stack) error {
	stacks, err := destroyable(stacks)
	if err != nil || len(stacks) == 0 {
		return err
	}
	env, err := onEmulator(ctx, session.URL)
	if err != nil {
		return err
	}
	if err := synthesizeIn(ctx, env, outDir, []string{localEnvironment}); err != nil {
		return err
	}
	human := o.terminal.human()
	human.WithoutChanges = true // everything goes
	r := &runner.Runner{
		Terraform: localFolders(runner.Destroy, outDir, env), View: human, Now: time.Now, Beat: o.terminal.beat(tick),
	}
	_, err = r.Run(ctx, runner.Destroy, stacks)
	return err
}

// destroyable are the stacks that can have been deployed: nothing before the bootstrap stack was, and only that while
// there is no bucket for the others' state.
func destroyable(stacks []order.Stack) ([]order.Stack, error) {
	bucket := true
	for _, stack := range stacks {
		if stack.Kind != order.Bootstrap {
			continue
		}
		if !exists(localState(stack.Name)) {
			return nil, nil
		}
		made, err := stateBucketMade(localState(stack.Name))
		if err != nil {
			return nil, err
		}
		bucket = bucket && made
	}
	return slices.DeleteFunc(slices.Clone(stacks), func(stack order.Stack) bool {
		return !bucket && stack.Kind != order.Bootstrap
	}), nil
}
