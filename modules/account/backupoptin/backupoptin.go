// Package backupoptin provides which types of resources AWS Backup looks after in a region of an account.
package backupoptin

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/backupregionsettings"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// needed are the resource types that the plans select. Aurora is backed up only where it is opted in, even when it is selected by its
// ARN (AWS Backup Developer Guide, 'Assign resources to a backup plan'); S3 is for selections by tag.
var needed = []string{"Aurora", "S3"}

// others are the types that an account can opt in to beside them: the provider wants the whole map, each region knows some of them, and a
// name that a region does not know is refused ('Element present in resource type opt in preference has invalid values',
// provider#21801). So they are left as the account has them. One that AWS adds shows in a plan until it is named here. Sources: the
// provider's documentation of aws_backup_region_settings; AWS Backup Developer Guide, 'Feature availability by resource'.
var others = []string{
	"CloudFormation", "DSQL", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "EKS", "FSx", "Neptune", "RDS", "Redshift", "Redshift Serverless",
	"SAP HANA on Amazon EC2", "Storage Gateway", "Timestream", "VirtualMachine",
}

// New has AWS Backup look after the needed types in the stack's region. Destroying it changes nothing in AWS Backup.
func New(scope constructs.Construct, id string) {
	this := constructs.NewConstruct(scope, jsii.String(id))
	preference := map[string]any{}
	for _, kind := range needed {
		preference[kind] = jsii.Bool(true)
	}
	var ignored []string
	for _, kind := range others {
		ignored = append(ignored, fmt.Sprintf("resource_type_opt_in_preference[%q]", kind))
	}
	backupregionsettings.NewBackupRegionSettings(this, jsii.String("settings"), &backupregionsettings.BackupRegionSettingsConfig{
		ResourceTypeOptInPreference: &preference,
		Lifecycle:                   &cdktf.TerraformResourceLifecycle{IgnoreChanges: ignored},
	})
}
