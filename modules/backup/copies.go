package backup

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/rdsclustersnapshotcopy"
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

// NewSnapshotCopies declares the copies under scope, and returns them: a database that is made from one waits for it.
//
// A copy is asked for in its own region, by the snapshot's ARN. The key is a key's ARN, not an alias', which RDS answers with the key's ARN, so
// that every plan would replace the copy (hashicorp/terraform-provider-aws#25713). A snapshot that is not there yet is refused by RDS:
// `titan deploy` looks first, and says which environment takes it.
func NewSnapshotCopies(scope constructs.Construct, id string, config SnapshotCopies) []cdktf.ITerraformDependable {
	this := constructs.NewConstruct(scope, jsii.String(id))
	var copies []cdktf.ITerraformDependable
	for _, name := range config.Names {
		source := config.In(config.SourceRegion).ARN("rds", "cluster-snapshot:"+name)
		copies = append(copies, rdsclustersnapshotcopy.NewRdsClusterSnapshotCopy(this, jsii.String(name), &rdsclustersnapshotcopy.RdsClusterSnapshotCopyConfig{
			SourceDbClusterSnapshotIdentifier: jsii.String(source),
			TargetDbClusterSnapshotIdentifier: jsii.String(name),
			KmsKeyId:                          jsii.String(config.KeyARN),
			Lifecycle:                         stateful.Lifecycle(config.Protected),
			Timeouts:                          &rdsclustersnapshotcopy.RdsClusterSnapshotCopyTimeouts{Create: jsii.String("3h")}, // a first copy is all of the data
		}))
	}
	return copies
}
