package stacks

import (
	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/account/boundary"
)

// homeTarget is the environment's own region.
func homeTarget(e environments.Environment) target.Target { return targetOf(e, e.Prefix(), e.Region) }

// secondTarget is its second region, as the stack there names things.
func secondTarget(e environments.Environment) target.Target {
	return targetOf(e, e.SecondPrefix(), e.SecondRegion)
}

// globalTarget is us-east-1, as the stack there names things.
func globalTarget(e environments.Environment) target.Target {
	return targetOf(e, e.GlobalPrefix(), environments.GlobalRegion)
}

func targetOf(e environments.Environment, name string, region environments.Region) target.Target {
	return bounded(target.Target{
		Name:        name,
		Project:     e.Project(),
		Environment: e.Name,
		Partition:   environments.Partition,
		AccountID:   e.Account.ID,
		Region:      string(region),
		LogDays:     int(e.Observability.LogDays),
		Protected:   e.Protected(),
	}, e.Account)
}

// baseTarget is a region of an account, as its shared stacks name things.
func baseTarget(base environments.Base) target.Target {
	return bounded(target.Target{
		Name:      base.Account.Project,
		Project:   base.Account.Project,
		Partition: environments.Partition,
		AccountID: base.Account.ID,
		Region:    string(base.Region),
		LogDays:   int(base.Account.LogDays),
		Protected: base.Protected(),
	}, base.Account)
}

// bounded is a target whose roles carry the account's permissions boundary, which the account's stack of
// its first region makes.
func bounded(t target.Target, account environments.Account) target.Target {
	t.Boundary = boundary.ARN(t, account.Project)
	return t
}
