// Package ec2defaults provides what EC2 does in a region of an account where a call does not say otherwise: volumes are encrypted, instance
// metadata takes session tokens only, and neither snapshots nor images become public.
package ec2defaults

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ebsdefaultkmskey"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ebsencryptionbydefault"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ebssnapshotblockpublicaccess"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ec2imageblockpublicaccess"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ec2instancemetadatadefaults"
)

// Config is what the defaults need from the rest of the system.
type Config struct {
	// VolumeKeyARN encrypts new volumes whose maker names no key: a key of the account (encryption.NewVolumes). Empty is AWS's own,
	// alias/aws/ebs. A key of an environment does not belong here: with the environment it would go, and with it every such volume.
	VolumeKeyARN string
}

// New declares the defaults of the stack's region under scope.
func New(scope constructs.Construct, id string, config Config) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	ebsencryptionbydefault.NewEbsEncryptionByDefault(this, jsii.String("volumes"), &ebsencryptionbydefault.EbsEncryptionByDefaultConfig{
		Enabled: jsii.Bool(true),
	})
	if config.VolumeKeyARN != "" {
		ebsdefaultkmskey.NewEbsDefaultKmsKey(this, jsii.String("volume-key"), &ebsdefaultkmskey.EbsDefaultKmsKeyConfig{
			KeyArn: jsii.String(config.VolumeKeyARN),
		})
	}
	// The hop limit is left to the image: 1 would break containers on images that ask for 2 (EC2 User Guide, 'Order of precedence for
	// instance metadata options'). Nodes have their own, from their launch template.
	ec2instancemetadatadefaults.NewEc2InstanceMetadataDefaults(this, jsii.String("metadata"), &ec2instancemetadatadefaults.Ec2InstanceMetadataDefaultsConfig{
		HttpTokens: jsii.String("required"),
	})
	ebssnapshotblockpublicaccess.NewEbsSnapshotBlockPublicAccess(this, jsii.String("snapshots"), &ebssnapshotblockpublicaccess.EbsSnapshotBlockPublicAccessConfig{
		State: jsii.String("block-all-sharing"), // also ends what is public already
	})
	ec2imageblockpublicaccess.NewEc2ImageBlockPublicAccess(this, jsii.String("images"), &ec2imageblockpublicaccess.Ec2ImageBlockPublicAccessConfig{
		State: jsii.String("block-new-sharing"), // EC2 has no stricter state
	})
}
