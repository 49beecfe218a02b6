package cluster

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ebsdefaultkmskey"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ebsencryptionbydefault"
)

// encryptVolumesByDefault has every new volume of the account encrypted, in both regions of its owner. An account has this once a region:
// two environments that set it would undo each other's. In the second region the key is AWS's own: the environment there has a data
// key, but is not the owner, and the owner has no key there that Auto Scaling may use.
func (c *cluster) encryptVolumesByDefault() {
	ebsencryptionbydefault.NewEbsEncryptionByDefault(c.scope, jsii.String("ebs_encryption"), &ebsencryptionbydefault.EbsEncryptionByDefaultConfig{
		Enabled: jsii.Bool(true),
	})
	ebsdefaultkmskey.NewEbsDefaultKmsKey(c.scope, jsii.String("ebs_key"), &ebsdefaultkmskey.EbsDefaultKmsKeyConfig{
		KeyArn: jsii.String(c.DataKeyARN),
	})
	if c.SecondRegionProvider != nil {
		ebsencryptionbydefault.NewEbsEncryptionByDefault(c.scope, jsii.String("second_ebs_encryption"), &ebsencryptionbydefault.EbsEncryptionByDefaultConfig{
			Provider: c.SecondRegionProvider,
			Enabled:  jsii.Bool(true),
		})
	}
}
