package hooks

import (
	"context"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops/servicelinkedroles"
	"github.com/titan-platform/titan/internal/runner"
)

// makeServiceLinkedRoles makes those that RDS and ElastiCache want to find in an account, while its own stack is
// deployed and long before the first database: Terraform could not tell one that is there from one that is not, and
// would fail on the first.
func makeServiceLinkedRoles(ctx context.Context, step runner.Step, _ environments.Environment, aws AWS) error {
	made, err := aws.Roles.Make(ctx, servicelinkedroles.Wanted...)
	if len(made) > 0 {
		step.Say("made " + strings.Join(made, " and ") + ", which their services want to find")
	}
	return err
}
