package failover

import (
	"context"
	"fmt"
	"strings"

	"github.com/titan-platform/titan/environments"
)

// promote makes the replicas that the secondary reads secrets of their own. Until then they can be read and not
// renewed: a password that got out in the outage could not be changed.
type promote struct{ *work }

func (s *promote) about() about {
	return about{
		title: "promote the replicas of secrets",
		changes: fmt.Sprintf("%s in %s follow %s no more",
			strings.Join(s.sharedSecrets(), ", "), s.secondary.Region, s.primary.Region),
		costs: "seconds; a promoted secret costs what a replica does",
		undo:  "the way back makes them replicas again, their values carried home",
	}
}

// sharedSecrets are the primary's secrets that the secondary reads.
func (w *work) sharedSecrets() []string {
	names := w.secondary.OriginSecrets()
	if w.secondary.Database.Login == environments.LoginPassword {
		names = append(names, w.secondary.DatabaseSecret())
	}
	return names
}

func (s *promote) done(ctx context.Context) (bool, string, error) {
	for _, name := range s.sharedSecrets() {
		isReplica, err := s.aws.Secrets.IsReplica(ctx, name, s.secondary.Region)
		if err != nil {
			return false, "", err
		}
		if isReplica {
			return false, name + " is a replica", nil
		}
	}
	return true, "none of them is a replica", nil
}

func (s *promote) do(ctx context.Context) error {
	for _, name := range s.sharedSecrets() {
		if err := s.aws.Secrets.Promote(ctx, name, s.secondary.Region); err != nil {
			return err
		}
	}
	return nil
}
