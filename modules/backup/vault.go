package backup

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/backupvault"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/backupvaultlockconfiguration"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/backupvaultpolicy"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/stateful"
	"github.com/titan-platform/titan/internal/target"
)

// graceDays is how long a lock in compliance mode can still be taken back, in days. AWS's least is 3.
const graceDays = 7

// vault is one that stands.
type vault struct{ name, arn string }

type vaultConfig struct {
	target.Target
	settings  environments.Backup
	keyARN    string
	leastDays int // the shortest retention among the rules that write to it, in days
}

// newVault declares a vault with its lock and policy.
func newVault(scope constructs.Construct, id string, config vaultConfig) vault {
	v := backupvault.NewBackupVault(scope, jsii.String(id), &backupvault.BackupVaultConfig{
		Name:         jsii.String(config.Name),
		KmsKeyArn:    jsii.String(config.keyARN),
		ForceDestroy: jsii.Bool(!config.Protected),
		Lifecycle:    stateful.Lifecycle(config.Protected),
	})
	if config.settings.VaultLock != environments.VaultLockNone {
		lock := &backupvaultlockconfiguration.BackupVaultLockConfigurationConfig{
			BackupVaultName: v.Name(),
			// A job whose retention is shorter fails, so the lock asks for no more than the plans' own. It asks for no most: a
			// copy that is brought back from the other region keeps the other region's retention, and must not be refused then.
			MinRetentionDays: jsii.Number(config.leastDays),
		}
		if config.settings.VaultLock == environments.VaultLockCompliance {
			// This number is the mode: with it, the lock can't be taken off by anyone once the days are over
			// (PutBackupVaultLockConfiguration, ChangeableForDays); without it, those whom IAM allows can.
			lock.ChangeableForDays = jsii.Number(graceDays)
		}
		backupvaultlockconfiguration.NewBackupVaultLockConfiguration(scope, jsii.String(id+"-lock"), lock)
	}
	if config.Protected {
		backupvaultpolicy.NewBackupVaultPolicy(scope, jsii.String(id+"-policy"), &backupvaultpolicy.BackupVaultPolicyConfig{
			BackupVaultName: v.Name(),
			Policy:          jsii.String(keepPolicy()),
		})
	}
	return vault{name: *v.Name(), arn: *v.Arn()}
}

// keepPolicy denies everyone what would end a recovery point before its time, or keep it past it. What AWS Config's
// rule backup-recovery-point-manual-deletion-disabled also wants denied, changing this policy, is left to IAM: else
// taking protection off could not remove it. A vault's policy names no resource but all, which are its own.
func keepPolicy() string {
	return iampolicy.Document(iampolicy.Statement{
		Sid: "KeepRecoveryPoints", Effect: iampolicy.Deny, Principal: iampolicy.Everyone(),
		Action: []string{
			"backup:DeleteBackupVault", "backup:DeleteRecoveryPoint", "backup:DisassociateRecoveryPoint",
			"backup:UpdateRecoveryPointLifecycle",
		},
		Resource: []string{"*"},
	})
}
