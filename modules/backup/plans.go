package backup

import (
	"fmt"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/backupplan"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/backupselection"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrole"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicy"
	policyattachment "github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicyattachment"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/modules/bucket"
)

// continuousDays is the most that a continuous backup can reach back, in days (AWS Backup Developer Guide, 'Continuous
// backups and point-in-time recovery').
const continuousDays = 35

// When a day's jobs begin, in UTC; within how many minutes they must have begun, and have ended. AWS Backup minds the
// windows of RDS's instances, not Aurora's: its snapshots do not touch the instances (AWS Backup Developer Guide,
// 'Backup plan options and configuration').
const (
	schedule         = "cron(0 1 * * ? *)"
	startWindow      = 120
	completionWindow = 720
)

// serviceRole is a role of AWS Backup, with its permissions attached.
type serviceRole struct {
	arn   string
	ready []cdktf.ITerraformDependable
}

// role declares the role that AWS Backup takes backups by. AWS's own policies are used as they are: they name the
// tags and prefixes of what Backup makes, and AWS changes them as Backup changes; what they hold too much is denied.
// The role can't restore.
func (b *backup) role() serviceRole {
	return b.serviceRole("role", b.Name+"-backup", "AWS Backup takes backups of "+b.Name,
		"service-role/AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForS3Backup")
}

func (b *backup) serviceRole(id, name, description string, policies ...string) serviceRole {
	role := iamrole.NewIamRole(b.scope, jsii.String(id), &iamrole.IamRoleConfig{
		Name:                jsii.String(name),
		Description:         jsii.String(description),
		PermissionsBoundary: b.PermissionsBoundary(),
		AssumeRolePolicy:    jsii.String(b.backupTrust()),
	})
	result := serviceRole{arn: *role.Arn()}
	for i, policy := range policies {
		attached := policyattachment.NewIamRolePolicyAttachment(b.scope, jsii.String(fmt.Sprintf("%s-policy-%d", id, i+1)),
			&policyattachment.IamRolePolicyAttachmentConfig{
				Role:      role.Name(),
				PolicyArn: jsii.String(b.ManagedPolicyARN(policy)),
			})
		result.ready = append(result.ready, attached)
	}
	withheld := iamrolepolicy.NewIamRolePolicy(b.scope, jsii.String(id+"-withheld"), &iamrolepolicy.IamRolePolicyConfig{
		Name: jsii.String("withheld"), Role: role.Name(), Policy: jsii.String(iampolicy.Document(b.withheld()...)),
	})
	result.ready = append(result.ready, withheld)
	return result
}

// withheld is what AWS's policies let a role do since Backup knows EKS, and what no backup of Aurora or S3 needs: to
// pass any role, to make itself admin of a cluster, to read and write the state (AWS Managed Policy Reference,
// AWSBackupServiceRolePolicyForRestores v25 and AWSBackupServiceRolePolicyForS3Restore).
func (c Config) withheld() []iampolicy.Statement {
	var state []string
	for _, name := range c.StateBuckets {
		state = append(state, "arn:"+c.Partition+":s3:::"+name, "arn:"+c.Partition+":s3:::"+name+"/*")
	}
	statements := []iampolicy.Statement{{
		Sid:      "NoClusters",
		Effect:   iampolicy.Deny,
		Action:   []string{"ec2:RunInstances", "eks:*", "iam:PassRole"},
		Resource: []string{"*"},
	}}
	if len(state) > 0 {
		statements = append(statements, iampolicy.Statement{
			Sid:      "NoState",
			Effect:   iampolicy.Deny,
			Action:   []string{"s3:*"},
			Resource: state,
		})
	}
	return statements
}

// backupTrust lets AWS Backup assume a role for this account's jobs (condition key: AWS Backup Developer Guide,
// 'Cross-service confused deputy prevention').
func (c Config) backupTrust() string {
	return iampolicy.Document(iampolicy.Statement{
		Sid:       "Backup",
		Effect:    iampolicy.Allow,
		Principal: iampolicy.Service("backup.amazonaws.com"),
		Action:    []string{"sts:AssumeRole"},
		Condition: iampolicy.Conditions{"StringEquals": {"aws:SourceAccount": {c.AccountID}}},
	})
}

