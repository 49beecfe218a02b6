package failover

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops/database"
)

// snapshot takes, in the second region, the snapshot that the primary is made from.
type snapshot struct{ *work }

func (s *snapshot) about() about {
	return about{
		title: "take a snapshot of " + s.secondary.DatabaseName(),
		changes: fmt.Sprintf("%s.yaml: database.snapshots has one more, called %s<date>; %s takes it",
			s.secondary.Name, environments.FailbackSnapshot, s.secondary.Name),
		costs: "ten to thirty minutes; the snapshot is kept and paid for by its size, until its name is taken out again",
		undo:  "take the name out",
	}
}

func (s *snapshot) done(context.Context) (bool, string, error) {
	if s.serves(environments.DRPrimary) {
		return true, s.primary.Name + " serves already", nil
	}
	name, pending := s.pending()
	if !pending {
		return false, "", nil
	}
	return false, s.secondary.SnapshotName(name) + " is in the file", nil
}

func (s *snapshot) do(ctx context.Context) error {
	if err := s.checkBack(); err != nil {
		return err
	}
	name, pending := s.pending()
	if pending {
		found, err := s.aws.Databases.Snapshot(ctx, s.secondary.Region, s.secondary.SnapshotName(name))
		if err != nil {
			return err
		}
		if found.Status == database.Available {
			unchanged, err := s.isUnchangedSince(found)
			if err != nil || unchanged {
				return err
			}
			pending = false
		}
	}
	if !pending {
		name, err := s.newName(ctx)
		if err != nil {
			return err
		}
		if err := s.edit(appendTo(s.secondary, "database.snapshots", name)); err != nil {
			return err
		}
	}
	return s.deploy(ctx, nil, s.secondary.Name)
}

// isUnchangedSince asks whether a snapshot that an interrupted way back has taken still has everything.
func (s *snapshot) isUnchangedSince(found database.Snapshot) (bool, error) {
	if s.Ask == nil {
		return true, nil
	}
	return s.Ask(fmt.Sprintf("%s was taken %s. Has nothing been written in %s since? With a no, another one is taken.",
		found.ARN, s.when(found.Created), s.secondary.Name))
}

func (s *snapshot) check(ctx context.Context) error {
	name, _ := s.pending()
	name = s.secondary.SnapshotName(name)
	found, err := s.aws.Databases.Snapshot(ctx, s.secondary.Region, name)
	if err == nil && found.Status != database.Available {
		err = fmt.Errorf("snapshot %s in %s is %q", name, s.secondary.Region, found.Status)
	}
	if err == nil {
		s.say("%s, taken %s", found.ARN, s.when(found.Created))
	}
	return err
}

// pending is the snapshot of this way back, by its name in the file: the last one that is not of an earlier way back.
// What the primary was made from then stands in its dr.outdated.
func (w *work) pending() (name string, found bool) {
	for _, name := range slices.Backward(w.secondary.Database.Snapshots) {
		if w.secondary.SnapshotName(name) == w.primary.DR.Outdated {
			break
		}
		if strings.HasPrefix(name, environments.FailbackSnapshot) {
			return name, true
		}
	}
	return "", false
}

// newName is today's, with a number from the second of a day on: names of snapshots are taken for as long as a
// snapshot of the name is in either region.
func (s *snapshot) newName(ctx context.Context) (string, error) {
	today := environments.FailbackSnapshot + s.Now().UTC().Format("20060102")
	for n := 1; ; n++ {
		name := today
		if n > 1 {
			name = fmt.Sprintf("%s-%d", today, n)
		}
		taken := slices.Contains(s.secondary.Database.Snapshots, name)
		for _, region := range []environments.Region{s.secondary.Region, s.primary.Region} {
			found, err := s.aws.Databases.Snapshot(ctx, region, s.secondary.SnapshotName(name))
			if err != nil {
				return "", err
			}
			taken = taken || found.Found
		}
		if !taken {
			return name, nil
		}
	}
}
