// Package ec2defaults provides what EC2 does in a region of an account where a call does not say otherwise: volumes
// are encrypted, instance metadata takes session tokens only, and neither snapshots nor images become public.
package ec2defaults

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	volumekey "github.com/cdktf/cdktf-provider-aws-go/aws/v19/ebsdefaultkmskey"
	encryption "github.com/cdktf/cdktf-provider-aws-go/aws/v19/ebsencryptionbydefault"
	snapshots "github.com/cdktf/cdktf-provider-aws-go/aws/v19/ebssnapshotblockpublicaccess"
	images "github.com/cdktf/cdktf-provider-aws-go/aws/v19/ec2imageblockpublicaccess"
	metadata "github.com/cdktf/cdktf-provider-aws-go/aws/v19/ec2instancemetadatadefaults"
)

// Config is what the encryption needs from the rest of the system.
type Config struct {
	// VolumeKeyARN encrypts new volumes whose maker names no key: a key of the account (encryption.NewVolumes). Empty
	// is AWS's own, alias/aws/ebs. A key of an environment does not belong here: with the environment it would go,
	// and with it every such volume.
	VolumeKeyARN string
}

// NewEncryption declares, under scope, that the stack's region encrypts volumes by default.
func NewEncryption(scope constructs.Construct, id string, config Config) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	encryption.NewEbsEncryptionByDefault(this, jsii.String("default"), &encryption.EbsEncryptionByDefaultConfig{
		Enabled: jsii.Bool(true),
	})
	if config.VolumeKeyARN != "" {
		volumekey.NewEbsDefaultKmsKey(this, jsii.String("key"), &volumekey.EbsDefaultKmsKeyConfig{
			KeyArn: jsii.String(config.VolumeKeyARN),
		})
	}
}

// New declares, under scope, the defaults of the stack's region that EC2's declarative policies know as well.
func New(scope constructs.Construct, id string) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	// The hop limit is left to the image: 1 would break containers on images that ask for 2 (EC2 User Guide, 'Order
	// of precedence for instance metadata options'). Nodes have their own, from their launch template.
	metadata.NewEc2InstanceMetadataDefaults(this, jsii.String("metadata"), &metadata.Ec2InstanceMetadataDefaultsConfig{
		HttpTokens: jsii.String("required"),
	})
	snapshots.NewEbsSnapshotBlockPublicAccess(this, jsii.String("snapshot"), &snapshots.EbsSnapshotBlockPublicAccessConfig{
		State: jsii.String("block-all-sharing"), // also ends what is public already
	})
	images.NewEc2ImageBlockPublicAccess(this, jsii.String("images"), &images.Ec2ImageBlockPublicAccessConfig{
		State: jsii.String("block-new-sharing"), // EC2 has no stricter state
	})
}
