package edge

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontkeygroup"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontpublickey"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// heldUntilUnused has what a distribution uses deleted after the distribution's update, also where it leaves the file: CloudFront refuses to
// delete it before (hashicorp/terraform-provider-aws#25249, #21730). Its name has to be one that no other of its kind ever had.
func heldUntilUnused() *cdktf.TerraformResourceLifecycle {
	return &cdktf.TerraformResourceLifecycle{CreateBeforeDestroy: jsii.Bool(true)}
}

// newKeyGroup declares the public keys that URLs and cookies are signed for, and their group. It returns the group's id, and the keys' ids in
// the file's order, which a signer names as Key-Pair-Id. A key is named by its content: another key is another resource.
func (e *edge) newKeyGroup() (group string, keys []string) {
	if len(e.Settings.SigningKeys) == 0 {
		return "", nil
	}
	for _, pem := range e.Settings.SigningKeys {
		pem = strings.TrimSpace(pem) + "\n" // as CloudFront returns it, else each plan replaces it (hashicorp/terraform-provider-aws#40295)
		name := digest(pem)
		keys = append(keys, *cloudfrontpublickey.NewCloudfrontPublicKey(e.scope, jsii.String("signing-key-"+name), &cloudfrontpublickey.CloudfrontPublicKeyConfig{
			Name:       jsii.String(e.Name + "-" + name),
			Comment:    jsii.String("Signs URLs and cookies of " + e.Name),
			EncodedKey: jsii.String(pem),
			Lifecycle:  heldUntilUnused(),
		}).Id())
	}
	group = *cloudfrontkeygroup.NewCloudfrontKeyGroup(e.scope, jsii.String("signing-keys"), &cloudfrontkeygroup.CloudfrontKeyGroupConfig{
		Name:      jsii.String(e.Name + "-signing-keys"),
		Comment:   jsii.String("Keys that sign URLs and cookies of " + e.Name),
		Items:     jsii.Strings(keys...),
		Lifecycle: heldUntilUnused(),
	}).Id()
	return group, keys
}

// digest is a short name of a content.
func digest(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:4])
}
