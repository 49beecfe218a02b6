// Package backup provides what outlives the rest of an environment: the buckets of logs and backups with their
// replicas, AWS Backup's vaults, plans and restore tests, and the database's snapshots on request.
package backup

import (
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/bucket"
)

// Config is what backups in the environment's own region need from the rest of the system.
type Config struct {
	target.Target // protected, buckets and vaults refuse to lose what they hold

	Settings environments.Backup
	// Standby is whether the database is a copy that nobody writes to: it is not backed up again, and what is
	// taken of it is not copied.
	Standby bool

	Logs     Bucket   // the document's titan-logs
	Backups  Bucket   // what the database exports; its key encrypts the vault too
	Second   *Second  // where copies and replicas are; nil without a second region
	Database Database // what is backed up daily

	// PrimaryVault is the vault of copies, in this region, of the environment that this one stands in for. Its restore
	// tests are here, where there are subnets to restore to. Empty is none.
	PrimaryVault string

	StateBuckets []string // names of the buckets of Terraform's state, which AWS Backup's roles may not read

	ApplicationLogGroup string // what of the application's is to be kept in the logs bucket
}

// Second is what the stack of the second region makes, by its names.
type Second struct {
	Region          string
	VaultName       string
	Logs, Backups   string // bucket names
	DataKeyAlias    string // encrypts the logs bucket
	BackupsKeyAlias string // encrypts the backups bucket
}

// Output is what other modules may use.
type Output struct {
	Logs, Backups bucket.Output
	VaultName     string // for alarms
	RoleARN       string // of AWS Backup in this account

	RestorePlanARNs []string // of the restore tests, for alarms
}

// backup is the module while it is built.
type backup struct {
	Config
	scope constructs.Construct
}

// New declares buckets, vault, plans and snapshots under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	b := &backup{Config: config, scope: constructs.NewConstruct(scope, jsii.String(id))}

	logs, backups := b.replicated("logs", config.Logs), b.replicated("backups", config.Backups)
	b.deliverApplicationLogs(logs)

	vault := newVault(b.scope, "vault", vaultConfig{
		Target:    b.Target,
		settings:  b.Settings,
		keyARN:    config.Backups.KeyARN,
		leastDays: b.shortestRetention(),
	})
	role := b.role()
	if !config.Standby {
		b.daily(vault, role)
	}
	b.continuous(vault, role, logs, backups)
	plans := b.restoreTests(vault, backups)
	b.snapshots(backups)

	return Output{Logs: logs, Backups: backups, VaultName: vault.name, RoleARN: role.arn, RestorePlanARNs: plans}
}

// underscored is the module's name where AWS takes letters, digits and underscores alone.
func (c Config) underscored(suffix string) string {
	return strings.ReplaceAll(c.Name+"-"+suffix, "-", "_")
}
