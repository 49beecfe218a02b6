package failover

import (
	"context"
	"fmt"
	"strings"

	"github.com/titan-platform/titan/environments"
)

// home carries secrets home that were renewed in the second region, and makes them replicas again. Terraform can't:
// its plan would ask for a replica where a secret of the name is, which Secrets Manager refuses.
type home struct{ *work }

func (s *home) about() about {
	return about{
		title: "carry the secrets home",
		changes: fmt.Sprintf("%s: where %s has another value, %s gets it; then they are replicas in %s again",
			strings.Join(s.sharedSecrets(), ", "), s.secondary.Region, s.primary.Region, s.secondary.Region),
		costs: "a minute; the value before stays at home as AWSPREVIOUS",
		undo:  "promote the replicas again",
	}
}

func (s *home) done(ctx context.Context) (bool, string, error) {
	for _, name := range s.sharedSecrets() {
		isReplica, err := s.aws.Secrets.IsReplica(ctx, name, s.secondary.Region)
		if err != nil {
			return false, "", err
		}
		replica, err := s.aws.Secrets.Replica(ctx, name, s.primary.Region, s.secondary.Region)
		if err != nil {
			return false, "", err
		}
		if !isReplica || !replica.InSync {
			return false, fmt.Sprintf("%s in %s is no replica in sync: %s", name, s.secondary.Region, replica.Status), nil
		}
	}
	return true, "all are replicas in sync", nil
}

func (s *home) do(ctx context.Context) error {
	for _, name := range s.sharedSecrets() {
		if err := s.carry(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

func (s *home) carry(ctx context.Context, name string) error {
	here, there := s.primary.Region, s.secondary.Region
	isReplica, err := s.aws.Secrets.IsReplica(ctx, name, there)
	if err != nil {
		return err
	}
	if !isReplica {
		isHome, err := s.aws.Secrets.IsHome(ctx, name, here, there)
		if err != nil {
			return err
		}
		if !isHome {
			s.say("%s was renewed in %s: %s gets that value", name, there, here)
			if err := s.aws.Secrets.CarryHome(ctx, name, here, there); err != nil {
				return err
			}
		}
	}
	return s.aws.Secrets.Replicate(ctx, name, here, s.replica())
}

// replica is the primary's replica in the second region, as its stack declares it.
func (s *home) replica() environments.SecretReplica {
	for _, replica := range s.primary.SecretReplicas() {
		if replica.Region == s.secondary.Region {
			return replica
		}
	}
	return environments.SecretReplica{Region: s.secondary.Region, KeyID: environments.AWSSecretsKey}
}
