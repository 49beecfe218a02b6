package edge

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// heldUntilUnused has what a distribution uses deleted after the distribution's update, also where it leaves the file:
// CloudFront refuses to delete it before (hashicorp/terraform-provider-aws#25249, #21730). What may be replaced is
// named by its content, because two of a kind are there for a while.
func heldUntilUnused() *cdktf.TerraformResourceLifecycle {
	return &cdktf.TerraformResourceLifecycle{CreateBeforeDestroy: jsii.Bool(true)}
}

// digest is a short name of a content.
func digest(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:4])
}
