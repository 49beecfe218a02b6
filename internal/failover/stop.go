package failover

import (
	"context"
	"fmt"

	"github.com/titan-platform/titan/internal/awsops/database"
)

// stop has the old writer stopped where its region answers, for jobs and sessions that need no traffic to write. The
// failover goes on without it: what is written there is not in the recovery point in any case.
type stop struct{ *work }

func (s *stop) about() about {
	return about{
		title:   "stop the old writer",
		changes: fmt.Sprintf("cluster %s in %s is stopped", s.primary.DatabaseName(), s.primary.Region),
		costs:   "nothing is waited for; RDS starts it again after seven days",
		undo: fmt.Sprintf("aws rds start-db-cluster --region %s --db-cluster-identifier %s",
			s.primary.Region, s.primary.DatabaseName()),
	}
}

func (s *stop) done(ctx context.Context) (bool, string, error) {
	cluster, err := s.aws.Databases.Cluster(ctx, s.primary.Region, s.primary.DatabaseName())
	switch {
	case err != nil:
		return false, fmt.Sprintf("how it is, nobody knows: %v", err), nil
	case !cluster.Found:
		return true, "there is no cluster " + s.primary.DatabaseName(), nil
	}
	return cluster.Status == database.Stopped || cluster.Status == database.Stopping, "it is " + cluster.Status, nil
}

func (s *stop) do(ctx context.Context) error {
	if err := s.aws.Databases.Stop(ctx, s.primary.Region, s.primary.DatabaseName()); err != nil {
		s.say("it is not stopped, and the failover goes on: %v", err)
	}
	return nil
}

// check has nothing to ask: the failover goes on in either case.
func (s *stop) check(context.Context) error { return nil }
