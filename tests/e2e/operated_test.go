//go:build e2e

package e2e

import (
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/stacks/order"
)

// development is dev on an emulator of its own, so that what is done to it is done while TestEnvironments waits, which
// also judges what its account has besides a bucket of state.
func development(t *testing.T) *deployment {
	t.Helper()
	all, err := environments.Load(environmentFiles(t), "dev")
	must(t, err)
	return deploy(t, all[0])
}

// TestDevelopmentIsRepairedAndChanged has its first apply killed and its state overwritten, and plans changes of its
// file. After the killed apply each part can be run by itself: -run TestDevelopmentIsRepairedAndChanged/state.
func TestDevelopmentIsRepairedAndChanged(t *testing.T) {
	t.Parallel()
	d := development(t)
	d.applyKinds(t, order.Bootstrap)
	beside, ctx := errgroup.WithContext(t.Context())
	beside.Go(func() error { _, err := apply(ctx, d.workspaces[order.Name(d.Environment, order.Zone)]); return err })
	d.killedApplyLeavesALock(t) // of resources that need no zone
	must(t, beside.Wait())
	d.apply(t, d.stack)
	beside, ctx = errgroup.WithContext(t.Context())
	beside.Go(func() error { _, err := apply(ctx, d.global); return err })
	beside.Go(func() error { return planIsEmpty(ctx, t, d.stack) })
	must(t, beside.Wait())

	t.Run("overwritten state is restored", d.overwrittenStateIsRestored)
	t.Run("changes plan as they should", d.changesPlanAsTheyShould)
}

// TestSecretsOfDevelopmentAreRenewed follows docs/runbooks/secrets.md and origin.md. Each part can be run by itself.
func TestSecretsOfDevelopmentAreRenewed(t *testing.T) {
	t.Parallel()
	d := development(t)
	planted := plant(d.emulator)
	d.applyKinds(t, order.Bootstrap, order.Zone, order.Environment, order.Global)
	t.Run("logins", func(t *testing.T) { d.loginsAreRenewed(t, planted) })
	t.Run("origin header", d.originHeaderIsRenewed)
}
