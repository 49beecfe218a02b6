package hooks

import (
	"context"
	"fmt"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/awsops/database"
	"github.com/titan-platform/titan/internal/runner"
)

// checkSnapshots refuses a plan that would copy a snapshot from the other region of a pair which is not there: the
// database waits for its copies, so that the apply would end half way.
func checkSnapshots(ctx context.Context, _ runner.Step, environment environments.Environment, aws AWS) error {
	names, from := environment.CopiedSnapshots()
	for _, name := range names {
		own, err := aws.Databases.Snapshot(ctx, environment.Region, name)
		if err != nil {
			return err
		}
		if own.Found {
			continue
		}
		source, err := aws.Databases.Snapshot(ctx, from.Region, name)
		if awsops.IsUnreachable(err) {
			return fmt.Errorf("%s copies snapshot %s from %s, which does not answer: whether it is there is unknown, and it "+
				"can't be copied now. Take its name out of database.snapshots in %s.yaml until that region is back, and deploy "+
				"%s only with it put in again", environment.Name, name, from.Region, from.Name, from.Name)
		}
		if err != nil {
			return err
		}
		if source.Status == database.Available {
			continue
		}
		state := "there is none yet"
		if source.Found {
			state = "it is " + source.Status
		}
		return fmt.Errorf("%s copies snapshot %s from %s, and %s: %s takes it, so run `titan deploy %s` first",
			environment.Name, name, from.Region, state, from.Name, from.Name)
	}
	return nil
}
