package failover

import (
	"context"
	"fmt"

	"github.com/titan-platform/titan/environments"
)

// restoreHome makes the primary's database of the secondary's snapshot, which its stack copies first.
type restoreHome struct{ *work }

func (s *restoreHome) about() about {
	return about{
		title: "restore the database in " + string(s.primary.Region),
		changes: fmt.Sprintf("%s.yaml: database.restored_from\n"+
			"%s: the snapshot is copied, and cluster %s replaced by one of it",
			s.primary.Name, s.primary.Name, s.primary.DatabaseName()),
		costs: "40 to 90 minutes, more with the size",
		undo: fmt.Sprintf("it can't be, and is asked about once the plan is there; what %s held when it was fenced stays "+
			"as its last snapshot, %s-final-…: what was written after the last copy is in it",
			s.primary.Name, s.primary.DatabaseName()),
	}
}

func (s *restoreHome) done(context.Context) (bool, string, error) {
	if s.serves(environments.DRPrimary) {
		return true, s.primary.Name + " serves already", nil
	}
	return false, "a plan of it tells", nil
}

func (s *restoreHome) do(ctx context.Context) error {
	name, pending := s.pending()
	if !pending {
		return fmt.Errorf("%s.yaml names no snapshot %s<date> to restore from",
			s.secondary.Name, environments.FailbackSnapshot)
	}
	if err := s.edit(set(s.primary, "database.restored_from", s.secondary.SnapshotName(name))); err != nil {
		return err
	}
	return s.rebuild(ctx, s.primary)
}

func (s *restoreHome) check(ctx context.Context) error { return s.checkRebuilt(ctx, s.primary) }
