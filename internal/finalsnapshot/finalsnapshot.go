// Package finalsnapshot names the snapshot that is taken of something when it is destroyed.
package finalsnapshot

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// Name is a name for the last snapshot of an identifier: birthday-db-prod-final-20261123094127. A name without a
// time would be taken the second time something of that identifier is destroyed, and the destroy would fail at its
// end; a time that is read anew in every plan would never plan clean. So the time is read once and kept in the
// state, beside what it is for, until origin changes: what was made from another origin is another thing, with a
// last snapshot of its own.
func Name(scope constructs.Construct, identifier, origin string) *string {
	kept := cdktf.NewDataResource(scope, jsii.String("final-snapshot"), &cdktf.DataConfig{
		Input:           &map[string]any{"made": cdktf.Fn_Timestamp()},
		TriggersReplace: &map[string]any{"origin": origin},
		Lifecycle:       &cdktf.TerraformResourceLifecycle{IgnoreChanges: jsii.Strings("input")},
	})
	// RDS takes letters, digits and single hyphens, and no hyphen at the end (CreateDBClusterSnapshot,
	// DBClusterSnapshotIdentifier).
	made := cdktf.Fn_Formatdate(jsii.String("YYYYMMDDhhmmss"),
		cdktf.Token_AsString(kept.InterpolationForAttribute(jsii.String("output.made")), nil))
	return jsii.String(fmt.Sprintf("%s-final-%s", identifier, *made))
}
