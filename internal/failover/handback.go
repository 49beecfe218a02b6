package failover

import (
	"context"
	"fmt"

	"github.com/titan-platform/titan/environments"
)

// handBack lets users to the primary again. One edit ends both the fence and the secondary's part, so that no file
// ever says that both serve. The secondary refuses before the primary forwards, and the primary forwards before the
// distribution names it.
type handBack struct{ *work }

func (s *handBack) about() about {
	return about{
		title: "hand back to " + s.primary.Name,
		changes: fmt.Sprintf("%s.yaml: without dr.fenced and dr.outdated; %s.yaml: without dr.active\n"+
			"%s, %s: it stands by, and refuses from then on\n%s, %s: it forwards, is protected, and the distribution names it",
			s.primary.Name, s.secondary.Name, s.secondary.Name, s.globalStack(s.secondary),
			s.primary.Name, s.globalStack(s.primary)),
		costs: "ten to twenty minutes, in which nobody is served",
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
	// CloudFront and DNS take minutes to spread: a secondary that still forwarded would take writes beside the primary.
	for _, stacks := range [][]string{
		{s.secondary.Name}, {s.primary.Name, s.globalStack(s.primary)}, {s.globalStack(s.secondary)},
	} {
		if err := s.deploy(ctx, nil, stacks...); err != nil {
			return err
		}
	}
	return nil
}
