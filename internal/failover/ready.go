package failover

import (
	"context"
	"fmt"

	"github.com/titan-platform/titan/environments"
)

// ready brings the primary's stack up to its fence while the secondary serves on. Its database then has no deletion
// protection, without which the restore could not replace it, and runs, if the failover had stopped it.
type ready struct{ *work }

func (s *ready) about() about {
	return about{
		title: "make " + s.primary.Name + " ready",
		changes: fmt.Sprintf("%s: as it is fenced, its load balancer refuses, and its database can be replaced",
			s.primary.Name),
		costs: "five to ten minutes; twenty where a stopped database is started",
		undo:  "it changes nothing that users see",
	}
}

// done leaves the primary's stack alone once a snapshot is asked for: it would copy one that may not be there yet.
func (s *ready) done(ctx context.Context) (bool, string, error) {
	if s.serves(environments.DRPrimary) {
		return true, s.primary.Name + " serves already", nil
	}
	name, pending := s.pending()
	if !pending {
		return false, "a plan of it tells", nil
	}
	cluster, err := s.aws.Databases.Cluster(ctx, s.primary.Region, s.primary.DatabaseName())
	if err != nil {
		return false, "", err
	}
	return !cluster.Protected, fmt.Sprintf("%s.yaml asks for snapshot %s already", s.secondary.Name, name), nil
}

func (s *ready) do(ctx context.Context) error {
	if err := s.checkBack(); err != nil {
		return err
	}
	cluster, err := s.aws.Databases.Cluster(ctx, s.primary.Region, s.primary.DatabaseName())
	if err != nil {
		return err
	}
	if cluster.IsDown() {
		s.say("starting cluster %s, which is %s", s.primary.DatabaseName(), cluster.Status)
		if err := s.aws.Databases.Start(ctx, s.primary.Region, s.primary.DatabaseName()); err != nil {
			return err
		}
	}
	return s.deploy(ctx, nil, s.primary.Name)
}

func (s *ready) check(ctx context.Context) error {
	cluster, err := s.aws.Databases.Cluster(ctx, s.primary.Region, s.primary.DatabaseName())
	if err == nil && cluster.Protected {
		err = fmt.Errorf("cluster %s is still protected from deletion: deploy %s once more",
			s.primary.DatabaseName(), s.primary.Name)
	}
	return err
}

// checkBack refuses the way back where the secondary does not serve.
func (w *work) checkBack() error {
	if w.primary.DR.Fenced && w.secondary.DR.Active {
		return nil
	}
	return fmt.Errorf("%s.yaml is fenced: %v, and %s.yaml is active: %v; there is a way back from a failover that was "+
		"activated, which is both", w.primary.Name, w.primary.DR.Fenced, w.secondary.Name, w.secondary.DR.Active)
}
