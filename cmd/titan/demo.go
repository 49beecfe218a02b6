package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// demoOptions are what `titan demo up` and `titan demo down` need.
type demoOptions struct{ terminal *terminal }

func newDemoCommand(t *terminal) *cobra.Command {
	o := demoOptions{terminal: t}
	command := &cobra.Command{
		Use:   "demo",
		Short: "Deploy environments/local.yaml to the emulator, and take it away",
		Long: `Deploys the stacks of environments/local.yaml to an AWS on this machine, in their order by the cdktf CLI, as
anybody would deploy them without titan; and takes them away again.

Nothing of it reaches an AWS account: what it runs has an environment of its own, and not your profiles, credentials,
endpoints, proxies and Terraform settings.`,
		Example: `  titan demo up
  titan demo down`,
	}
	for _, one := range []struct {
		use, short, long string
		run              func(context.Context, demoOptions) error
	}{
		{"up", "Start the emulator, deploy, plan again, print the outputs",
			`Starts the emulator where none runs, deploys, plans again, which must change nothing, and prints the outputs.
After a failure the same command goes on; after Ctrl-C the emulator is stopped, and all that was in it is gone.`, demoUp},
		{"down", "Destroy, and stop the emulator",
			"Destroys the stacks, the last one first, sees that no state holds anything, and stops the emulator.", demoDown},
	} {
		command.AddCommand(&cobra.Command{
			Use: one.use, Short: one.short, Long: one.long, Example: "  titan demo " + one.use, Args: none,
			RunE: func(command *cobra.Command, _ []string) error { return one.run(command.Context(), o) },
		})
	}
	return group(command)
}

// localStacks are the stacks of the local environment, in their order.
func localStacks() ([]order.Stack, error) {
	all, err := environments.Load(environments.Dir(), "")
	if err != nil {
		return nil, err
	}
	local, err := chosen(all, []string{localEnvironment})
	if err != nil {
		return nil, fmt.Errorf("%s has no %s.yaml, which is what the demo deploys: %w",
			environments.Dir(), localEnvironment, err)
	}
	return newCatalog(local).table, nil
}

// onEmulator is the environment of what runs Terraform on an emulator: no call of it leaves this machine, whatever the
// environment and the configuration files of who runs titan say. Only the provider is fetched with those, where this
// machine has none.
func onEmulator(ctx context.Context, url string) ([]string, error) {
	providers, err := terraform.Providers(ctx, workDir)
	if err != nil {
		return nil, err
	}
	return terraform.EnvironmentOver(emulator.Isolated(url), providers), nil
}

// demoUp deploys the local environment as a person would deploy any: by the cdktf CLI, stack by stack.
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

// withWayOut adds to a failure how to go on: a killed run may have made things that its state does not know and that
// are in the way of the next one, but everything is on the emulator, so beginning again costs nothing.
func withWayOut(err error, again string) error {
	if err == nil {
		return nil
	}
	if lock := (*terraform.LockError)(nil); errors.As(err, &lock) {
		err = fmt.Errorf("%w\nbefore that, to reach the emulator:  eval \"$(%s emulator env)\"", err, program)
	}
	return fmt.Errorf("%w\nto begin again from nothing:         %s emulator stop && %s", err, program, again)
}

func (o demoOptions) deploy(ctx context.Context, session *emulator.Session, stacks []order.Stack) error {
	env, err := onEmulator(ctx, session.URL)
	if err != nil {
		return err
	}
	cli := cdktf{env: env, out: o.terminal.out}
	if err := cli.run(ctx, localEnvironment, "synth"); err != nil {
		return err
	}
	// While a wave is deployed, which is mostly the provider's own waits, the one before it is planned again.
	var deployed []order.Stack
	for _, wave := range append(waves(stacks), nil) {
		var steps []func() error
		for _, stack := range wave {
			steps = append(steps, func() error {
				return cli.run(ctx, stack.Name, "deploy", stack.Name, "--auto-approve", "--skip-synth")
			})
		}
		for _, stack := range deployed {
			steps = append(steps, func() error { return planAgain(ctx, folderOf(stack, env)) })
		}
		if err := sideBySide(steps); err != nil {
			return err
		}
		deployed = wave
	}
	for _, stack := range stacks {
		if err := printOutputs(ctx, o.terminal.out, stack.Name, folderOf(stack, env)); err != nil {
			return err
		}
	}
	o.terminal.printf("\neach stack planned again: no changes\n")
	o.terminal.printf("work with it:    eval \"$(%s emulator env)\"; npx cdktf diff %s\n", program, localEnvironment)
	o.terminal.printf("take it away:    make demo-down\n")
	return nil
}

// waves are stacks by what they come after: a wave is deployed once the one before it is.
func waves(stacks []order.Stack) [][]order.Stack {
	wave := map[string]int{}
	var all [][]order.Stack
	for _, stack := range stacks {
		n := 0
		for _, before := range stack.After {
			if i, known := wave[before]; known {
				n = max(n, i+1)
			}
		}
		wave[stack.Name] = n
		if n == len(all) {
			all = append(all, nil)
		}
		all[n] = append(all[n], stack)
	}
	return all
}

// sideBySide takes steps at once, and says what failed of all of them.
func sideBySide(steps []func() error) error {
	failed := make([]error, len(steps))
	var all sync.WaitGroup
	for i, step := range steps {
		all.Go(func() { failed[i] = step() })
	}
	all.Wait()
	return errors.Join(failed...)
}

func folderOf(stack order.Stack, env []string) terraform.Workspace {
	return terraform.Workspace{Dir: stackDir(outDir, stack.Name), Env: env}
}

// planAgain fails where a second plan of a stack would change something.
func planAgain(ctx context.Context, workspace terraform.Workspace) error {
	changes, err := workspace.Plan(ctx, "again.tfplan")
	if err == nil && changes {
		err = fmt.Errorf("a second plan would change something; see: cd %s && terraform show again.tfplan", workspace.Dir)
	}
	return err
}

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

// destroy destroys backwards what can have been deployed: nothing before the bootstrap stack was, and only that while
// there is no bucket for the others' state.
func (o demoOptions) destroy(ctx context.Context, session *emulator.Session, stacks []order.Stack) error {
	env, err := onEmulator(ctx, session.URL)
	if err != nil {
		return err
	}
	cli := cdktf{env: env, out: o.terminal.out}
	bucket := true
	for _, stack := range stacks {
		if stack.Kind != order.Bootstrap {
			continue
		}
		if !exists(localState(stack.Name)) {
			return nil
		}
		made, err := stateBucketMade(localState(stack.Name))
		if err != nil {
			return err
		}
		bucket = bucket && made
	}
	for _, stack := range slices.Backward(stacks) {
		if !bucket && stack.Kind != order.Bootstrap {
			continue
		}
		if err := cli.run(ctx, stack.Name, "destroy", stack.Name, "--auto-approve"); err != nil {
			return err
		}
		left, err := folderOf(stack, env).Resources(ctx)
		if err != nil {
			return err
		}
		if len(left) > 0 {
			return fmt.Errorf("%s still holds %s", stack.Name, strings.Join(left, ", "))
		}
	}
	return nil
}
