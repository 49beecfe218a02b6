package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/eks"
	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/preflight"
	"github.com/titan-platform/titan/internal/upgrade"
	"github.com/titan-platform/titan/stacks/order"
)

// upgradeOptions are what `titan upgrade` needs.
type upgradeOptions struct {
	run         runOptions
	synthesized func(stack string) (text []byte, folder fs.FS, err error)
	eks         func(context.Context, environments.Environment) (upgrade.AWS, error)

	environment string
	to          string // empty is the version after the file's
	date        string // empty is today
	offline     bool
}

func newUpgradeCommand(t *terminal, run func(context.Context, upgradeOptions) error) *cobra.Command {
	o := defaultUpgradeOptions(t)
	if run == nil {
		run = runUpgrade
	}
	command := &cobra.Command{
		Use:   "upgrade ENVIRONMENT",
		Short: "Say what another Kubernetes version would do to an environment",
		Long: `Says what stands in the way of another Kubernetes version in ENVIRONMENT's file, and changes nothing: whether EKS
takes the step, who goes first, until when versions are in support, which declared objects lose their API. It then asks
the account for the control plane, node groups, EKS' upgrade insights, and the add-ons' next versions; where nobody
answers, that is unknown.

A bad line is a failure. The upgrade itself is a change of cluster.version and a deployment: docs/upgrades.md.`,
		Example: `  titan upgrade staging
  titan upgrade prod --to 1.36
  titan upgrade prod --to 1.36 --offline --date 2027-06-01`,
		Args:              one("one ENVIRONMENT"),
		ValidArgsFunction: completeEnvironment(o.run.environments),
		RunE: func(command *cobra.Command, args []string) error {
			o.environment = args[0]
			return run(command.Context(), o)
		},
	}
	command.Flags().StringVar(&o.to, "to", "", "the `VERSION`, such as 1.36; without it the one after the file's")
	command.Flags().StringVar(&o.date, "date", "", "the `DAY` on which support is judged, such as 2027-06-01; without it today")
	command.Flags().BoolVar(&o.offline, "offline", false, "ask no account")
	return command
}

func defaultUpgradeOptions(t *terminal) upgradeOptions {
	return upgradeOptions{
		run: defaultRunOptions(t),
		synthesized: func(stack string) ([]byte, fs.FS, error) {
			text, err := readSynthesized(stack)
			return text, os.DirFS(stackDir(outDir, stack)), err
		},
		eks: func(ctx context.Context, environment environments.Environment) (upgrade.AWS, error) {
			account, err := awsops.NewAccount(ctx, environment.Account)
			if err != nil {
				return nil, err
			}
			return eks.NewFromConfig(account.In(environment.Region)), nil
		},
	}
}

func runUpgrade(ctx context.Context, o upgradeOptions) error {
	all, err := o.run.environments()
	if err != nil {
		return err
	}
	environment, err := named(all, o.environment)
	if err != nil {
		return err
	}
	asked, err := o.upgrade(environment, all)
	if err != nil {
		return err
	}
	if err := o.run.settings(ctx); err != nil {
		return err
	}
	if err := o.run.prepare(ctx, outDir, []string{o.environment}); err != nil {
		return err
	}
	name := order.Name(environment, order.Platform)
	text, folder, err := o.synthesized(name)
	if err != nil {
		return fmt.Errorf("reading a synthesized stack: %w", err)
	}
	if asked.Objects, asked.Charts, err = upgrade.Declared(name, text, folder); err != nil {
		return err
	}
	if !o.offline {
		if asked.AWS, err = o.eks(ctx, environment); err != nil {
			return err
		}
	}
	tally := map[preflight.Severity]int{}
	asked.Check(ctx, func(r preflight.Result) {
		tally[r.Severity]++
		preflightOptions{run: o.run}.print(r)
	})
	o.run.terminal.printf("%d good, %d bad, %d unknown\n",
		tally[preflight.Good], tally[preflight.Bad], tally[preflight.Unknown])
	if tally[preflight.Bad] > 0 {
		return fmt.Errorf("%s is not ready for Kubernetes %s; mend the bad lines, and ask again", o.environment, asked.To)
	}
	return ctx.Err()
}

// upgrade is the upgrade that the command line is about.
func (o upgradeOptions) upgrade(environment environments.Environment, all []environments.Environment) (upgrade.Upgrade, error) {
	asked := upgrade.Upgrade{Environment: environment, To: o.to, All: all, Day: o.run.now()}
	if asked.To == "" {
		asked.To = upgrade.Next(environment.Cluster.Version)
	}
	if _, known := environments.KubernetesSupport(asked.To); !known && o.to == "" {
		return asked, fmt.Errorf("%s runs Kubernetes %s, and no newer version is known; name one by --to once "+
			"environments/support.go has it", environment.Name, environment.Cluster.Version)
	} else if !known {
		return asked, wrongUsage("--to is %q, which EKS does not offer; there are %s", o.to,
			strings.Join(environments.KubernetesVersions(), ", "))
	}
	if o.date != "" {
		day, err := time.Parse(time.DateOnly, o.date)
		if err != nil {
			return asked, wrongUsage("--date is %q, and no day; write it as 2027-06-01", o.date)
		}
		asked.Day = day
	}
	return asked, nil
}
