// Package publicaccess provides the account-wide block of public access to S3, in all regions: a bucket that forgets
// its own is closed all the same.
package publicaccess

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	s3 "github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3accountpublicaccessblock"

	"github.com/titan-platform/titan/internal/target"
)

// Config is what the block needs from the rest of the system.
type Config struct {
	target.Target
}

// New declares the block under scope: once an account, in its first region. S3 tells of it late; the provider waits
// for one answer alone (terraform-provider-aws#46949, solved by #49687 in 6.x), so the first apply may read it once
// too early, and the next plan puts it right.
func New(scope constructs.Construct, id string, config Config) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	s3.NewS3AccountPublicAccessBlock(this, jsii.String("block"), &s3.S3AccountPublicAccessBlockConfig{
		AccountId:             jsii.String(config.AccountID),
		BlockPublicAcls:       jsii.Bool(true),
		BlockPublicPolicy:     jsii.Bool(true),
		IgnorePublicAcls:      jsii.Bool(true),
		RestrictPublicBuckets: jsii.Bool(true),
	})
}