// daily takes a snapshot of every Aurora cluster of the environment each day, with a copy in the second region. It is
// not continuous: that would take over RDS's own retention and window, and Terraform would fight for them
// (provider#33465); point-in-time recovery stays RDS's. Aurora has no cold storage, so nothing moves there.
func (b *backup) daily(into vault, role serviceRole) {
	rule := backupplan.BackupPlanRule{
		RuleName:         jsii.String("daily"),
		TargetVaultName:  jsii.String(into.name),
		Schedule:         jsii.String(schedule),
		StartWindow:      jsii.Number(startWindow),
		CompletionWindow: jsii.Number(completionWindow),
		Lifecycle:        &backupplan.BackupPlanRuleLifecycle{DeleteAfter: jsii.Number(b.Settings.RetentionDays)},
	}
	if b.Second != nil {
		rule.CopyAction = []backupplan.BackupPlanRuleCopyAction{{
			DestinationVaultArn: jsii.String(b.In(b.Second.Region).ARN("backup", "backup-vault:"+b.Second.VaultName)),
			Lifecycle:           &backupplan.BackupPlanRuleCopyActionLifecycle{DeleteAfter: jsii.Number(b.Settings.CopyDays)},
		}}
	}
	plan := b.plan("daily", rule)
	// The environment's cluster, by its ARN, and whatever cluster of the account and region has the environment's tag: one
	// that is restored beside it is backed up from its first day, and another environment's in the same account is not.
	b.selection("daily-selection", "clusters", plan, role, []string{b.Database.ARN, b.ARN("rds", "cluster:*")},
		backupselection.BackupSelectionCondition{
			StringEquals: []backupselection.BackupSelectionConditionStringEquals{{
				Key:   jsii.String("aws:ResourceTag/environment"),
				Value: jsii.String(b.Environment),
			}},
		})
}

// continuous keeps every state of the buckets, so that all of one can be put back to any second, which versions alone
// can't do. No copy: S3 replicates the buckets themselves. What has moved to Glacier Flexible Retrieval is no longer in
// it, which Backup can't read (AWS Backup Developer Guide, 'Amazon S3 backups', storage classes).
func (b *backup) continuous(into vault, role serviceRole, buckets ...bucket.Output) {
	plan := b.plan("continuous", backupplan.BackupPlanRule{
		RuleName:               jsii.String("continuous"),
		TargetVaultName:        jsii.String(into.name),
		Schedule:               jsii.String(schedule),
		StartWindow:            jsii.Number(startWindow),
		CompletionWindow:       jsii.Number(completionWindow),
		EnableContinuousBackup: jsii.Bool(true),
		Lifecycle:              &backupplan.BackupPlanRuleLifecycle{DeleteAfter: jsii.Number(b.shortestRetention())},
	})
	var arns []string
	for _, bucket := range buckets {
		arns = append(arns, bucket.ARN)
	}
	b.selection("continuous-selection", "buckets", plan, role, arns)
}

// shortestRetention is the least that a rule keeps in the first vault, in days.
func (b *backup) shortestRetention() int { return min(b.Settings.RetentionDays, continuousDays) }

func (b *backup) plan(id string, rule backupplan.BackupPlanRule) string {
	plan := backupplan.NewBackupPlan(b.scope, jsii.String(id), &backupplan.BackupPlanConfig{
		Name: jsii.String(b.Name + "-" + id),
		Rule: []backupplan.BackupPlanRule{rule},
	})
	return *plan.Id()
}

func (b *backup) selection(
	id, name, plan string, role serviceRole, resources []string, conditions ...backupselection.BackupSelectionCondition,
) {
	config := &backupselection.BackupSelectionConfig{
		Name:       jsii.String(b.Name + "-" + name),
		PlanId:     jsii.String(plan),
		IamRoleArn: jsii.String(role.arn),
		Resources:  jsii.Strings(resources...),
		DependsOn:  &role.ready,
	}
	if len(conditions) > 0 {
		config.Condition = conditions
	}
	backupselection.NewBackupSelection(b.scope, jsii.String(id), config)
}
