package backup

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	snapshotcopy "github.com/cdktf/cdktf-provider-aws-go/aws/v19/rdsclustersnapshotcopy"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/stateful"
	"github.com/titan-platform/titan/internal/target"
)

// SnapshotCopies are the snapshots that the other environment of a pair takes, and this one copies.
type SnapshotCopies struct {
	target.Target          // where the copies are
	SourceRegion  string   // where the snapshots are
	Names         []string // of the snapshots, and of their copies
	KeyARN        string   // encrypts the copies
}

// NewSnapshotCopies declares the copies under scope, and returns them: a database that is made from one
// waits for it. RDS refuses a copy of a snapshot that is not there yet: `titan deploy` looks first, and says
// which environment takes it.
func NewSnapshotCopies(scope constructs.Construct, id string, config SnapshotCopies) []cdktf.ITerraformDependable {
	this := constructs.NewConstruct(scope, jsii.String(id))
	var copies []cdktf.ITerraformDependable
	for _, name := range config.Names {
		source := config.In(config.SourceRegion).ARN("rds", "cluster-snapshot:"+name)
		copies = append(copies, snapshotcopy.NewRdsClusterSnapshotCopy(this, jsii.String(name),
			&snapshotcopy.RdsClusterSnapshotCopyConfig{
				SourceDbClusterSnapshotIdentifier: jsii.String(source),
				TargetDbClusterSnapshotIdentifier: jsii.String(name),
				// A key's ARN: RDS answers an alias' with it, and every plan would replace the copy
				// (hashicorp/terraform-provider-aws#25713).
				KmsKeyId:  jsii.String(config.KeyARN),
				Lifecycle: stateful.Lifecycle(config.Protected),
				// A first copy is all of the data.
				Timeouts: &snapshotcopy.RdsClusterSnapshotCopyTimeouts{Create: jsii.String("3h")},
			}))
	}
	return copies
}
