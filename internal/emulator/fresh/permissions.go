package fresh

import "github.com/titan-platform/titan/internal/emulator"

// permissionRefusals are of calls in which a service tries at once what its role may do. They come after those of
// roles that can't be assumed.
var permissionRefusals = []refusal{
	{
		kind: PermissionUnseen, service: "codebuild", actions: []string{"CreateProject"}, needs: ofBuildsInside,
		code: "InvalidInputException", message: "Not authorized to perform DescribeSecurityGroups",
		source: "aws-cdk#2652; terraform-provider-aws, internal/service/codebuild/project.go",
	},
	{
		kind: PermissionUnseen, service: "logs", actions: []string{"PutSubscriptionFilter"},
		needs: usesRole("roleArn"),
		code:  "InvalidParameterException",
		message: "Could not deliver test message to specified Firehose stream. " +
			"Check if the given Firehose stream is in ACTIVE state.",
		source: "terraform-provider-aws#17049",
	},
	{
		kind: PermissionUnseen, service: "rds", actions: []string{"CreateDBCluster", "CreateDBInstance"},
		needs: formUsesRole("MonitoringRoleArn"), code: "InvalidParameterValue",
		message: "IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING",
		source:  "terraform-aws-rds#393",
	},
	{
		kind: PermissionUnseen, service: "rds", actions: []string{"StartExportTask"},
		needs:   formUsesRole("IamRoleArn"),
		code:    "IamRoleMissingPermissions",
		message: "The IAM role requires additional permissions to export to an Amazon S3 bucket.",
		source:  "RDS API Reference, StartExportTask",
	},
	{
		kind: PermissionUnseen, service: "backup",
		actions: []string{"PUT /backup/plans/*/selections", "PUT /backup/plans/*/selections/"},
		needs:   usesRole("BackupSelection", "IamRoleArn"),
		code:    "InvalidParameterValueException", message: "IAM Role %s is not authorized to call tag:GetResources",
		source: "terraform-provider-aws, internal/service/backup/selection.go",
	},
	{
		kind: PermissionUnseen, service: "cloudtrail", actions: []string{"CreateTrail", "UpdateTrail"},
		needs:   usesRole("CloudWatchLogsRoleArn"),
		code:    "InvalidCloudWatchLogsLogGroupArnException",
		message: "Access denied. Check the permissions for your role.",
		source:  "aws-cdk#1963",
	},
}

// ofBuildsInside are the permissions of a project whose builds run in a VPC.
func ofBuildsInside(r *emulator.Request, m *memory) []string {
	if text(r.Body, "vpcConfig", "vpcId") == "" {
		return nil
	}
	return usesRole("serviceRole")(r, m)
}
