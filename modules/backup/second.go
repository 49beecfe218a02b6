package backup

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
)

// SecondConfig is what backups in the second region need from the rest of the system.
type SecondConfig struct {
	target.Target // protected, buckets and vault refuse to lose what they hold

	Settings      environments.Backup
	VaultKeyARN   string
	Logs, Backups Bucket
}

// NewSecond declares, under scope, what copies and replicas go to: a vault and two buckets. Objects age there
// as at home: S3 replicates objects and delete markers, not what a lifecycle rule does (Amazon S3 User Guide,
// 'What isn't replicated').
func NewSecond(scope constructs.Construct, id string, config SecondConfig) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	newVault(this, "vault", vaultConfig{
		Target:    config.Target,
		settings:  config.Settings,
		keyARN:    config.VaultKeyARN,
		leastDays: config.Settings.CopyDays,
	})
	newBucket(this, "logs", config.Logs, config.Settings, config.Protected)
	newBucket(this, "backups", config.Backups, config.Settings, config.Protected)
}
