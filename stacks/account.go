package stacks

import (
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/bucket"
	"github.com/titan-platform/titan/stacks/order"
)

// newAccount declares the stack of what an account has once in a region: the replication of its state. It is asked for when the buckets of both
// ends stand, and so not by either's own stack.
func newAccount(scope constructs.Construct, s order.Stack, environment environments.Environment) {
	stack, base := newStack(scope, s, environment), environment.Base(s.Region)
	here := baseTarget(base)

	var replicas []bucket.Replica
	for _, region := range base.ReplicatesTo {
		there := base
		there.Region = region
		replicas = append(replicas, bucket.Replica{Region: string(region), BucketName: there.StateReplicaBucket(), KeyAlias: there.StateKeyAlias()})
	}
	bucket.Replicate(stack, "state-replication", bucket.Replication{
		Target:     here,
		RoleName:   base.Account.Project + "-state-replication-" + string(base.Region),
		Source:     base.StateBucket(),
		SourceName: base.StateBucket(),
		KeyAlias:   base.StateKeyAlias(),
		Replicas:   replicas,
	})
}
