package failover

import (
	"context"
	"fmt"

	"github.com/titan-platform/titan/environments"
)

// activate lets traffic into the second region. Its load balancer forwards before the distribution names it.
type activate struct{ *work }

func (s *activate) about() about {
	return about{
		title: "activate " + s.secondary.Name,
		changes: fmt.Sprintf("%s.yaml: dr.active\n%s: its load balancer forwards, its database is protected and backed up\n"+
			"%s, %s: its health check can be healthy, and the distribution names it",
			s.secondary.Name, s.secondary.Name, s.globalStack(s.secondary), s.globalStack(s.primary)),
		costs: "ten minutes, most of them CloudFront's; Route 53 answers anew in three, its records live one",
		undo:  "it can't be: users write here from now on, and titan failover --back brings that home",
		asks: fmt.Sprintf("Let users into %s? What they write there, %s does not have until the way back.",
			s.secondary.Name, s.primary.Name),
	}
}

func (s *activate) done(ctx context.Context) (bool, string, error) {
	if !s.secondary.DR.Active {
		return false, s.secondary.Name + ".yaml is not active", nil
	}
	return s.isServed(ctx, environments.DRSecondary)
}

func (s *activate) do(ctx context.Context) error {
	if err := s.edit(set(s.secondary, "dr.active", true)); err != nil {
		return err
	}
	if err := s.deploy(ctx, nil, s.secondary.Name); err != nil {
		return err
	}
	return s.deploy(ctx, nil, s.globalStack(s.secondary), s.globalStack(s.primary))
}

// isServed is whether AWS lets users to the environment of a role, and to it alone.
func (w *work) isServed(ctx context.Context, role environments.DRRole) (bool, string, error) {
	environment := w.one(role)
	named, _, err := w.aws.Serving.Named(ctx, w.primary.DNS.Name)
	if err != nil {
		return false, "", err
	}
	if named != environment.Name {
		return false, "the distribution names " + named, nil
	}
	for _, one := range []environments.DRRole{environments.DRPrimary, environments.DRSecondary} {
		healthy, err := w.aws.Serving.CanBeHealthy(ctx, w.primary.DNS, one)
		if err != nil {
			return false, "", err
		}
		if healthy != (one == role) {
			return false, fmt.Sprintf("the health check of %s is not that of an environment that %s",
				w.one(one).Name, map[bool]string{true: "serves", false: "stands by"}[one == role]), nil
		}
	}
	return true, "the distribution names " + named + ", and its health check alone can be healthy", nil
}
