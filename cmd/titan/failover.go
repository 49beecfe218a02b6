package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/failover"
)

// failoverOptions are what `titan failover` needs.
type failoverOptions struct {
	terminal *terminal
	load     load
	failover.Options
	lost []string
	yes  bool
}

func newFailoverCommand(t *terminal, run func(context.Context, failoverOptions) error) *cobra.Command {
	if run == nil {
		run = runFailover
	}
	o := failoverOptions{terminal: t, load: loadEnvironments}
	command := &cobra.Command{
		Use:   "failover ENVIRONMENT",
		Short: "Fail over to the second region, or go back",
		Long: `Takes ENVIRONMENT, either one of a pair, to the second region, one step after another
(docs/runbooks/failover.md). It prints each step with what it changes and costs and how far it is, and begins after a
yes; it asks again before what can't be undone. Environment files are edited, and the changes shown. Nothing in a region
that does not answer is called or deployed.

After a failure, a no or Ctrl-C the same command goes on: it finds in AWS and in the files what is done.`,
		Example: `  titan failover prod --dry-run
  titan failover prod --lost eu-west-1
  titan failover prod --back`,
		Args:              one("one ENVIRONMENT of a pair"),
		ValidArgsFunction: completePaired(o.load),
		RunE: func(command *cobra.Command, args []string) error {
			o.Environment = args[0]
			return run(command.Context(), o)
		},
	}
	flags := command.Flags()
	flags.BoolVar(&o.Back, "back", false, "go back to the primary, once its region is well again")
	flags.BoolVar(&o.DryRun, "dry-run", false, "print the steps, and how far each is, and change nothing")
	flags.StringSliceVar(&o.lost, "lost", nil,
		"do not call these `REGIONS` at all; others are asked once whether they answer")
	complete(command, "lost", completeLost(o.load))
	flags.StringVar(&o.RecoveryPoint, "recovery-point", "",
		"restore from the one with this `ARN`, instead of the newest copy")
	flags.BoolVar(&o.PlatformFromHere, "platform-from-here", false,
		"deploy the platform from this machine, where cluster.deployer leaves it to CodeBuild")
	flags.BoolVar(&o.yes, "yes", false, "ask nothing: for rehearsals")
	return command
}

func runFailover(ctx context.Context, o failoverOptions) error {
	if !o.yes && !o.DryRun && !o.terminal.interactive {
		return wrongUsage("standard input is no terminal, so nobody can be asked; " +
			"see the steps with --dry-run, or pass --yes")
	}
	all, err := o.load()
	if err != nil {
		return err
	}
	if err := checkPair(all, o.Environment, o.lost); err != nil {
		return err
	}
	if err := checkSettings(ctx); err != nil {
		return err
	}
	env, platform, err := terraformEnvironments()
	if err != nil {
		return err
	}
	for _, region := range o.lost {
		o.Lost = append(o.Lost, environments.Region(region))
	}
	reach := &accounts{}
	late := defaultRunOptions(o.terminal)
	o.Folder, o.Out, o.Now = environments.Dir(), o.terminal.out, late.now
	o.Account = func(ctx context.Context, account environments.Account) (failover.AWS, error) {
		reached, err := reach.account(ctx, account)
		if err != nil {
			return failover.AWS{}, err
		}
		return failover.On(reached, failover.DefaultWaits), nil
	}
	o.Stacks = failover.Terraform{
		Folder: o.Folder, Out: outDir, Env: env, PlatformEnv: platform,
		Synthesize: func(ctx context.Context, names []string) error { return late.synthesize(ctx, outDir, names) },
		Account:    reach.hooks, View: o.terminal.human(), Now: late.now, Beat: o.terminal.beat(late.tick),
	}
	if !o.yes {
		o.Ask = o.terminal.confirm
	}
	if os.Getenv(endpointVariable) == "" { // no emulator serves users
		o.Probe = probe
	}
	return failover.Run(ctx, o.Options)
}

// probeTimeout is how long a user would wait.
const probeTimeout = 10 * time.Second

// probe asks a URL as a user does.
func probe(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	call, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return fmt.Errorf("asking %s: %w", url, err)
	}
	answer, err := http.DefaultClient.Do(call)
	if err != nil {
		return err
	}
	_ = answer.Body.Close() // only the status is wanted
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("it answers %s", answer.Status)
	}
	return nil
}
