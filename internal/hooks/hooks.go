// Package hooks is what `titan deploy` does in AWS between stacks, where Terraform can't: it waits for replicas, looks
// for snapshots in the other region of a pair and for a zone that is there already, makes the roles that services want
// to find, starts a stopped database, and has health checks follow their alarms.
package hooks

import (
	"context"
	"fmt"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/awsops/database"
	"github.com/titan-platform/titan/internal/awsops/healthchecks"
	"github.com/titan-platform/titan/internal/awsops/hostedzones"
	"github.com/titan-platform/titan/internal/awsops/secrets"
	"github.com/titan-platform/titan/internal/awsops/servicelinkedroles"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/stacks/order"
)

// AWS is what the hooks ask of an account.
type AWS struct {
	Secrets interface {
		WaitForReplicas(ctx context.Context, names []string, home, region environments.Region) error
	}
	HealthChecks interface {
		Refresh(ctx context.Context, region environments.Region, alarms []string) (updated []string, checks int, err error)
	}
	Databases interface {
		Snapshot(ctx context.Context, region environments.Region, id string) (database.Snapshot, error)
		Cluster(ctx context.Context, region environments.Region, name string) (database.Cluster, error)
		Start(ctx context.Context, region environments.Region, name string) error
	}
	Zones interface {
		Public(ctx context.Context, name string) (ids []string, err error)
	}
	Roles interface {
		Make(ctx context.Context, roles ...servicelinkedroles.Role) (made []string, err error)
	}
}

// Waits are how long the hooks wait, and how often they ask meanwhile.
type Waits struct {
	Replicas awsops.Wait // of a secret
	Database awsops.Wait // to be started
}

// DefaultWaits are for AWS: a replica follows in seconds, and a cluster starts in ten minutes or so.
var DefaultWaits = Waits{
	Replicas: awsops.Wait{Every: 5 * time.Second, Most: 5 * time.Minute},
	Database: awsops.Wait{Every: 15 * time.Second, Most: 45 * time.Minute},
}

// On is an account, by its clients.
func On(account *awsops.Account, waits Waits) AWS {
	return AWS{
		Secrets:      secrets.Of(account, waits.Replicas),
		HealthChecks: healthchecks.Of(account),
		Databases:    database.Of(account, waits.Database),
		Zones:        hostedzones.Of(account),
		Roles:        servicelinkedroles.Of(account),
	}
}

// Hooks are the hooks for the stacks of environments.
type Hooks struct {
	// Environments are those whose stacks are run, as their files are.
	Environments []environments.Environment
	// Account reaches the account of an environment. It is called when a hook first needs it.
	Account func(context.Context, environments.Account) (AWS, error)
}

// Install gives a runner the hooks.
func (h Hooks) Install(r *runner.Runner) {
	r.Before = map[order.Kind]runner.Hook{
		order.Environment: h.unlessDestroying(checkSnapshots),
		order.Global:      h.unlessDestroying(waitForOriginHeader),
	}
	r.BeforeApply = map[order.Kind]runner.Hook{
		order.Account:     h.unlessDestroying(makeServiceLinkedRoles),
		order.Zone:        h.unlessDestroying(refuseSecondZone),
		order.Environment: h.on(startDatabase),
	}
	r.After = map[order.Kind]runner.Hook{order.Environment: h.unlessDestroying(refreshHealthChecks)}
}

// hook is a hook of a stack of an environment.
type hook func(ctx context.Context, step runner.Step, environment environments.Environment, aws AWS) error

func (h Hooks) on(do hook) runner.Hook {
	return func(ctx context.Context, step runner.Step) error {
		for _, environment := range h.Environments {
			if environment.Name != step.Stack.Environment {
				continue
			}
			aws, err := h.Account(ctx, environment.Account)
			if err != nil {
				return err
			}
			return do(ctx, step, environment, aws)
		}
		return fmt.Errorf("no environment %q, whose stack %s is", step.Stack.Environment, step.Stack.Name)
	}
}

func (h Hooks) unlessDestroying(do hook) runner.Hook {
	run := h.on(do)
	return func(ctx context.Context, step runner.Step) error {
		if step.Verb == runner.Destroy {
			return nil
		}
		return run(ctx, step)
	}
}
