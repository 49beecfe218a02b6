package hooks

import (
	"context"
	"fmt"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/runner"
)

// refreshHealthChecks has Route 53's health checks follow the alarms of the load balancer that there is now. Terraform
// does not see it: the alarm's name stays when a load balancer or target group takes another's place, and the check,
// which is in another stack, would watch a metric that nobody writes any more.
func refreshHealthChecks(
	ctx context.Context, step runner.Step, environment environments.Environment, aws AWS,
) error {
	alarms := environment.OriginAlarms()
	if len(alarms) == 0 {
		return nil
	}
	updated, checks, err := aws.HealthChecks.Refresh(ctx, environment.Region, alarms)
	for _, what := range updated {
		step.Say(what)
	}
	if err == nil && len(updated) == 0 && checks > 0 {
		step.Say(fmt.Sprintf("%d health checks of Route 53 follow its alarms", checks))
	}
	return err
}
