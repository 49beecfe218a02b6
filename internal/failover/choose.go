package failover

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/titan-platform/titan/internal/awsops/recoverypoints"
)

// choose writes into the secondary's file what its database is to be restored from. It comes before the fence, so that
// an interrupted failover finds its choice there.
type choose struct{ *work }

func (s *choose) about() about {
	return about{
		title:   "choose the recovery point",
		changes: s.secondary.Name + ".yaml: database.restored_from; nothing in AWS",
		costs:   "what was written after the recovery point is lost, for now: the primary's region keeps it",
		undo:    "put the line back",
	}
}

func (s *choose) done(ctx context.Context) (bool, string, error) {
	if s.secondary.DR.Active {
		return true, s.secondary.Name + " is active: its data is not replaced any more", nil
	}
	point, err := s.recoveryPoint(ctx)
	if err != nil {
		return false, "", err
	}
	remark := fmt.Sprintf("%s, taken %s", point.ARN, s.when(point.Taken))
	return isSnapshot(point.ARN, s.secondary.Database.RestoredFrom), remark, nil
}

// isSnapshot is whether a name or ARN is that of a snapshot. Another spelling of it in the file would replace the
// database by one of the same data.
func isSnapshot(arn, named string) bool {
	return arn == named || strings.HasSuffix(arn, ":cluster-snapshot:"+named)
}

func (s *choose) do(ctx context.Context) error {
	point, err := s.recoveryPoint(ctx)
	if err != nil {
		return err
	}
	return s.edit(set(s.secondary, "database.restored_from", point.ARN))
}

// recoveryPoint is the one that was asked for, or else the newest copy of a backup of the primary in its vault of
// copies. One of the standby's own cluster is never taken: its data is older.
func (w *work) recoveryPoint(ctx context.Context) (recoverypoints.RecoveryPoint, error) {
	none := recoverypoints.RecoveryPoint{}
	points, err := w.aws.RecoveryPoints.Completed(ctx, w.secondary.Region, w.primary.CopyVault(), w.primary.DatabaseARN())
	if err != nil {
		return none, err
	}
	origin, err := w.origin(ctx)
	if err != nil {
		return none, err
	}
	if w.RecoveryPoint != "" {
		return w.asked(ctx, points, origin)
	}
	if len(points) == 0 {
		return none, fmt.Errorf("vault %s in %s holds no completed copy of %s; a snapshot of it in that region can be "+
			"taken by --recovery-point ARN", w.primary.CopyVault(), w.secondary.Region, w.primary.DatabaseName())
	}
	newest := points[0]
	if !newest.Taken.After(origin.Taken) {
		return none, fmt.Errorf("the newest copy of a backup of %s is of %s, before %s was made of the snapshot of %s: "+
			"that has the newer data, and can be taken by --recovery-point %s",
			w.primary.Name, w.when(newest.Taken), w.primary.Name, w.when(origin.Taken), origin.ARN)
	}
	return newest, w.checkEarlierChoice(points, newest, origin.Taken)
}

// asked is the recovery point that was asked for.
func (w *work) asked(
	ctx context.Context, points []recoverypoints.RecoveryPoint, origin recoverypoints.RecoveryPoint,
) (recoverypoints.RecoveryPoint, error) {
	for _, point := range append(points, origin) {
		if point.ARN == w.RecoveryPoint {
			return point, nil
		}
	}
	found, err := w.aws.Databases.Snapshot(ctx, w.secondary.Region, w.RecoveryPoint)
	if err != nil {
		return recoverypoints.RecoveryPoint{}, err
	}
	if found.Found && found.Cluster == w.primary.DatabaseName() && found.ARN == w.RecoveryPoint {
		return recoverypoints.RecoveryPoint{ARN: found.ARN, Taken: found.Created}, nil
	}
	return recoverypoints.RecoveryPoint{}, fmt.Errorf("--recovery-point %q is neither a completed copy in vault %s, nor "+
		"a snapshot of %s in %s, by its ARN",
		w.RecoveryPoint, w.primary.CopyVault(), w.primary.DatabaseName(), w.secondary.Region)
}

// origin is the snapshot that the primary was made from after an earlier failover, which lies in this region. Copies
// of backups from before it lack what was written here meanwhile. Its time is zero where there is none.
func (w *work) origin(ctx context.Context) (recoverypoints.RecoveryPoint, error) {
	source := w.primary.Database.RestoredFrom
	if at := strings.LastIndex(source, ":cluster-snapshot:"); at >= 0 {
		source = source[at+len(":cluster-snapshot:"):]
	}
	if source == "" {
		return recoverypoints.RecoveryPoint{}, nil
	}
	found, err := w.aws.Databases.Snapshot(ctx, w.secondary.Region, source)
	if err != nil || !found.Found {
		return recoverypoints.RecoveryPoint{}, err
	}
	return recoverypoints.RecoveryPoint{ARN: found.ARN, Taken: found.Created}, nil
}

// checkEarlierChoice refuses to guess where a failover that has begun chose another one than the newest: somebody may
// have had a reason, as data that was already spoiled.
func (w *work) checkEarlierChoice(
	points []recoverypoints.RecoveryPoint, newest recoverypoints.RecoveryPoint, since time.Time,
) error {
	chosen := w.secondary.Database.RestoredFrom
	if !w.primary.DR.Fenced || chosen == newest.ARN {
		return nil
	}
	for _, point := range points {
		if point.ARN == chosen && point.Taken.After(since) {
			return fmt.Errorf("%s is fenced, and %s.yaml names the recovery point of %s, but there is one of %s: say which by "+
				"--recovery-point %s or --recovery-point %s", w.primary.Name, w.secondary.Name, w.when(point.Taken),
				w.when(newest.Taken), point.ARN, newest.ARN)
		}
	}
	return nil
}
