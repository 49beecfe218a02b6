package edge

import (
	"strings"

	"github.com/aws/jsii-runtime-go"
	keygroup "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontkeygroup"
	publickey "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudfrontpublickey"
)

// newKeyGroup declares the public keys that URLs and cookies are signed for, and their group. It returns the group's
// id, and the keys' ids in the file's order, which a signer names as Key-Pair-Id. A key is named by its content:
// another key is another resource.
func (e *edge) newKeyGroup() (group string, keys []string) {
	if len(e.Settings.SigningKeys) == 0 {
		return "", nil
	}
	for _, pem := range e.Settings.SigningKeys {
		// As CloudFront returns it, else each plan replaces it (hashicorp/terraform-provider-aws#40295).
		pem = strings.TrimSpace(pem) + "\n"
		name := digest(pem)
		key := publickey.NewCloudfrontPublicKey(e.scope, jsii.String("signing-key-"+name),
			&publickey.CloudfrontPublicKeyConfig{
				Name:       jsii.String(e.Name + "-" + name),
				Comment:    jsii.String("Signs URLs and cookies of " + e.Name),
				EncodedKey: jsii.String(pem),
				Lifecycle:  heldUntilUnused(),
			})
		keys = append(keys, *key.Id())
	}
	group = *keygroup.NewCloudfrontKeyGroup(e.scope, jsii.String("signing-keys"), &keygroup.CloudfrontKeyGroupConfig{
		Name:      jsii.String(e.Name + "-signing-keys"),
		Comment:   jsii.String("Keys that sign URLs and cookies of " + e.Name),
		Items:     jsii.Strings(keys...),
		Lifecycle: heldUntilUnused(),
	}).Id()
	return group, keys
}
