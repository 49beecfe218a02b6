package stacks

import (
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/accesslogs"
	"github.com/titan-platform/titan/modules/bucket"
	"github.com/titan-platform/titan/modules/encryption"
	"github.com/titan-platform/titan/stacks/order"
)

// stateVersionDays is how long an earlier version of the state can be brought back, in days: longer than any incident.
const stateVersionDays = 365

// newBootstrap declares the stack of what the others of an account and region build on: the bucket of their state, the
// bucket that takes another region's, and the bucket that says who called what, those two among it. Its own state is
// local, and if that is lost `titan adopt` imports what is there (docs/runbooks/state.md).
func newBootstrap(stack cdktf.TerraformStack, s order.Stack, environment environments.Environment) {
	base := environment.Base(s.Region)
	here := baseTarget(base)

	logs := accesslogs.New(stack, "access-logs", accesslogs.Config{Target: here, BucketName: base.AccessLogBucket()})
	// The account's IAM policies alone decide who uses the key, as they must before any role of ours exists.
	key := encryption.NewKey(stack, "state_kms", encryption.KeyConfig{
		Alias:       base.StateKeyAlias(),
		Description: "Encrypts the Terraform state of " + base.Account.Project,
		Protected:   base.Protected(),
		Policy:      encryption.Policy(here),
	})
	config := bucket.Config{
		Name:           base.StateBucket(),
		KeyARN:         key.ARN,
		Protected:      base.Protected(),
		NoncurrentDays: stateVersionDays,
		AccessLogs:     logs.Name,
	}
	state := bucket.New(stack, "state", config)
	if len(base.ReplicatesFrom) > 0 {
		config.Name = base.StateReplicaBucket()
		bucket.New(stack, "replica", config)
	}

	output(stack, "state_bucket", "bucket of the Terraform state of the stacks in this region", state.Name)
}
