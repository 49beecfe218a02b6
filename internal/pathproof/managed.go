package pathproof

import "github.com/titan-platform/titan/internal/graph"

// ofAWS are the managed policies of AWS' that roles carry, by what they let change or read of what the proof is about
// (AWS Managed Policy Reference: ForBackup v29, ForRestores v25, EKSClusterPolicy v9, S3Backup v5). AWS adds to them;
// the account's boundary, which is read as well, limits what that can bring. Conditions on tags are left out.
var ofAWS = map[string][]statement{
	"arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly": {lets("*",
		"ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchImportUpstreamImage")},
	"arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy": {lets("*",
		"ec2:Describe*", "eks:DescribeCluster", "eks-auth:AssumeRoleForPodIdentity")},
	"arn:aws:iam::aws:policy/AmazonEKSClusterPolicy": {lets("*",
		"autoscaling:*", "ec2:*", "elasticloadbalancing:*", "kms:DescribeKey", "iam:CreateServiceLinkedRole")},
	"arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup": {
		lets("*", "backup:CopyFromBackupVault", "backup:CopyIntoBackupVault", "backup:DescribeBackupVault",
			"backup:TagResource",
			"cloudformation:*", "dynamodb:*", "ec2:*", "eks:CreateAccessEntry", "eks:Describe*", "eks:List*", "fsx:*",
			"kms:DescribeKey", "rds:AddTagsToResource", "rds:Copy*",
			"rds:Create*Snapshot", "rds:Describe*", "rds:ListTagsForResource", "rds:ModifyDBCluster", "rds:ModifyDBInstance",
			"redshift*:*", "ssm:*", "storagegateway:*", "tag:GetResources", "timestream:*"),
		lets("arn:aws:rds:*:*:auto-backup:*", "rds:DeleteDBInstanceAutomatedBackup"),
		lets("arn:aws:rds:*:*:cluster-auto-backup:*", "rds:DeleteDBClusterAutomatedBackup"),
		lets("arn:aws:rds:*:*:snapshot:awsbackup:*", "rds:DeleteDBSnapshot", "rds:ModifyDBSnapshotAttribute"),
		lets("arn:aws:rds:*:*:cluster-snapshot:awsbackup:*",
			"rds:DeleteDBClusterSnapshot", "rds:ModifyDBClusterSnapshotAttribute"),
		via("dynamodb.*.amazonaws.com", "kms:Decrypt", "kms:GenerateDataKey"),
		via("ec2.*.amazonaws.com", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncrypt*"),
		onCondition("bool", "kms:grantisforawsresource", "true", "kms:CreateGrant"),
		onCondition("stringequals", "eks:policyarn",
			"arn:aws:eks::aws:cluster-access-policy/AWSBackupFullAccessPolicyForBackup",
			"eks:AssociateAccessPolicy", "eks:DisassociateAccessPolicy"),
	},
	"arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores": {
		lets("*", "backup:DescribeRestoreJob", "backup:List*", "backup:StartRestoreJob", "backup-gateway:*",
			"cloudformation:*", "ds:DescribeDirectories", "dsql:*", "dynamodb:*", "ebs:*", "ec2:*",
			"eks:AssociateAccessPolicy", "eks:Create*", "eks:Describe*", "eks:DisassociateAccessPolicy", "eks:List*",
			"eks:TagResource", "elasticfilesystem:*", "fsx:*", "iam:GetRole", "iam:ListAttachedRolePolicies",
			"kms:DescribeKey", "rds:AddTagsToResource", "rds:Create*", "rds:DeleteDBCluster", "rds:DeleteDBInstance",
			"rds:DeleteTenantDatabase", "rds:Describe*", "rds:ListTagsForResource", "rds:Restore*",
			"redshift*:*", "storagegateway:*", "timestream:*"),
		onCondition("stringequals", "iam:passedtoservice", "ec2.amazonaws.com", "iam:PassRole"), // and eks, pods.eks, backup
		via("rds.*.amazonaws.com", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"),
		onCondition("bool", "kms:grantisforawsresource", "true", "kms:CreateGrant"),
	},
	"arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup": {
		lets("*", "backup:TagResource", "cloudwatch:GetMetricData", "events:*", "s3:Get*", "s3:List*",
			"s3:PutBucketNotification", "s3:PutInventoryConfiguration"),
		via("s3.*.amazonaws.com", "kms:Decrypt", "kms:DescribeKey"),
	},
	"arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Restore": {
		lets("*", "s3:CreateBucket", "s3:DeleteObject", "s3:Get*", "s3:List*", "s3:PutBucketOwnershipControls",
			"s3:PutBucketVersioning", "s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectTagging", "s3:PutObjectVersionAcl"),
		via("s3.*.amazonaws.com", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"),
	},
}

// attached are the statements of the policy that an attachment names. One that nobody knows allows anything.
func attached(policies map[string][]statement, arn string, node *graph.Node) []statement {
	found, ok := policies[arn]
	if !ok {
		if found, ok = ofAWS[arn]; !ok {
			found = anything
		}
	}
	named := make([]statement, len(found))
	for i, s := range found {
		if s.by == "" || !ok {
			s.by = by(node, arn)
		}
		named[i] = s
	}
	return named
}

func lets(resource string, actions ...string) statement {
	return statement{actions: actions, resources: []string{resource}}
}

// via is on keys, through a service.
func via(service string, actions ...string) statement {
	return onCondition("stringlike", "kms:viaservice", service, actions...)
}

func onCondition(operator, key, value string, actions ...string) statement {
	s := lets("*", actions...)
	s.conditions = []condition{{operator, key, []string{value}}}
	return s
}
