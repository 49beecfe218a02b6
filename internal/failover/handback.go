package failover

import (
	"context"
	"fmt"

	"github.com/titan-platform/titan/environments"
)

// handBack lets users to the primary again. One edit ends both the fence and the secondary's part, so that no file
// ever says that both serve. The primary's load balancer forwards before the distribution names it, and the secondary
// refuses only after that.
type handBack struct{ *work }

func (s *handBack) about() about {
	return about{
		title: "hand back to " + s.primary.Name,
		changes: fmt.Sprintf("%s.yaml: without dr.fenced and dr.outdated; %s.yaml: without dr.active\n"+
			"%s, %s: it forwards, is protected, and the distribution names it\n%s, %s: it stands by",
			s.primary.Name, s.secondary.Name, s.primary.Name, s.globalStack(s.primary),
			s.secondary.Name, s.globalStack(s.secondary)),
		costs: "ten to twenty minutes; users are served after the first half",
		undo:  "it can't be: users write here from now on; another failover restores a copy of it",
		asks:  fmt.Sprintf("Let users into %s, and have %s stand by?", s.primary.Name, s.secondary.Name),
	}
}

func (s *handBack) done(ctx context.Context) (bool, string, error) {
	if s.primary.DR.Fenced || s.secondary.DR.Active {
		return false, s.primary.Name + ".yaml is fenced, or " + s.secondary.Name + ".yaml active", nil
	}
	return s.isServed(ctx, environments.DRPrimary)
}

func (s *handBack) do(ctx context.Context) error {
	err := s.edit(remove(s.primary, "dr.fenced"), remove(s.primary, "dr.outdated"), remove(s.secondary, "dr.active"))
	if err != nil {
		return err
	}
	if err := s.deploy(ctx, nil, s.primary.Name, s.globalStack(s.primary)); err != nil {
		return err
	}
	return s.deploy(ctx, nil, s.secondary.Name, s.globalStack(s.secondary))
}
