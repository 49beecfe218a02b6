package failover

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops/database"
)

// restore makes the secondary's database of the recovery point that its file names.
type restore struct{ *work }

// clusterType is what a restore replaces of what holds data.
var clusterType = []string{"aws_rds_cluster"}

func (s *restore) about() about {
	return about{
		title: "restore the database in " + string(s.secondary.Region),
		changes: fmt.Sprintf("%s: cluster %s is replaced by one of the recovery point; with it its master secret and its "+
			"resource id", s.secondary.Name, s.secondary.DatabaseName()),
		costs: "30 to 60 minutes, more with the size: the old cluster is deleted, the new one restored, its instances made",
		undo: "it can't be, and is asked about once the plan is there; the standby's old data stays as a last snapshot, " +
			s.secondary.DatabaseName() + "-final-…",
	}
}

func (s *restore) done(context.Context) (bool, string, error) {
	if s.secondary.DR.Active {
		return true, s.secondary.Name + " is active: its data is not replaced any more", nil
	}
	return false, "a plan of " + s.secondary.Name + " tells", nil
}

func (s *restore) do(ctx context.Context) error {
	if !s.primary.DR.Fenced {
		return errors.New(s.primary.Name + " is not fenced: it could take writes that the restored database never has")
	}
	return s.rebuild(ctx, s.secondary)
}

func (s *restore) check(ctx context.Context) error {
	return s.checkRebuilt(ctx, s.secondary)
}

// rebuild deploys an environment's database anew, after what its file names. A plan that finds it so already changes
// nothing. RDS restores without IAM authentication and Insights, which a second apply sets.
func (w *work) rebuild(ctx context.Context, environment environments.Environment) error {
	removed, err := w.aws.Databases.RemoveAutoscaledReaders(ctx, environment.Region, environment.DatabaseName())
	if err != nil {
		return err
	}
	if len(removed) > 0 {
		w.say("removed %s, which autoscaling had added: with them the cluster could not be replaced",
			strings.Join(removed, ", "))
	}
	if err := w.deploy(ctx, clusterType, environment.Name); err != nil {
		return err
	}
	cluster, err := w.aws.Databases.Cluster(ctx, environment.Region, environment.DatabaseName())
	if err != nil || cluster.Complete {
		return err
	}
	w.say("once more, for what a restore leaves out")
	return w.deploy(ctx, nil, environment.Name)
}

// checkRebuilt checks that a cluster is complete, and younger than the snapshot that its environment's file names.
func (w *work) checkRebuilt(ctx context.Context, environment environments.Environment) error {
	cluster, err := w.complete(ctx, environment)
	if err != nil {
		return err
	}
	source, err := w.aws.Databases.Snapshot(ctx, environment.Region, environment.Database.RestoredFrom)
	if err == nil && cluster.Created.Before(source.Created) {
		err = fmt.Errorf("cluster %s is older than snapshot %s: it was not made of it",
			environment.DatabaseName(), environment.Database.RestoredFrom)
	}
	return err
}

// complete is the cluster of an environment, and an error where it can't be served from.
func (w *work) complete(ctx context.Context, environment environments.Environment) (database.Cluster, error) {
	name := environment.DatabaseName()
	cluster, err := w.aws.Databases.Cluster(ctx, environment.Region, name)
	switch {
	case err != nil:
		return cluster, err
	case !cluster.Found:
		return cluster, fmt.Errorf("there is no cluster %s in %s", name, environment.Region)
	case cluster.Status != database.Available:
		return cluster, fmt.Errorf("cluster %s is %s", name, cluster.Status)
	case !cluster.Complete:
		return cluster, fmt.Errorf("cluster %s has no IAM authentication or no Insights: deploy %s once more",
			name, environment.Name)
	}
	w.say("cluster %s is available, made %s", name, w.when(cluster.Created))
	return cluster, nil
}
