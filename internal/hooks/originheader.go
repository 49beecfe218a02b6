package hooks

import (
	"context"
	"fmt"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/runner"
)

// waitForOriginHeader waits, before us-east-1's stack is planned, until the replicas there of the origin header have
// its values. A plan before that would read the old one, and the load balancer would refuse what the distribution
// sends.
//
// With the header's own region lost it can't be renewed either, so its replicas are taken as they are.
func waitForOriginHeader(
	ctx context.Context, step runner.Step, environment environments.Environment, aws AWS,
) error {
	if !environment.Edge.Enabled || environment.Region == environments.GlobalRegion {
		return nil // nothing there sends a header, or it is no replica
	}
	home := environment.Region
	err := aws.Secrets.WaitForReplicas(ctx, environment.OriginSecrets(), home, environments.GlobalRegion)
	if awsops.IsUnreachable(err) {
		step.Say(fmt.Sprintf("%s does not answer: the origin header is what its replicas in %s say",
			home, environments.GlobalRegion))
		return nil
	}
	return err
}
