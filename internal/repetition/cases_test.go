package repetition

// refusal is a call that AWS refuses, as it documents or as users report it.
type refusal struct {
	kind      string // of the resource
	service   string // as requests are signed for it
	operation string // or what its path holds
	code      string
	message   string
	repeated  bool           // what docs/firstapply.md says
	arguments map[string]any // of the resource; the value name is put in place of NAME
}

const (
	noServiceLinkedRole = "Unable to create the resource. Verify that you have permission to create service linked " +
		"role. Otherwise wait and try again later"
	noMonitoring = "IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING"
	noKey        = "The specified KMS key does not exist, is not enabled or you do not have permissions to access it."
)

var refusals = []refusal{
	{
		"aws_codebuild_project", "codebuild", "CreateProject", "InvalidInputException",
		"CodeBuild is not authorized to perform: sts:AssumeRole on service role.", true, project,
	},
	{
		"aws_codebuild_project", "codebuild", "CreateProject", "InvalidInputException",
		"Not authorized to perform DescribeSecurityGroups", true, project,
	},
	{
		"aws_codebuild_project", "codebuild", "CreateProject", "OAuthProviderException",
		"Failed to get access token from a connection", false, project,
	},
	{
		"aws_codepipeline", "codepipeline", "CreatePipeline", "InvalidStructureException",
		"CodePipeline is not authorized to perform AssumeRole on role " + role, true, pipeline,
	},
	{
		"aws_cloudtrail", "cloudtrail", "CreateTrail", "InvalidCloudWatchLogsRoleArnException",
		"Access denied. Check the trust relationships for your role.", true, trail,
	},
	{
		"aws_cloudtrail", "cloudtrail", "CreateTrail", "InvalidCloudWatchLogsLogGroupArnException",
		"Access denied. Check the permissions for your role.", true, trail,
	},
	{
		"aws_cloudtrail", "cloudtrail", "CreateTrail", "InsufficientEncryptionPolicyException",
		"Insufficient permissions to access S3 bucket or KMS key", false, trail,
	},
	{
		"aws_kinesis_firehose_delivery_stream", "firehose", "CreateDeliveryStream", "InvalidArgumentException",
		"Firehose is unable to assume role " + role, true, stream,
	},
	{
		"aws_cloudwatch_log_subscription_filter", "logs", "PutSubscriptionFilter", "InvalidParameterException",
		"Could not deliver test message to specified Firehose stream.", true, filter,
	},
	{
		"aws_cloudwatch_log_subscription_filter", "logs", "PutSubscriptionFilter", "ValidationException",
		"Make sure you have given CloudWatch Logs permission to assume the provided role.", false, filter,
	},
	{
		"aws_backup_selection", "backup", "selections", "InvalidParameterValueException",
		"IAM Role " + role + " cannot be assumed by AWS Backup", true, selection,
	},
	{
		"aws_backup_selection", "backup", "selections", "InvalidParameterValueException",
		"IAM Role " + role + " is not authorized to call tag:GetResources", true, selection,
	},
	{
		"aws_backup_restore_testing_selection", "backup", "restore-testing", "InvalidParameterValueException",
		"IAM Role " + role + " cannot be assumed by AWS Backup", false, object{
			"name":                      "NAME",
			"restore_testing_plan_name": "p",
			"protected_resource_type":   "Aurora",
			"iam_role_arn":              role,
			"protected_resource_arns":   []any{"*"},
		},
	},
	{
		"aws_eks_cluster", "eks", "POST /clusters", "InvalidParameterException",
		"Role could not be assumed because it does not exist or the trusted entity is not correct", true, eks,
	},
	{
		"aws_eks_cluster", "eks", "POST /clusters", "InvalidParameterException",
		"The provided role doesn't have the Amazon EKS Managed Policies associated with it.", true, eks,
	},
	{"aws_eks_cluster", "eks", "POST /clusters", "InvalidParameterException", "Error in role params", true, eks},
	{
		"aws_eks_cluster", "eks", "POST /clusters", "InvalidParameterException",
		"role with arn does not exist", true, eks,
	},
	{
		"aws_eks_node_group", "eks", "node-groups", "InvalidParameterException",
		"Following required service principals [ec2.amazonaws.com] were not found in the trust relationships of nodeRole " +
			role,
		false, nodes,
	},
	{
		"aws_eks_addon", "eks", "addons", "InvalidParameterException",
		"Cross-account pass role is not allowed: role does not exist", true, object{
			"cluster_name": "c", "addon_name": "NAME", "service_account_role_arn": role,
		},
	},
	{
		"aws_eks_access_entry", "eks", "access-entries", "InvalidParameterException",
		"The specified principalArn is invalid: invalid principal.", true, object{
			"cluster_name": "NAME", "principal_arn": role,
		},
	},
	{
		"aws_eks_access_policy_association", "eks", "access-policies", "ResourceNotFoundException",
		"The specified principalArn could not be found.", true, object{
			"cluster_name":  "NAME",
			"principal_arn": role,
			"policy_arn":    "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
			"access_scope":  object{"type": "cluster"},
		},
	},
	{
		"aws_flow_log", "ec2", "CreateFlowLogs", "InvalidParameter",
		"Unable to assume given IAM role", true, object{
			"vpc_id":          "vpc-NAME",
			"traffic_type":    "ALL",
			"iam_role_arn":    role,
			"log_destination": "arn:aws:logs:eu-west-1:111111111111:log-group:g",
		},
	},
	{"aws_rds_cluster", "rds", "CreateDBCluster", "InvalidParameterValue", noMonitoring, true, aurora},
	{"aws_rds_cluster", "rds", "CreateDBCluster", "InvalidParameterValue", noServiceLinkedRole, false, aurora},
	{"aws_rds_cluster", "rds", "CreateDBCluster", "KMSKeyNotAccessibleFault", noKey, false, aurora},
	{"aws_rds_cluster_instance", "rds", "CreateDBInstance", "InvalidParameterValue", noMonitoring, true, instance},
	{
		"aws_db_subnet_group", "rds", "CreateDBSubnetGroup", "InvalidParameterValue",
		noServiceLinkedRole, false, object{"name": "NAME", "subnet_ids": []any{"subnet-1", "subnet-2"}},
	},
	{
		"aws_rds_export_task", "rds", "StartExportTask", "IamRoleMissingPermissions",
		"IAM role does not have the required permissions", false, object{
			"export_task_identifier": "NAME",
			"source_arn":             "arn:aws:rds:eu-west-1:111111111111:cluster-snapshot:s",
			"s3_bucket_name":         "b",
			"iam_role_arn":           role,
			"kms_key_id":             key,
		},
	},
	{
		"aws_elasticache_replication_group", "elasticache", "CreateReplicationGroup", "ServiceLinkedRoleNotFoundFault",
		"Service Linked Role is not found", false, redis,
	},
	{
		"aws_elasticache_replication_group", "elasticache", "CreateReplicationGroup", "InvalidKMSKeyFault",
		"The KMS key supplied is not valid", false, redis,
	},
	{
		"aws_s3_bucket_replication_configuration", "s3", "?replication", "InvalidRequest",
		"Versioning must be 'Enabled' on the bucket to apply a replication configuration", true, object{
			"bucket": "NAME",
			"role":   role,
			"rule":   []any{object{"id": "r", "status": "Enabled", "destination": object{"bucket": "arn:aws:s3:::d"}}},
		},
	},
	{
		"aws_iam_role", "iam", "CreateRole", "MalformedPolicyDocument",
		"Invalid principal in policy", true, object{"name": "NAME", "assume_role_policy": empty},
	},
	{
		"aws_kms_key", "kms", "CreateKey", "MalformedPolicyDocumentException",
		"Policy contains a statement with one or more invalid principals.",
		true, object{"description": "NAME", "policy": empty},
	},
	{
		"aws_kms_alias", "kms", "CreateAlias", "NotFoundException",
		"Key does not exist", true, object{"name": "alias/NAME", "target_key_id": key},
	},
	{
		"aws_s3_bucket_policy", "s3", "?policy", "MalformedPolicy",
		"Invalid principal in policy", true, object{"bucket": "NAME", "policy": empty},
	},
	{
		"aws_sns_topic_policy", "sns", "SetTopicAttributes", "InvalidParameter",
		"Invalid parameter: Policy Error: PrincipalNotFound", true, object{
			"arn": "arn:aws:sns:eu-west-1:111111111111:NAME", "policy": empty,
		},
	},
	{
		"aws_secretsmanager_secret_policy", "secretsmanager", "PutResourcePolicy", "MalformedPolicyDocumentException",
		"This resource policy contains an unsupported principal.", true, object{
			"secret_arn": "arn:aws:secretsmanager:eu-west-1:111111111111:secret:NAME", "policy": empty,
		},
	},
	{
		"aws_secretsmanager_secret", "secretsmanager", "CreateSecret", "InvalidRequestException",
		"Access to KMS is not allowed", false, secret,
	},
	{
		"aws_cloudwatch_log_group", "logs", "CreateLogGroup", "InvalidParameterException",
		"The specified KMS Key Id could not be found.", false, secret,
	},
	{
		"aws_ecr_repository", "ecr", "CreateRepository", "KmsException",
		"not authorized to perform kms:CreateGrant", false, object{
			"name": "NAME", "encryption_configuration": object{"encryption_type": "KMS", "kms_key": key},
		},
	},
	{
		"aws_backup_vault", "backup", "backup-vaults", "InvalidParameterValueException",
		"Provided KMS key does not exist or is not enabled", false, object{"name": "NAME", "kms_key_arn": key},
	},
	{
		"aws_appautoscaling_target", "application-autoscaling", "RegisterScalableTarget", "ValidationException",
		"Unable to assume IAM role", true, object{
			"max_capacity":       2,
			"min_capacity":       1,
			"resource_id":        "cluster:NAME",
			"scalable_dimension": "rds:cluster:ReadReplicaCount",
			"service_namespace":  "rds",
		},
	},
}
