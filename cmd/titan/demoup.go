package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// demoUp deploys the local environment to the emulator, with what it stands on.
func demoUp(ctx context.Context, o demoOptions) error {
	stacks, err := localStacks()
	if err != nil {
		return err
	}
	session, fresh, err := startedSession(ctx, localEnvironment)
	if err != nil {
		return err
	}
	if fresh {
		o.terminal.printf("emulated AWS at %s, account %s\n", session.URL, session.Account)
		// What an earlier emulator held is gone, and so is the truth of the state that a killed run left.
		if err := forgetLocalStates(stacks); err != nil {
			return err
		}
	} else {
		o.terminal.printf("going on with the emulated AWS at %s\n", session.URL)
	}
	err = o.deploy(ctx, session, stacks)
	if errors.Is(ctx.Err(), context.Canceled) {
		o.terminal.printf("\ninterrupted; stopping the emulator, and with it goes all that was deployed\n")
		return errors.Join(errors.New("run make demo to begin again"), session.Stop(), forgetLocalStates(stacks))
	}
	return withWayOut(err, "make demo")
}

func (o demoOptions) deploy(ctx context.Context, session *emulator.Session, stacks []order.Stack) error {
	env, err := onEmulator(ctx, session.URL)
	if err != nil {
		return err
	}
	began := time.Now()
	if err := synthesizeIn(ctx, env, outDir, []string{localEnvironment}); err != nil {
		return err
	}
	o.terminal.printf("synthesized %s in %.0f s\n\n", localEnvironment, time.Since(began).Seconds())
	human := o.terminal.human()
	human.WithoutChanges = true // everything is new
	show := &showpiece{env: env}
	after := &meanwhile{View: human, do: func(stack string) error {
		err := planAgain(ctx, folderOf(stack, env))
		if err == nil && stack == localEnvironment {
			err = show.review(ctx)
		}
		return err
	}}
	r := &runner.Runner{
		Terraform: localFolders(runner.Deploy, outDir, env), View: after, Now: time.Now, Beat: o.terminal.beat(tick),
	}
	_, err = r.Run(ctx, runner.Deploy, stacks)
	if err == nil {
		o.terminal.printf("planning again what was applied last\n")
	}
	if err := errors.Join(err, after.wait()); err != nil {
		return err
	}
	for _, stack := range stacks {
		if err := printOutputs(ctx, o.terminal.out, stack.Name, folderOf(stack.Name, env)); err != nil {
			return err
		}
	}
	o.terminal.printf("\neach stack planned again: no changes\n")
	return show.print(o.terminal)
}

func folderOf(stack string, env []string) terraform.Workspace {
	return terraform.Workspace{Dir: stackDir(outDir, stack), Env: env}
}

// planAgain fails where a second plan of a stack would change something.
func planAgain(ctx context.Context, workspace terraform.Workspace) error {
	changes, err := workspace.Plan(ctx, "again.tfplan")
	if err == nil && changes {
		err = fmt.Errorf("a second plan would change something; see: cd %s && terraform show again.tfplan", workspace.Dir)
	}
	return err
}
