package failover

import (
	"context"
	"fmt"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/stacks/order"
)

// fence keeps the primary from traffic, also when its region comes back by itself: the distribution names nobody, and
// the primary's health check asks for more good signs than there are. Neither needs anything of the lost region.
type fence struct{ *work }

func (s *fence) about() about {
	return about{
		title: "fence " + s.primary.Name,
		changes: fmt.Sprintf("%s.yaml: dr.fenced, dr.outdated\n%s: the distribution names nobody, and %s is never healthy",
			s.primary.Name, s.globalStack(s.primary), s.primary.Name),
		costs: "users get 503 from here on until the activation; " +
			"five to ten minutes, most of them CloudFront's",
		undo: fmt.Sprintf("until the activation: take dr.fenced and dr.outdated out of %s.yaml, and deploy %s",
			s.primary.Name, s.globalStack(s.primary)),
	}
}

func (s *fence) done(ctx context.Context) (bool, string, error) {
	if !s.primary.DR.Fenced {
		return false, s.primary.Name + ".yaml has no fence", nil
	}
	named, _, err := s.aws.Serving.Named(ctx, s.primary.DNS.Name)
	if err != nil {
		return false, "", err
	}
	healthy, err := s.aws.Serving.CanBeHealthy(ctx, s.primary.DNS, environments.DRPrimary)
	if err != nil {
		return false, "", err
	}
	if named == s.primary.Name || healthy {
		return false, fmt.Sprintf("its file is fenced, and the distribution names %s", named), nil
	}
	return true, fmt.Sprintf("the distribution names %s, and %s is never healthy", named, s.primary.Name), nil
}

func (s *fence) do(ctx context.Context) error {
	if !s.primary.DR.Fenced {
		outdated := s.primary.Database.RestoredFrom
		if outdated == "" {
			outdated = environments.NoSource
		}
		if err := s.edit(set(s.primary, "dr.fenced", true), set(s.primary, "dr.outdated", outdated)); err != nil {
			return err
		}
	}
	return s.deploy(ctx, nil, s.globalStack(s.primary))
}

// globalStack is an environment's stack of us-east-1.
func (w *work) globalStack(environment environments.Environment) string {
	return order.Name(environment, order.Global)
}
