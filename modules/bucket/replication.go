package bucket

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrole"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicy"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketreplicationconfiguration"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
)

// Replication is a one-way copy of a bucket to another region, deletions included (as markers: versions stay).
type Replication struct {
	RoleName        string // the role that S3 assumes, at most 64 characters
	Source, Replica Output
	SourceName      string // the plain names of the buckets: the role's policy is then complete at plan
	ReplicaName     string
	SourceRegion    string
	ReplicaRegion   string
}

// Replicate declares the replication under scope and returns it: S3 copies what comes after it. Source and replica are both encrypted by KMS,
// or both by SSE-S3.
func Replicate(scope constructs.Construct, id string, config Replication) cdktf.ITerraformDependable {
	this := constructs.NewConstruct(scope, jsii.String(id))

	role := iamrole.NewIamRole(this, jsii.String("role"), &iamrole.IamRoleConfig{
		Name:        jsii.String(config.RoleName),
		Description: jsii.String(fmt.Sprintf("S3 replicates %s to %s", config.SourceName, config.ReplicaName)),
		// As AWS documents it, without a condition on the source (Amazon S3 User Guide, 'Setting up permissions for live replication'): one that S3
		// does not fill would stop the replication, and nothing would say so. Who may pass the role, iam:PassRole decides, in this account alone.
		AssumeRolePolicy: jsii.String(iampolicy.Document(iampolicy.Statement{
			Sid: "S3", Effect: iampolicy.Allow, Principal: iampolicy.Service("s3.amazonaws.com"), Action: []string{"sts:AssumeRole"},
		})),
	})
	policy := iamrolepolicy.NewIamRolePolicy(this, jsii.String("policy"), &iamrolepolicy.IamRolePolicyConfig{
		Name:   jsii.String("replicate"),
		Role:   role.Id(),
		Policy: jsii.String(iampolicy.Document(replicationStatements(config)...)),
	})
	rule := s3bucketreplicationconfiguration.S3BucketReplicationConfigurationRule{
		Id:                      jsii.String("everything"),
		Status:                  jsii.String("Enabled"),
		Filter:                  &s3bucketreplicationconfiguration.S3BucketReplicationConfigurationRuleFilter{Prefix: jsii.String("")},
		DeleteMarkerReplication: &s3bucketreplicationconfiguration.S3BucketReplicationConfigurationRuleDeleteMarkerReplication{Status: jsii.String("Enabled")},
		Destination:             &s3bucketreplicationconfiguration.S3BucketReplicationConfigurationRuleDestination{Bucket: jsii.String(config.Replica.ARN)},
	}
	if config.Source.KeyARN != "" {
		// Without it S3 skips objects under a KMS key, silently.
		rule.SourceSelectionCriteria = &s3bucketreplicationconfiguration.S3BucketReplicationConfigurationRuleSourceSelectionCriteria{
			SseKmsEncryptedObjects: &s3bucketreplicationconfiguration.S3BucketReplicationConfigurationRuleSourceSelectionCriteriaSseKmsEncryptedObjects{Status: jsii.String("Enabled")},
		}
		rule.Destination.EncryptionConfiguration = &s3bucketreplicationconfiguration.S3BucketReplicationConfigurationRuleDestinationEncryptionConfiguration{ReplicaKmsKeyId: jsii.String(config.Replica.KeyARN)}
	}
	return s3bucketreplicationconfiguration.NewS3BucketReplicationConfigurationA(this, jsii.String("configuration"), &s3bucketreplicationconfiguration.S3BucketReplicationConfigurationAConfig{
		Bucket: jsii.String(config.Source.Name),
		Role:   role.Arn(),
		Rule:   []s3bucketreplicationconfiguration.S3BucketReplicationConfigurationRule{rule},
		// Both sides must be versioned, and the role able, before S3 accepts the rule.
		DependsOn: &[]cdktf.ITerraformDependable{config.Source.Versioning, config.Replica.Versioning, policy},
	})
}

// replicationStatements are the permissions that S3 needs to copy objects, encrypted by KMS or not.
// Source: Amazon S3 user guide, 'Setting up permissions for live replication' and 'Replicating encrypted objects'.
func replicationStatements(config Replication) []iampolicy.Statement {
	source, replica := "arn:aws:s3:::"+config.SourceName, "arn:aws:s3:::"+config.ReplicaName
	statements := []iampolicy.Statement{
		{Sid: "ReadConfiguration", Effect: iampolicy.Allow, Action: []string{"s3:GetReplicationConfiguration", "s3:ListBucket"}, Resource: []string{source}},
		{Sid: "ReadVersions", Effect: iampolicy.Allow, Resource: []string{source + "/*"},
			Action: []string{"s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"}},
		{Sid: "WriteReplicas", Effect: iampolicy.Allow, Resource: []string{replica + "/*"},
			Action: []string{"s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"}},
	}
	if config.Source.KeyARN == "" {
		return statements
	}
	return append(statements,
		iampolicy.Statement{Sid: "Decrypt", Effect: iampolicy.Allow, Action: []string{"kms:Decrypt"}, Resource: []string{config.Source.KeyARN},
			Condition: ThroughS3(config.SourceRegion, source)},
		iampolicy.Statement{Sid: "Encrypt", Effect: iampolicy.Allow, Action: []string{"kms:Encrypt", "kms:GenerateDataKey"}, Resource: []string{config.Replica.KeyARN},
			Condition: ThroughS3(config.ReplicaRegion, replica)},
	)
}

// ThroughS3 limits a key's use to S3, for one bucket. With a bucket key the encryption context is the bucket's ARN, else the object's.
func ThroughS3(region, bucketARN string) iampolicy.Conditions {
	return iampolicy.Conditions{
		"StringEquals": {"kms:ViaService": {"s3." + region + ".amazonaws.com"}},
		"StringLike":   {"kms:EncryptionContext:aws:s3:arn": {bucketARN, bucketARN + "/*"}},
	}
}
