package failover

import (
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// fenced is a world in which a failover was interrupted after its fence, with the recovery point given in the file.
func fenced(t *testing.T, point string) *world {
	w := newWorld(t)
	work := &work{Options: Options{Environment: "prod", Folder: w.folder, Out: &strings.Builder{}}}
	if err := work.load(); err != nil {
		t.Fatal(err)
	}
	err := work.edit(set(work.secondary, "database.restored_from", point),
		set(work.primary, "dr.fenced", true), set(work.primary, "dr.outdated", environments.NoSource))
	if err != nil {
		t.Fatal(err)
	}
	w.named, w.healthy["prod"] = environments.Nobody, false
	return w
}

func asking(arn string) func(*Options) { return func(o *Options) { o.RecoveryPoint = arn } }

func TestAnOlderChoiceIsNotOverruled(t *testing.T) {
	w := fenced(t, "arn:aws:rds:eu-central-1:333333333333:cluster-snapshot:awsbackup:copyjob-0")
	older := w.backUp()
	w.clusters["prod"].data = "spoiled"
	newer := w.backUp()
	_, err := w.run(nil)
	if err == nil || !strings.Contains(err.Error(), "--recovery-point "+older+" or --recovery-point "+newer) {
		t.Fatalf("it chose by itself: %v", err)
	}
	w.must(asking(older))
	w.expectData("prod-dr", "first")
}

func TestASnapshotOfThePrimaryCanBeAskedForAndNoOther(t *testing.T) {
	w := newWorld(t)
	const named = "arn:aws:rds:eu-central-1:333333333333:cluster-snapshot:birthday-db-prod-standby"
	const own = "arn:aws:rds:eu-central-1:333333333333:cluster-snapshot:birthday-db-prod-dr-final-1"
	w.snapshots["eu-central-1 birthday-db-prod-dr-final-1"] = snapshotOf{"old", "birthday-db-prod-dr", w.now}
	if _, err := w.run(nil); err == nil || !strings.Contains(err.Error(), "holds no completed copy of birthday-db-prod") {
		t.Errorf("of an empty vault: %v", err)
	}
	for _, arn := range []string{own, "birthday-db-prod-standby", "arn:aws:rds:eu-central-1:1:cluster-snapshot:none"} {
		if _, err := w.run(asking(arn)); err == nil || !strings.Contains(err.Error(), "neither a completed copy") {
			t.Errorf("%s: %v", arn, err)
		}
	}
	w.must(asking(named))
	w.expectData("prod-dr", "first")
}

func TestARehearsalsRecoveryPointIsNotThisFailovers(t *testing.T) {
	w := newWorld(t)
	work := &work{Options: Options{Environment: "prod", Folder: w.folder, Out: &strings.Builder{}}}
	if err := work.load(); err != nil {
		t.Fatal(err)
	}
	if err := work.edit(set(work.secondary, "database.restored_from", w.backUp())); err != nil {
		t.Fatal(err)
	}
	w.write("one", "prod")
	w.backUp()
	w.must(nil)
	w.expectData("prod-dr", "first, one")
}
