// Package encryption provides the KMS keys of an environment: one a purpose, so that who may read logs may not read secrets, and
// the loss of one key is not the loss of all.
package encryption

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
)

// globalRegion is where CloudFront, its web ACL and Route 53's health metrics live, and so their log groups and alarms.
const globalRegion = "us-east-1"

// Config is what the keys need from the rest of the system.
type Config struct {
	Name         string // begins every alias but the data key's: titan-prod
	Environment  string // ends the data key's alias: prod
	Partition    string // aws
	AccountID    string // 12 digits
	Region       string
	DeletionDays int // from a key's deletion to its end, 7 to 30 days; nothing brings it back afterwards

	SecondRegion         string                  // where replicas live; empty is none
	SecondRegionProvider cdktf.TerraformProvider // nil without a second region
	GlobalProvider       cdktf.TerraformProvider // AWS in us-east-1; nil where Region is us-east-1
}

// Output is the keys, for other modules to encrypt with.
type Output struct {
	Data       Key // databases, volumes, caches, images: the document's app_kms
	Logs       Key // log groups and log buckets
	Secrets    Key // Secrets Manager and Kubernetes secrets
	Backups    Key // backup vault, backups bucket, exported snapshots; multi-Region
	Operations Key // topics and notifications

	// In us-east-1; there the same as Logs and Operations, elsewhere one key for both.
	GlobalLogs, GlobalOperations Key

	// In the second region; without one they are zero.
	SecondData    Key // replicated buckets and images
	SecondSecrets Key // replicated secrets
	SecondBackups Key // vault, bucket and snapshots there: the replica of Backups
}

// New declares the keys under scope.
//
// In the second region, backups have a multi-Region replica: a recovery point copied there can be opened with the primary region gone
// and nobody has to know by which of two keys it was written. Everything else that is replicated there gets a regional key of its own,
// because S3, ECR and Secrets Manager decrypt and encrypt anew on the way and see no kinship between multi-Region keys, so a shared key
// would spread its material over two regions and gain nothing. AWS advises multi-Region keys only where they are needed (KMS Developer
// Guide, 'Multi-Region keys: security considerations'). Secrets are apart from data there as they are here.
func New(scope constructs.Construct, id string, config Config) Output {
	if err := config.validate(); err != nil {
		panic(fmt.Errorf("building keys of %q: %w", config.Name, err))
	}
	this := constructs.NewConstruct(scope, jsii.String(id))
	here := place{config.Partition, config.AccountID, config.Region}

	keys := Output{
		Data: NewKey(this, "app_kms", KeyConfig{
			Alias:        "alias/app-key-" + config.Environment,
			Description:  "Encrypts databases, volumes, caches and images of " + config.Name,
			DeletionDays: config.DeletionDays,
			Policy:       here.policy(here.autoScaling()...),
		}),
		Logs: NewKey(this, "logs_kms", KeyConfig{
			Alias:        "alias/" + config.Name + "-logs",
			Description:  "Encrypts log groups and log buckets of " + config.Name,
			DeletionDays: config.DeletionDays,
			Policy:       here.policy(here.logGroups(), here.logDelivery()),
		}),
		Secrets: NewKey(this, "secrets_kms", KeyConfig{
			Alias:        "alias/" + config.Name + "-secrets",
			Description:  "Encrypts secrets of " + config.Name,
			DeletionDays: config.DeletionDays,
			Policy:       here.policy(),
		}),
		Backups: NewKey(this, "backups_kms", KeyConfig{
			Alias:        "alias/" + config.Name + "-backups",
			Description:  "Encrypts backups of " + config.Name,
			DeletionDays: config.DeletionDays,
			MultiRegion:  true,
			Policy:       here.policy(),
		}),
		Operations: NewKey(this, "operations_kms", KeyConfig{
			Alias:        "alias/" + config.Name + "-operations",
			Description:  "Encrypts notifications of " + config.Name,
			DeletionDays: config.DeletionDays,
			Policy:       here.policy(here.publishers()...),
		}),
	}

	keys.GlobalLogs, keys.GlobalOperations = keys.Logs, keys.Operations
	if config.Region != globalRegion {
		global := place{config.Partition, config.AccountID, globalRegion}
		key := NewKey(this, "global_kms", KeyConfig{
			Provider:     config.GlobalProvider,
			Alias:        "alias/" + config.Name + "-global",
			Description:  "Encrypts log groups and notifications of " + config.Name + " in " + globalRegion,
			DeletionDays: config.DeletionDays,
			Policy:       global.policy(global.logGroups(), global.alarms()),
		})
		keys.GlobalLogs, keys.GlobalOperations = key, key
	}

	if config.SecondRegion != "" {
		second := place{config.Partition, config.AccountID, config.SecondRegion}
		keys.SecondData = NewKey(this, "second_data_kms", KeyConfig{
			Provider:     config.SecondRegionProvider,
			Alias:        SecondDataAlias(config.Name),
			Description:  "Encrypts replicated buckets and images of " + config.Name,
			DeletionDays: config.DeletionDays,
			Policy:       second.policy(),
		})
		keys.SecondSecrets = NewKey(this, "second_secrets_kms", KeyConfig{
			Provider:     config.SecondRegionProvider,
			Alias:        "alias/" + config.Name + "-second-secrets",
			Description:  "Encrypts replicated secrets of " + config.Name,
			DeletionDays: config.DeletionDays,
			Policy:       second.policy(),
		})
		keys.SecondBackups = newReplica(this, "second_backups_kms", keys.Backups, KeyConfig{
			Provider:     config.SecondRegionProvider,
			Alias:        "alias/" + config.Name + "-backups",
			Description:  "Encrypts backups of " + config.Name + ", replica",
			DeletionDays: config.DeletionDays,
			Policy:       second.policy(),
		})
	}
	return keys
}

// SecondDataAlias is the alias of the second region's data key, for the stack of that region, which does not make it.
func SecondDataAlias(name string) string { return "alias/" + name + "-second-data" }

// validate finds a provider that is missing: its keys would be made in the stack's own region, under a policy for another.
func (c Config) validate() error {
	switch {
	case c.Region != globalRegion && c.GlobalProvider == nil:
		return fmt.Errorf("region %q needs a provider for %s", c.Region, globalRegion)
	case c.SecondRegion != "" && c.SecondRegionProvider == nil:
		return fmt.Errorf("second region %q needs a provider", c.SecondRegion)
	case c.SecondRegion == c.Region:
		return fmt.Errorf("second region %q is the region itself", c.SecondRegion)
	}
	return nil
}

// policy is the policy of a key in this place, for these uses.
func (p place) policy(uses ...iampolicy.Statement) string {
	return Policy(p.partition, p.account, uses...)
}
