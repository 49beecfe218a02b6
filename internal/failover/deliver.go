package failover

import (
	"context"
	"fmt"

	"github.com/titan-platform/titan/environments"
)

// deliver deploys the image by the region's own project, from its own registry: the pipeline is the primary's, and its
// region may be lost.
type deliver struct {
	*work
	role environments.DRRole
}

func (s *deliver) about() about {
	environment := s.one(s.role)
	return about{
		title: "deliver in " + string(environment.Region),
		changes: fmt.Sprintf("project %s deploys the image that ran last; the same again changes nothing",
			deployProjectOf(environment)),
		costs: "five minutes",
		undo:  "deliver another digest by the same project",
	}
}

func (s *deliver) done(context.Context) (bool, string, error) {
	environment := s.one(s.role)
	switch {
	case !environment.Delivers():
		return true, environment.Name + " has no delivery (delivery.repository)", nil
	case s.serves(s.role):
		return true, environment.Name + " serves already", nil
	}
	return false, "", nil
}

func (s *deliver) do(ctx context.Context) error {
	environment := s.one(s.role)
	digest, whence, err := s.digest(ctx)
	if err != nil {
		return err
	}
	if digest == "" {
		s.say("%s holds no image that ever ran: the placeholder stays", environment.ImageRepository())
		return nil
	}
	s.say("%s, %s", digest, whence)
	return s.aws.Delivery.Deploy(ctx, environment.Region, deployProjectOf(environment), digest)
}

// check has nothing to ask: the project waited for the release.
func (s *deliver) check(context.Context) error { return nil }

// digest is the image to deliver: what the other one of the pair runs, where its region answers, or what was delivered
// here last, or the newest release; whichever comes first that this region's registry has.
func (s *deliver) digest(ctx context.Context) (digest, whence string, err error) {
	to, from := s.one(s.role), s.secondary
	if s.role == environments.DRSecondary {
		from = s.primary
	}
	for _, source := range []environments.Environment{from, to} {
		if s.lost[source.Region] {
			continue
		}
		digest, err := s.aws.Delivery.Running(ctx, source.Region, source.ImageParameter())
		if err != nil {
			return "", "", err
		}
		has, err := s.aws.Delivery.Has(ctx, to.Region, to.ImageRepository(), digest)
		if err != nil {
			return "", "", err
		}
		if has {
			return digest, "which was delivered to " + source.Name + " last", nil
		}
	}
	digest, err = s.aws.Delivery.NewestRelease(ctx, to.Region, to.ImageRepository())
	return digest, "the newest release in this region's registry", err
}
