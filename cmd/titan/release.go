package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"k8s.io/client-go/metadata"

	"github.com/titan-platform/titan/internal/releases"
)

// stillRunning is the age under which an operation of Helm's may be on its way: the longest timeout of a release is 15
// minutes, and undoing it takes as long again.
const stillRunning = 30 * time.Minute

// releaseOptions are what `titan release` needs.
type releaseOptions struct {
	clusterOptions
	now      func() time.Time
	metadata func(context.Context) (metadata.Interface, error)

	release string // empty is all
	mend    bool
}

func newReleaseCommand(t *terminal, run func(context.Context, releaseOptions) error) *cobra.Command {
	o := releaseOptions{clusterOptions: defaultClusterOptions(t), now: time.Now}
	if run == nil {
		run = runRelease
	}
	command := &cobra.Command{
		Use:   "release ENVIRONMENT [RELEASE]",
		Short: "Show Helm's releases in an environment's cluster, and mend one whose operation was killed",
		Long: `Shows the releases in ENVIRONMENT's cluster, or one: revision, status, and for how long. It reads labels of Helm's
records, and no Secret's content.

--mend takes away what keeps Helm from going on with RELEASE: the record of a revision that is pending because what ran
it was killed, or that failed where none was ever deployed. Nothing that runs is touched, and the next deployment of the
platform's stack goes on from the revision before, or installs over what is there. A record younger than 30 minutes is
refused: Helm may still be at it.

Where nobody reaches the cluster's API, the deployer's pipeline runs it: docs/runbooks/releases.md.`,
		Example: `  titan release prod
  titan release prod traefik --mend`,
		Args:              between(1, 2, "one ENVIRONMENT and at most one RELEASE"),
		ValidArgsFunction: completeEnvironment(o.environments),
		RunE: func(command *cobra.Command, args []string) error {
			o.environment = args[0]
			if len(args) > 1 {
				o.release = args[1]
			}
			if o.mend && o.release == "" {
				return wrongUsage("--mend takes a RELEASE; `titan release %s` shows them", o.environment)
			}
			return run(command.Context(), o)
		},
	}
	command.Flags().BoolVar(&o.mend, "mend", false, "remove the record of the operation that was killed")
	return command
}

func runRelease(ctx context.Context, o releaseOptions) error {
	if o.metadata == nil {
		o.metadata = o.clusterMetadata
	}
	client, err := o.metadata(ctx)
	if err != nil {
		return err
	}
	all, err := releases.List(ctx, client)
	if err != nil {
		return err
	}
	if o.release == "" {
		for _, release := range all {
			o.print(release)
		}
		return nil
	}
	release, err := releases.Find(all, o.release)
	if err != nil {
		return err
	}
	o.print(release)
	if !o.mend {
		return nil
	}
	done, err := releases.Mend(ctx, client, release, stillRunning, o.now())
	for _, revision := range done.Removed {
		o.terminal.printf("removed the record of revision %d\n", revision)
	}
	if err != nil {
		return err
	}
	o.next(done)
	return nil
}

// clusterMetadata is a client that reads no more of objects than their metadata.
func (o releaseOptions) clusterMetadata(ctx context.Context) (metadata.Interface, error) {
	connection, err := o.connect(ctx)
	if err != nil {
		return nil, err
	}
	client, err := metadata.NewForConfig(connection)
	if err != nil {
		return nil, fmt.Errorf("connecting to the cluster of %s: %w", o.environment, err)
	}
	return client, nil
}

func (o releaseOptions) print(r releases.Release) {
	age := o.now().Sub(r.Since).Round(time.Minute)
	o.terminal.printf("%-20s %-30s revision %-4d %-17s for %s\n", r.Namespace, r.Name, r.Revision, r.Status, age)
}

// next says how it goes on.
func (o releaseOptions) next(done releases.Mended) {
	switch {
	case len(done.Removed) == 0:
		o.terminal.printf("nothing keeps Helm from going on with it; where Terraform wants to replace it, its record of it is " +
			"tainted: terraform untaint (docs/runbooks/releases.md)\n")
	case done.Left == 0:
		o.terminal.printf("no revision is left: the next deployment of %s.platform installs it over what is there\n", o.environment)
	default:
		o.terminal.printf("the next deployment of %s.platform goes on from revision %d\n", o.environment, done.Left)
	}
}
