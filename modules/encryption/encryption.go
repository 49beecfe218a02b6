// Package encryption provides the KMS keys of an environment: one a purpose, so that who may read logs may not read
// secrets, and the loss of one key is not the loss of all.
package encryption

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

// Output is the keys of the environment's own region, for other modules to encrypt with.
type Output struct {
	Data       Key // databases, volumes, caches, images: the document's app_kms
	Logs       Key // log groups and log buckets
	Secrets    Key // Secrets Manager and Kubernetes secrets
	Backups    Key // backup vault, backups bucket, snapshots and their exports
	Operations Key // topics and notifications
}

// New declares the keys of an environment's own region under scope. dataAlias is the data key's, alias/…
func New(scope constructs.Construct, id string, here target.Target, dataAlias string) Output {
	this := constructs.NewConstruct(scope, jsii.String(id))
	one := maker{this, here}
	return Output{
		Data: one.key("app_kms", dataAlias, "Encrypts databases, volumes, caches and images of "+here.Name,
			autoScaling(here)...),
		Logs: one.named("logs", "Encrypts log groups and log buckets of "+here.Name, logGroups(here), logDelivery(here)),
		// Nobody but IAM's own says who uses these.
		Secrets:    one.named("secrets", "Encrypts secrets of "+here.Name),
		Backups:    one.named("backups", "Encrypts backups of "+here.Name),
		Operations: one.named("operations", "Encrypts notifications of "+here.Name, publishers(here)...),
	}
}

// Second is the keys of the second region, each of that region alone: AWS Backup, RDS, S3, ECR and Secrets Manager
// encrypt anew on the way (AWS Backup Developer Guide, 'Encryption for backups'; Aurora User Guide, 'Copying a DB
// cluster snapshot'), so a multi-Region key would gain nothing.
type Second struct {
	Data    Key // replicated buckets and images
	Secrets Key // replicated secrets
	Backups Key // vault and bucket of copies
}

// NewSecond declares the keys of the second region under scope.
func NewSecond(scope constructs.Construct, id string, there target.Target) Second {
	one := maker{constructs.NewConstruct(scope, jsii.String(id)), there}
	return Second{
		Data:    one.named("data", "Encrypts replicated buckets and images of "+there.Name),
		Secrets: one.named("secrets", "Encrypts replicated secrets of "+there.Name),
		Backups: one.named("backups", "Encrypts copies of backups of "+there.Name),
	}
}

// NewGlobal declares the key of us-east-1 under scope: for the log groups and the topic there.
func NewGlobal(scope constructs.Construct, id string, there target.Target) Key {
	one := maker{constructs.NewConstruct(scope, jsii.String(id)), there}
	return one.named("operations", "Encrypts log groups and notifications of "+there.Name, logGroups(there), alarms(there))
}

// maker makes keys of one target.
type maker struct {
	scope constructs.Construct
	target.Target
}

// named is a key called by its purpose.
func (m maker) named(purpose, description string, uses ...iampolicy.Statement) Key {
	return m.key(purpose+"_kms", environments.KeyAlias(m.Name, purpose), description, uses...)
}

func (m maker) key(id, alias, description string, uses ...iampolicy.Statement) Key {
	return NewKey(m.scope, id, KeyConfig{
		Alias: alias, Description: description, Protected: m.Protected, Policy: Policy(m.Target, uses...),
	})
}
