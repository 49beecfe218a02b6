//go:build e2e && fresh

package e2e

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/emulator/fresh"
)

// TestFirstApplyInAFreshAccount applies each chosen environment once to an account that refuses what a fresh one
// does. Nothing is tried a second time but by the provider.
func TestFirstApplyInAFreshAccount(t *testing.T) {
	for _, world := range worlds(t) {
		t.Run(nameOf(world), func(t *testing.T) {
			t.Parallel()
			running := start(t, world[0].Account.ID)
			account := fresh.New(fresh.Account{Principals: standing(world)})
			running.Guard(account)
			t.Cleanup(func() { printRefusals(nameOf(world), account.Counts(), running.Calls()) })

			made := map[string]bool{}
			var deployed []*deployment
			for _, environment := range world {
				d := deployOn(t, running, environment)
				d.applyAll(t, made)
				deployed = append(deployed, d)
			}
			for _, d := range deployed {
				d.planAllAgain(t)
				d.report.print()
			}
			everyKindWasMet(t, account.Counts())
		})
	}
}

// standing are the principals that somebody has made before the first apply: those that the files name, and the roles
// of the services that refuse the first call in an account without them (docs/deploying.md).
func standing(world []environments.Environment) []string {
	var arns []string
	for _, e := range world {
		arns = append(arns, slices.Concat(e.Cluster.Admins, e.Cluster.Readers)...)
		for _, service := range []string{"rds", "elasticache"} {
			const form = "arn:aws:iam::%s:role/aws-service-role/%s.amazonaws.com/own"
			arns = append(arns, fmt.Sprintf(form, e.Account.ID, service))
		}
	}
	return arns
}

// everyKindWasMet fails where a kind of refusal that every environment gets past was idle: then the run proves nothing
// about it. The others end an apply, because the provider does not repeat those calls.
func everyKindWasMet(t *testing.T, counts []fresh.Count) {
	t.Helper()
	for _, kind := range []fresh.Kind{fresh.RoleUnseen, fresh.PermissionUnseen, fresh.NotFoundYet, fresh.Throttled} {
		if !slices.ContainsFunc(counts, func(c fresh.Count) bool { return c.Kind == kind && c.Times > 0 }) {
			t.Errorf("%s: nothing was refused", kind)
		}
	}
}

// printRefusals says what was refused, by kind and how often, and what was idle.
func printRefusals(world string, counts []fresh.Count, calls []emulator.Call) {
	var text strings.Builder
	var idle []string
	total := 0
	slices.SortStableFunc(counts, func(a, b fresh.Count) int { return cmp.Compare(a.Kind, b.Kind) })
	for _, count := range counts {
		total += count.Times
		if count.Times == 0 {
			idle = append(idle, count.Name)
			continue
		}
		fmt.Fprintf(&text, "   %4d %s: %s (%s)\n", count.Times, count.Kind, count.Name, count.Source)
	}
	fmt.Printf("\n== a fresh account, %s: %d of %d calls refused\n%s", world, total, len(calls), text.String())
	fmt.Printf("   idle, %d of %d:\n      %s\n", len(idle), len(counts), strings.Join(idle, "\n      "))
}
