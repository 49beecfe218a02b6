//go:build e2e

package e2e

import (
	"maps"
	"slices"
	"testing"

	"github.com/titan-platform/titan/internal/emulator"
)

// secondApplyAfterRestore applies again where the database was restored from a snapshot: RDS restores it without IAM authentication and
// Insights, and the next apply sets them, in place.
func (d *deployment) secondApplyAfterRestore(t *testing.T) {
	t.Helper()
	if d.Database.RestoredFrom == "" {
		return
	}
	_, err := d.stack.Plan(t.Context(), "second.tfplan")
	must(t, err)
	want := map[string][]string{"update": {"aws_rds_cluster.database_aurora"}}
	if actions := planned(t, d.stack, "second.tfplan"); !maps.EqualFunc(actions, want, slices.Equal) {
		t.Errorf("after the restore the plan would %v, want %v", actions, want)
	}
	must(t, d.stack.Apply(t.Context(), "second.tfplan", parallelism))
}

// snapshotsAreCopiedByTheOtherRegion looks at the calls themselves: a copy is asked for in the region of the other environment, with a key of
// that region. Asked for in the first one, it would stay there, and nothing would say so before the region is lost.
func snapshotsAreCopiedByTheOtherRegion(t *testing.T, primary, secondary *deployment) {
	t.Helper()
	copies := 0
	for _, call := range primary.emulator.Calls() {
		if call.Action != "CopyDBClusterSnapshot" || call.Source == emulator.FromFault {
			continue
		}
		copies++
		if call.Region != string(secondary.Region) {
			t.Errorf("a snapshot was copied by a call to %s, want %s", call.Region, secondary.Region)
		}
	}
	if want := len(primary.Database.Snapshots); copies != want {
		t.Errorf("%d copies of %d snapshots", copies, want)
	}
}
