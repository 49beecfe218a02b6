package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// demoOptions are what `titan demo up` and `titan demo down` need.
type demoOptions struct{ terminal *terminal }

func newDemoCommand(t *terminal) *cobra.Command {
	o := demoOptions{terminal: t}
	command := &cobra.Command{
		Use:   "demo",
		Short: "Deploy environments/local.yaml to the emulator, show a platform, and take them away",
		Long: `Deploys the stacks of environments/local.yaml to an AWS on this machine, in their order, as titan deploy would, and
takes them away again. The platform, what an environment has in its cluster, is shown by commands of its own.

Nothing of it reaches an AWS account: what it runs has an environment of its own, and not your profiles, credentials,
endpoints, proxies and Terraform settings.`,
		Example: `  titan demo up
  titan demo break
  titan demo down
  titan demo platform up`,
	}
	for _, one := range []struct {
		use, short, long string
		run              func(context.Context, demoOptions) error
	}{
		{"up", "Start the emulator, deploy, plan again, print the outputs",
			`Starts the emulator where none runs, deploys, plans again, which must change nothing, prints the outputs, and shows
what there is to look at: the picture, the cost, the review of a change that it makes for you, how to break it.
After a failure the same command goes on; after Ctrl-C the emulator is stopped, and all that was in it is gone.`, demoUp},
		{"break", "Have a bucket block public access no more, behind Terraform's back",
			`Takes the block of public access from the bucket of backups, by S3's API, as a hand in the console would.
titan plan local shows it then, and titan deploy local mends it.`, demoBreak},
		{"down", "Destroy, and stop the emulator",
			"Destroys the stacks, the last one first, sees that no state holds anything, and stops the emulator.", demoDown},
	} {
		command.AddCommand(&cobra.Command{
			Use: one.use, Short: one.short, Long: one.long, Example: "  titan demo " + one.use, Args: none,
			RunE: func(command *cobra.Command, _ []string) error { return one.run(command.Context(), o) },
		})
	}
	command.AddCommand(newDemoPlatformCommand(t))
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

// localFolders are the folders of stacks that were synthesized to out, with a Terraform that reaches the emulator alone.
// An apply is mostly the provider's own waits, so as many resources as can be are made at once.
func localFolders(verb runner.Verb, out string, env []string) func(order.Stack) runner.Terraform {
	env = append(slices.Clone(env), "TF_CLI_ARGS_apply=-parallelism=40")
	return keepLogs(verb, func(stack order.Stack) runner.Terraform {
		return runner.Workspace(terraform.Workspace{Dir: stackDir(out, stack.Name), Env: env})
	})
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
