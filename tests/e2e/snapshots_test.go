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
	if actions := d.planned(t, "second.tfplan"); !maps.EqualFunc(actions, want, slices.Equal) {
		t.Errorf("after the restore the plan would %v, want %v", actions, want)
	}
	must(t, d.stack.Apply(t.Context(), "second.tfplan", parallelism))
}

// snapshotsAreCopiedByTheSecondRegion looks at the calls themselves: the copy is asked for in the second region, with a key of that region. Asked
// for in the first one, it would stay there, and nothing would say so before the region is lost.
func (d *deployment) snapshotsAreCopiedByTheSecondRegion(t *testing.T) {
	t.Helper()
	if d.SecondRegion == "" {
		return
	}
	copies := 0
	for _, call := range d.emulator.Calls() {
		if call.Action != "CopyDBClusterSnapshot" || call.Source == emulator.FromFault {
			continue
		}
		copies++
		if call.Region != string(d.SecondRegion) {
			t.Errorf("a snapshot was copied by a call to %s, want %s", call.Region, d.SecondRegion)
		}
	}
	if copies != len(d.Database.Snapshots) {
		t.Errorf("%d copies of %d snapshots", copies, len(d.Database.Snapshots))
	}
}
