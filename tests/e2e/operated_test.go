//go:build e2e

package e2e

import (
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/stacks/order"
)

// TestDevelopmentIsOperated does to an environment that stands what the runbooks say, and plans changes of its file. It
// has an emulator of its own, so that this is done while TestEnvironments waits. Each part begins with what the file
// says, and can be run by itself: -run TestDevelopmentIsOperated/logins.
func TestDevelopmentIsOperated(t *testing.T) {
	t.Parallel()
	all, err := environments.Load(environmentFiles(t), "dev")
	must(t, err)
	d := deploy(t, all[0])
	planted := plant(d.emulator)
	d.apply(t, d.bootstrap) // what its account has besides is TestEnvironments' to judge
	d.apply(t, d.workspaces[order.Name(d.Environment, order.Zone)])
	d.killedApplyIsGoneOnWith(t)
	group, ctx := errgroup.WithContext(t.Context())
	group.Go(func() error { return planIsEmpty(ctx, t, d.stack) })
	group.Go(func() error { _, err := apply(ctx, d.global); return err })
	must(t, group.Wait())

	t.Run("overwritten state is restored", d.overwrittenStateIsRestored)
	t.Run("changes plan as they should", d.changesPlanAsTheyShould)
	t.Run("logins are renewed", func(t *testing.T) { d.loginsAreRenewed(t, planted) })
	t.Run("origin header is renewed", d.originHeaderIsRenewed)
}
