package stacks

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/accesslogs"
	"github.com/titan-platform/titan/modules/bucket"
	"github.com/titan-platform/titan/modules/encryption"
)

// stateVersionDays is how long an earlier version of the state can be brought back, in days: longer than any incident.
const stateVersionDays = 365

// NewBootstrap declares the stack of what the others build on: the bucket of their state, and the buckets that say who called what, the
// state's among them. Its own state is local, and if that is lost
// `titan adopt` imports what is there (docs/runbooks/state.md).
func NewBootstrap(scope constructs.Construct, environment environments.Environment) cdktf.TerraformStack {
	stack := cdktf.NewTerraformStack(scope, jsii.String(bootstrapName(environment)))
	newLocalBackend(stack)
	newRegionProvider(stack, environment)

	logs := newAccessLogs(stack, "access-logs", environment, environment.Region, nil)
	state := bucket.New(stack, "state", bucket.Config{
		Name:           environment.StateBucket(),
		KeyARN:         newStateKey(stack, "state_kms", environment, nil),
		ForceDestroy:   !environment.Protected(),
		NoncurrentDays: stateVersionDays,
		AccessLogs:     logs.Name,
	})

	if environment.SecondRegion != "" {
		second := newSecondProvider(stack, environment)
		secondLogs := newAccessLogs(stack, "second-access-logs", environment, environment.SecondRegion, second)
		replica := bucket.New(stack, "replica", bucket.Config{
			Name:           environment.StateReplicaBucket(),
			KeyARN:         newStateKey(stack, "replica_kms", environment, second),
			ForceDestroy:   !environment.Protected(),
			NoncurrentDays: stateVersionDays,
			AccessLogs:     secondLogs.Name,
			Provider:       second,
		})
		bucket.Replicate(stack, "replication", bucket.Replication{
			RoleName:      environment.Prefix() + "-state-replication",
			Source:        state,
			SourceName:    environment.StateBucket(),
			SourceRegion:  string(environment.Region),
			Replica:       replica,
			ReplicaName:   environment.StateReplicaBucket(),
			ReplicaRegion: string(environment.SecondRegion),
		})
	}

	output(stack, "state_bucket", "bucket of the environment's Terraform state", state.Name)
	protect(stack, environment)
	return stack
}

// newAccessLogs declares the bucket of access logs of a region, through its provider.
func newAccessLogs(stack cdktf.TerraformStack, id string, environment environments.Environment, region environments.Region, provider cdktf.TerraformProvider) bucket.Output {
	return accesslogs.New(stack, id, accesslogs.Config{
		Name:         environment.AccessLogBucket(region),
		Partition:    partition,
		AccountID:    environment.Account.ID,
		Days:         int(environment.Observability.LogDays),
		ForceDestroy: !environment.Protected(),
		Provider:     provider,
	})
}

// newStateKey declares a key for the state in the region of a provider and returns its ARN. The account's IAM policies alone decide who
// uses it, as they must before any role of ours exists.
func newStateKey(stack cdktf.TerraformStack, id string, environment environments.Environment, provider cdktf.TerraformProvider) string {
	return encryption.NewKey(stack, id, encryption.KeyConfig{
		Provider:     provider,
		Alias:        environment.StateKeyAlias(),
		Description:  "Encrypts the Terraform state of " + environment.Prefix(),
		DeletionDays: keyDeletionDays(environment),
		Policy:       encryption.Policy(partition, environment.Account.ID),
	}).ARN
}
