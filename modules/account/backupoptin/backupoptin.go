// Package backupoptin provides which types of resources AWS Backup looks after in a region of an account.
package backupoptin

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	backup "github.com/cdktf/cdktf-provider-aws-go/aws/v19/backupregionsettings"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

// needed are the resource types that the plans select. Aurora is backed up only where it is opted in, even when it is
// selected by its ARN (AWS Backup Developer Guide, 'Assign resources to a backup plan'); S3 is for selections by tag.
var needed = []string{"Aurora", "S3"}

// others are the types that are left as the account has them. The provider wants the whole map, and a region refuses a
// name that it does not know (provider#21801). Sources: the provider's aws_backup_region_settings; AWS Backup Developer
// Guide, 'Feature availability by resource'. One that AWS adds shows in a plan until it is named here.
var others = []string{
	"CloudFormation", "DSQL", "DocumentDB", "DynamoDB", "EBS", "EC2", "EFS", "EKS", "FSx", "Neptune", "RDS",
	"Redshift", "Redshift Serverless", "SAP HANA on Amazon EC2", "Storage Gateway", "Timestream", "VirtualMachine",
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
	backup.NewBackupRegionSettings(this, jsii.String("settings"), &backup.BackupRegionSettingsConfig{
		ResourceTypeOptInPreference: &preference,
		Lifecycle:                   &cdktf.TerraformResourceLifecycle{IgnoreChanges: ignored},
	})
}
