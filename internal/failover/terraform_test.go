package failover

import (
	"context"
	"fmt"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops/database"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/stacks/order"
)

// stacksOf is Terraform in a world: it makes of it what the files say.
type stacksOf struct{ *world }

// Deploy implements Stacks.
func (w stacksOf) Deploy(ctx context.Context, names []string, guard Guard) error {
	all, err := environments.Load(w.folder, "")
	if err != nil {
		return err
	}
	for _, stack := range order.All(all) {
		for _, name := range names {
			if stack.Name != name {
				continue
			}
			for _, environment := range all {
				if environment.Name == stack.Environment {
					if err := w.apply(ctx, stack, environment, guard); err != nil {
						return fmt.Errorf("%s: %w", name, err)
					}
				}
			}
		}
	}
	return nil
}

func (w stacksOf) apply(ctx context.Context, s order.Stack, e environments.Environment, guard Guard) error {
	for _, region := range []environments.Region{s.Region, s.StateRegion} {
		if err := w.call(region, "deploy %s", s.Name); err != nil {
			return err
		}
	}
	switch s.Kind {
	case order.Global:
		w.healthy[e.Name] = !e.Standby()
		if e.Edge.Enabled {
			w.named = e.Serving()
			if w.named == "" {
				w.named = environments.Nobody
			}
		}
	case order.Environment:
		return w.environment(ctx, s, e, guard)
	}
	return nil
}

// environment applies the stack of an environment, in the order of its graph: copies, database, snapshots.
func (w stacksOf) environment(ctx context.Context, s order.Stack, e environments.Environment, guard Guard) error {
	names, from := e.CopiedSnapshots()
	for _, name := range names {
		own, source := string(e.Region)+" "+name, string(from.Region)+" "+name
		if _, copied := w.snapshots[own]; copied {
			continue
		}
		if err := w.call(from.Region, "copy %s", name); err != nil {
			return err
		}
		if _, found := w.snapshots[source]; !found {
			return fmt.Errorf("no snapshot %s to copy", name)
		}
		w.snapshots[own] = w.snapshots[source]
	}
	if err := w.database(ctx, s, e, guard); err != nil {
		return err
	}
	w.forwards[e.Name] = !e.Standby()
	for _, name := range e.Database.Snapshots {
		key := string(e.Region) + " " + e.SnapshotName(name)
		if _, taken := w.snapshots[key]; !taken {
			w.snapshots[key] = snapshotOf{w.clusters[e.Name].data, e.DatabaseName(), w.now}
		}
	}
	return nil
}

// database is restored where the environment stands by and its file names another snapshot; a restore leaves IAM
// authentication and Insights to the next apply.
func (w stacksOf) database(ctx context.Context, s order.Stack, e environments.Environment, guard Guard) error {
	c := w.clusters[e.Name]
	if !e.Standby() || e.Database.RestoredFrom == "" || e.Database.RestoredFrom == c.source {
		c.complete, c.protected = true, !e.Standby()
		return nil
	}
	plan := `{"resource_changes": [{"address": "aws_rds_cluster.a", "type": "aws_rds_cluster",
		"change": {"actions": ["delete", "create"]}}]}`
	verdict, err := guard.Review(ctx, runner.Proposal{Plans: []runner.PlannedStack{{Stack: s, Plan: []byte(plan)}}})
	if err != nil || verdict.Refused != nil {
		return fmt.Errorf("reviewed: %+v, %w", verdict, err)
	}
	yes, err := guard.Ask("Apply?")
	switch {
	case err != nil:
		return err
	case !yes:
		return runner.ErrDeclined
	case c.status != database.Available:
		return fmt.Errorf("cluster of %s is %s", e.Name, c.status)
	case c.protected:
		return fmt.Errorf("cluster of %s is protected from deletion", e.Name)
	case len(c.readers) > 0:
		return fmt.Errorf("cluster of %s still has %v", e.Name, c.readers)
	}
	found, ok := w.snapshot(e.Region, e.Database.RestoredFrom)
	if !ok {
		return fmt.Errorf("no snapshot %s in %s", e.Database.RestoredFrom, e.Region)
	}
	*c = cluster{data: found.data, status: database.Available, created: w.now, source: e.Database.RestoredFrom}
	return nil
}
