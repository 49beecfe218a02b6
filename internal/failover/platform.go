package failover

import (
	"context"
	"fmt"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/delivery/role"
	"github.com/titan-platform/titan/stacks/order"
)

// platform deploys what runs in a region's cluster: a restored database has another master secret, with which the
// bootstrap Job sets the application's password anew.
type platform struct {
	*work
	role environments.DRRole
}

func (s *platform) about() about {
	environment, costs := s.one(s.role), "five to ten minutes"
	changes := order.Name(environment, order.Platform) + ": the application's release, with the new master secret"
	if s.byCodeBuild() {
		changes += fmt.Sprintf("; by pipeline %s, from what is committed", deployerOf(environment))
		costs = "twenty to forty minutes: two builds begin with nothing"
		if environment.Delivery.Approval {
			changes += ", once somebody has approved its plan there"
		}
	}
	return about{
		title: "deploy the platform in " + string(environment.Region), changes: changes, costs: costs,
		undo: "it changes nothing that was not so before",
	}
}

func (s *platform) done(context.Context) (bool, string, error) {
	if s.serves(s.role) {
		return true, s.one(s.role).Name + " serves already", nil
	}
	return false, "a plan of it tells", nil
}

// byCodeBuild is whether a pipeline inside the VPC deploys the platform, where alone its cluster can be reached.
func (s *platform) byCodeBuild() bool {
	return s.one(s.role).HasDeployer() && !s.PlatformFromHere
}

// serves is whether the files say that the environment of a role serves.
func (w *work) serves(role environments.DRRole) bool {
	return w.primary.Serving() == w.one(role).Name
}

func (s *platform) do(ctx context.Context) error {
	environment := s.one(s.role)
	if s.byCodeBuild() {
		return s.aws.Delivery.RunPipeline(ctx, environment.Region, deployerOf(environment))
	}
	return s.deploy(ctx, nil, order.Name(environment, order.Platform))
}

// check has nothing to ask: Terraform waited for the release.
func (s *platform) check(context.Context) error { return nil }

func deployerOf(environment environments.Environment) string {
	return role.DeployerName(environment.Prefix())
}

func deployProjectOf(environment environments.Environment) string {
	return role.DeployName(target.Target{Name: environment.Prefix()})
}
