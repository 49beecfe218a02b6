// Package backup provides what outlives the rest of an environment: the buckets of logs and backups with their replicas, AWS Backup's
// vaults, plans and restore tests, and the database's snapshots on request.
package backup

import (
	"fmt"
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/bucket"
)

// Config is what backups need from the rest of the system.
type Config struct {
	Name        string // begins the names of vaults, plans, streams and roles: titan-prod
	Environment string // the value of the tag `environment` on everything that is to be backed up
	Partition   string // aws
	AccountID   string // 12 digits
	Region      string

	SecondRegion         string                  // where copies and replicas live; empty is none
	SecondRegionProvider cdktf.TerraformProvider // nil without a second region

	Settings  environments.Backup
	Protected bool // whether buckets and vaults refuse to lose what they hold

	// Logs are the document's titan-logs; Backups has what the database exports, and its keys encrypt the vaults too. The replicas are for a
	// second region only.
	Logs, LogsReplica       Bucket
	Backups, BackupsReplica Bucket

	Database Database // what is backed up daily

	ApplicationLogGroup string // what of the application's is to be kept in the logs bucket

	AccountOwner bool // whether this environment owns what an account has once a region: AWS Backup's opt-in
}

// Output is what other modules may use.
type Output struct {
	Logs, Backups bucket.Output
	VaultName     string // for alarms
	RoleARN       string // of AWS Backup in this account, for restores too
}

// backup is the module while it is built.
type backup struct {
	Config
	scope constructs.Construct
}

// New declares buckets, vaults, plans and snapshots under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	b := &backup{Config: config, scope: constructs.NewConstruct(scope, jsii.String(id))}

	logs := b.replicated("logs", config.Logs, config.LogsReplica)
	backups := b.replicated("backups", config.Backups, config.BackupsReplica)
	b.deliverApplicationLogs(logs)

	if config.AccountOwner {
		b.optIn()
	}
	vault := b.vault("vault", nil, config.Name, config.Backups.KeyARN, b.shortestRetention())
	var copies string
	if config.SecondRegion != "" {
		copies = b.vault("copies", config.SecondRegionProvider, config.Name+"-copies", config.BackupsReplica.KeyARN, config.Settings.CopyDays).arn
	}
	role := b.role()
	b.daily(vault, copies, role)
	b.continuous(vault, role, logs, backups)
	b.restoreTests(vault, backups)
	b.snapshots(backups)

	return Output{Logs: logs, Backups: backups, VaultName: vault.name, RoleARN: role.arn}
}

// arn is an ARN in the environment's own region.
func (c Config) arn(service, resource string) string {
	return fmt.Sprintf("arn:%s:%s:%s:%s:%s", c.Partition, service, c.Region, c.AccountID, resource)
}

// underscored is the module's name where AWS takes letters, digits and underscores alone.
func (c Config) underscored(suffix string) string {
	return strings.ReplaceAll(c.Name+"-"+suffix, "-", "_")
}
