package bucket

import (
	"fmt"
	"slices"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrole"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicy"
	bucketreplication "github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucketreplicationconfiguration"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

// Replication is a one-way copy of a bucket to other regions, deletions included (as markers: versions stay).
type Replication struct {
	target.Target        // of the source bucket
	RoleName      string // the role that S3 assumes, at most 64 characters
	Source        string // the bucket: by reference where the stack makes it
	SourceName    string // its plain name: the role's policy is then complete at plan
	// The key that encrypts the source, by its ARN, or by its alias where another stack makes it; neither with SSE-S3.
	KeyARN, KeyAlias string
	Replicas         []Replica
	After            []cdktf.ITerraformDependable // the source's versioning, without which S3 accepts no rule
}

// Replica is a bucket in another region, which another stack makes, and which stands before the
// replication is asked for.
type Replica struct {
	Region     string
	BucketName string
	KeyAlias   string // of the key that encrypts it, alias/…; empty with SSE-S3, which the source has then, too
}

// Replicate declares the replication under scope and returns it: S3 copies what comes after it.
func Replicate(scope constructs.Construct, id string, config Replication) cdktf.ITerraformDependable {
	this := constructs.NewConstruct(scope, jsii.String(id))

	role := iamrole.NewIamRole(this, jsii.String("role"), &iamrole.IamRoleConfig{
		Name:                jsii.String(config.RoleName),
		Description:         jsii.String("S3 replicates " + config.SourceName),
		PermissionsBoundary: config.PermissionsBoundary(),
		// As AWS documents it, without a condition on the source (Amazon S3 User Guide, 'Setting up permissions for live
		// replication'): one that S3 does not fill would stop the replication, and nothing would say so. Who may pass the
		// role, iam:PassRole decides, in this account alone.
		AssumeRolePolicy: jsii.String(iampolicy.Document(iampolicy.Statement{
			Sid:       "S3",
			Effect:    iampolicy.Allow,
			Principal: iampolicy.Service("s3.amazonaws.com"),
			Action:    []string{"sts:AssumeRole"},
		})),
	})
	policy := iamrolepolicy.NewIamRolePolicy(this, jsii.String("policy"), &iamrolepolicy.IamRolePolicyConfig{
		Name:   jsii.String("replicate"),
		Role:   role.Id(),
		Policy: jsii.String(iampolicy.Document(config.statements()...)),
	})
	after := append(slices.Clone(config.After), policy)
	return bucketreplication.NewS3BucketReplicationConfigurationA(this, jsii.String("configuration"),
		&bucketreplication.S3BucketReplicationConfigurationAConfig{
			Bucket:    jsii.String(config.Source),
			Role:      role.Arn(),
			Rule:      config.rules(),
			DependsOn: &after,
		})
}

type (
	encryptedObjects  = bucketreplication.S3BucketReplicationConfigurationRuleSourceSelectionCriteriaSseKmsEncryptedObjects
	replicaEncryption = bucketreplication.S3BucketReplicationConfigurationRuleDestinationEncryptionConfiguration
)

// rules copy everything to each replica.
func (r Replication) rules() []bucketreplication.S3BucketReplicationConfigurationRule {
	enabled := jsii.String("Enabled")
	var rules []bucketreplication.S3BucketReplicationConfigurationRule
	for i, replica := range r.Replicas {
		rule := bucketreplication.S3BucketReplicationConfigurationRule{
			Id:       jsii.String(RuleID(replica.Region)),
			Priority: jsii.Number(i + 1), // S3 wants them distinct where there are several
			Status:   enabled,
			Filter:   &bucketreplication.S3BucketReplicationConfigurationRuleFilter{Prefix: jsii.String("")},
			DeleteMarkerReplication: &bucketreplication.S3BucketReplicationConfigurationRuleDeleteMarkerReplication{
				Status: enabled,
			},
			Destination: &bucketreplication.S3BucketReplicationConfigurationRuleDestination{
				Bucket: jsii.String(r.BucketARN(replica.BucketName)),
				// The metrics tell of what failed.
				Metrics: &bucketreplication.S3BucketReplicationConfigurationRuleDestinationMetrics{Status: enabled},
			},
		}
		if replica.KeyAlias != "" {
			// Without it S3 skips objects under a KMS key, silently.
			rule.SourceSelectionCriteria = &bucketreplication.S3BucketReplicationConfigurationRuleSourceSelectionCriteria{
				SseKmsEncryptedObjects: &encryptedObjects{Status: enabled},
			}
			// S3 keeps an alias as it is given (API Reference, EncryptionConfiguration, ReplicaKmsKeyID).
			rule.Destination.EncryptionConfiguration = &replicaEncryption{
				ReplicaKmsKeyId: jsii.String(r.In(replica.Region).AliasARN(replica.KeyAlias)),
			}
		}
		rules = append(rules, rule)
	}
	return rules
}

// RuleID is the id of the rule that copies to a region: a dimension of its metrics.
func RuleID(region string) string { return "everything-to-" + region }

// statements are the permissions that S3 needs to copy objects, encrypted by KMS or not.
// Source: Amazon S3 user guide, 'Setting up permissions for live replication' and 'Replicating encrypted objects'.
func (r Replication) statements() []iampolicy.Statement {
	source := r.BucketARN(r.SourceName)
	statements := []iampolicy.Statement{
		{
			Sid:      "ReadConfiguration",
			Effect:   iampolicy.Allow,
			Action:   []string{"s3:GetReplicationConfiguration", "s3:ListBucket"},
			Resource: []string{source},
		},
		{Sid: "ReadVersions", Effect: iampolicy.Allow, Resource: []string{source + "/*"},
			Action: []string{"s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"}},
	}
	if r.KeyARN != "" || r.KeyAlias != "" {
		statements = append(statements, r.use(r.Region, source, r.KeyARN, r.KeyAlias, "Decrypt", "kms:Decrypt"))
	}
	for i, replica := range r.Replicas {
		statements = append(statements, r.writes(replica, i)...)
	}
	return statements
}

// writes are the permissions for one replica. Its key is another stack's, and so named by its alias, of which KMS knows
// after five minutes at most; S3 tries for longer than that.
func (r Replication) writes(replica Replica, i int) []iampolicy.Statement {
	sid := func(name string) string {
		if i == 0 {
			return name
		}
		return fmt.Sprintf("%s%d", name, i+1)
	}
	bucket := r.BucketARN(replica.BucketName)
	statements := []iampolicy.Statement{{
		Sid: sid("WriteReplicas"), Effect: iampolicy.Allow, Resource: []string{bucket + "/*"},
		Action: []string{"s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags"},
	}}
	if replica.KeyAlias == "" {
		return statements
	}
	return append(statements,
		r.use(replica.Region, bucket, "", replica.KeyAlias, sid("Encrypt"), "kms:Encrypt", "kms:GenerateDataKey"))
}

// use lets a key of a region be used through S3, for one bucket. Without an ARN it is whichever key of
// the region has the alias.
func (r Replication) use(region, bucketARN, keyARN, keyAlias, sid string, actions ...string) iampolicy.Statement {
	condition := ThroughS3(region, bucketARN)
	if keyARN == "" {
		keyARN = r.In(region).KeysARN()
		condition["ForAnyValue:StringEquals"] = map[string]iampolicy.Values{"kms:ResourceAliases": {keyAlias}}
	}
	return iampolicy.Statement{
		Sid:       sid,
		Effect:    iampolicy.Allow,
		Action:    actions,
		Resource:  []string{keyARN},
		Condition: condition,
	}
}

// ThroughS3 limits a key's use to S3, for one bucket. With a bucket key the encryption context is the bucket's
// ARN, else the object's.
func ThroughS3(region, bucketARN string) iampolicy.Conditions {
	return iampolicy.Conditions{
		"StringEquals": {"kms:ViaService": {"s3." + region + ".amazonaws.com"}},
		"StringLike":   {"kms:EncryptionContext:aws:s3:arn": {bucketARN, bucketARN + "/*"}},
	}
}
