package backup

import (
	"testing"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/irsa/proof"
)

const (
	logKey    = "arn:aws:kms:eu-west-1:333333333333:key/logs"
	backupKey = "arn:aws:kms:eu-west-1:333333333333:key/backups"
)

func config() Config {
	return Config{
		Target: target.Target{
			Name:        "titan-prod",
			Environment: "prod",
			Partition:   "aws",
			AccountID:   "333333333333",
			Region:      "eu-west-1",
		},
		Logs:    Bucket{Name: "titan-prod-logs", KeyARN: logKey},
		Backups: Bucket{Name: "titan-prod-backups", KeyARN: backupKey},
	}
}

// through are the condition keys of a call to KMS that S3 makes for a bucket.
func through(bucket string) map[string]string {
	return map[string]string{
		"kms:ViaService":                   "s3.eu-west-1.amazonaws.com",
		"kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::" + bucket,
	}
}

func TestRolesMayDoWhatTheyNeedAndNothingElse(t *testing.T) {
	const logs, backups = "arn:aws:s3:::titan-prod-logs", "arn:aws:s3:::titan-prod-backups"
	const stream = "arn:aws:firehose:eu-west-1:333333333333:deliverystream/titan-prod-application-logs"
	const failures = "arn:aws:logs:eu-west-1:333333333333:log-group:/aws/kinesisfirehose/titan-prod-application-logs:log-stream:S3Delivery"
	for name, role := range map[string]struct {
		statements        []iampolicy.Statement
		needed, forbidden []proof.Call
	}{
		"CloudWatch Logs": {
			config().subscriptionStatements(),
			[]proof.Call{
				{Action: "firehose:PutRecord", Resource: stream},
				{Action: "firehose:PutRecordBatch", Resource: stream},
			},
			[]proof.Call{
				{Action: "firehose:PutRecord", Resource: stream + "-of-another"},
				{Action: "firehose:DeleteDeliveryStream", Resource: stream},
				{Action: "firehose:UpdateDestination", Resource: stream},
				{Action: "s3:PutObject", Resource: logs + "/application/x"},
			},
		},
		"Firehose": {
			config().deliveryStatements(),
			[]proof.Call{
				{Action: "s3:ListBucket", Resource: logs},
				{Action: "s3:PutObject", Resource: logs + "/application/2026/11/23/09/x.gz"},
				{Action: "s3:PutObject", Resource: logs + "/errors/application/format/2026/11/23/x"},
				{Action: "logs:PutLogEvents", Resource: failures},
				{Action: "kms:GenerateDataKey", Resource: logKey, Context: through("titan-prod-logs")},
			},
			[]proof.Call{
				{Action: "s3:PutObject", Resource: logs + "/elsewhere/x"},
				{Action: "s3:DeleteObject", Resource: logs + "/application/x"},
				{Action: "s3:PutObject", Resource: backups + "/application/x"}, {Action: "s3:PutBucketPolicy", Resource: logs},
				{Action: "kms:GenerateDataKey", Resource: logKey, Context: through("titan-prod-backups")},
				{Action: "kms:GenerateDataKey", Resource: backupKey, Context: through("titan-prod-logs")},
			},
		},
		"RDS exports": {
			config().exportStatements(),
			[]proof.Call{
				{Action: "s3:ListBucket", Resource: backups},
				{Action: "s3:PutObject", Resource: backups + "/exports/birthday-db-prod-x/part"},
				{Action: "s3:DeleteObject", Resource: backups + "/exports/birthday-db-prod-x/part"},
				{Action: "kms:GenerateDataKey", Resource: backupKey, Context: through("titan-prod-backups")},
			},
			[]proof.Call{
				{Action: "s3:PutObject", Resource: backups + "/x"}, {Action: "s3:DeleteBucket", Resource: backups},
				{Action: "s3:GetObject", Resource: logs + "/exports/x"},
				{Action: "kms:Decrypt", Resource: logKey, Context: through("titan-prod-backups")},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, call := range role.needed {
				if !proof.Allows(role.statements, call) {
					t.Errorf("denied: %s", call)
				}
				for key := range call.Context {
					if without := call.Without(key); proof.Allows(role.statements, without) {
						t.Errorf("allowed without %s: %s", key, without)
					}
				}
			}
			for _, call := range role.forbidden {
				if proof.Allows(role.statements, call) {
					t.Errorf("allowed: %s", call)
				}
			}
		})
	}
}

// AWS's policies for AWS Backup let a role pass roles, make admins of clusters and read every bucket.
func TestAWSBackupsRolesAreDeniedWhatTheyDoNotNeed(t *testing.T) {
	c := config()
	c.StateBuckets = []string{"titan-state"}
	anything := iampolicy.Statement{
		Sid:      "Anything",
		Effect:   iampolicy.Allow,
		Action:   []string{"*"},
		Resource: []string{"*"},
	}
	statements := append(c.withheld(), anything)
	for _, call := range []proof.Call{
		{Action: "iam:PassRole", Resource: "arn:aws:iam::333333333333:role/titan-prod-node"},
		{Action: "eks:AssociateAccessPolicy", Resource: "arn:aws:eks:eu-west-1:333333333333:cluster/titan-prod-cluster"},
		{Action: "ec2:RunInstances", Resource: "arn:aws:ec2:eu-west-1:333333333333:instance/*"},
		{Action: "s3:GetObject", Resource: "arn:aws:s3:::titan-state/prod/terraform.tfstate"},
		{Action: "s3:ListBucket", Resource: "arn:aws:s3:::titan-state"},
	} {
		if proof.Allows(statements, call) {
			t.Errorf("it may %s", call)
		}
	}
	for _, call := range []proof.Call{
		{Action: "s3:GetObject", Resource: "arn:aws:s3:::titan-prod-backups/a"},
		{Action: "rds:RestoreDBClusterFromSnapshot", Resource: "arn:aws:rds:eu-west-1:333333333333:cluster:x"},
	} {
		if !proof.Allows(statements, call) {
			t.Errorf("it may not %s, which it needs", call)
		}
	}
}
