package hooks

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/internal/terraform"
)

// refuseSecondZone fails a plan that would make a second public zone of a name: the parent domain points at the first
// one, such as that which Route 53 makes for a domain that is registered there, and nobody would ask the second.
func refuseSecondZone(ctx context.Context, step runner.Step, environment environments.Environment, aws AWS) error {
	i := slices.IndexFunc(step.Changes, func(change runner.Change) bool {
		kind, _, _ := strings.Cut(change.Address, ".")
		return kind == "aws_route53_zone" && (change.Action == terraform.Create || change.Action == terraform.Replace)
	})
	if i < 0 {
		return nil
	}
	name := environment.DNS.Zone
	found, err := aws.Zones.Public(ctx, name)
	if err != nil || len(found) == 0 {
		return err
	}
	return fmt.Errorf(
		"the account has the public zone %s already, %s, and nobody would ask a second one: "+
			"look it up, without create_zone in %s.yaml; or take it into this stack, "+
			"by `terraform import '%s' %s` in cdktf.out/stacks/%s; or delete it",
		name, strings.Join(found, " and "), environment.Name, step.Changes[i].Address, found[0], step.Stack.Name)
}
