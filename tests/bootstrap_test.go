package tests

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/adopt"
)

func eachBootstrap(t *testing.T, test func(t *testing.T, environment environments.Environment, stack Stack)) {
	t.Helper()
	for _, environment := range loaded {
		t.Run(environment.Name, func(t *testing.T) { test(t, environment, stack(t, environment.Name+"-bootstrap")) })
	}
}

func TestStateBucketKeepsWhatItHolds(t *testing.T) {
	eachBootstrap(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		bucket := stack.resource(t, "aws_s3_bucket", "state/bucket")
		bucket.has(t, "bucket", environment.StateBucket())
		bucket.has(t, "force_destroy", !environment.Protected())
		stack.resource(t, "aws_s3_bucket_versioning", "state/versioning").has(t, "versioning_configuration.status", "Enabled")

		encryption := stack.resource(t, "aws_s3_bucket_server_side_encryption_configuration", "state/encryption")
		encryption.has(t, "rule.0.apply_server_side_encryption_by_default.sse_algorithm", "aws:kms")
		encryption.refers(t, "rule.0.apply_server_side_encryption_by_default.kms_master_key_id", stack.resource(t, "aws_kms_key", "state_kms"))

		for _, setting := range []string{"block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"} {
			stack.resource(t, "aws_s3_bucket_public_access_block", "state/public-access").has(t, setting, true)
		}
	})
}

func TestStateBucketRefusesPlainHTTP(t *testing.T) {
	eachBootstrap(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		for _, block := range stack.resources("aws_s3_bucket_policy") {
			policy := policyIn(t, block, "policy")
			deny := policy.statement(t, "DenyWithoutTLS")
			deny.has(t, "Effect", "Deny")
			deny.has(t, "Principal.AWS", "*")
			deny.has(t, "Action", "s3:*")
			deny.has(t, "Condition.Bool", map[string]string{"aws:SecureTransport": "false"})
		}
	})
}

func TestStateIsReplicatedWhereThereIsASecondRegion(t *testing.T) {
	eachBootstrap(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		replications := stack.resources("aws_s3_bucket_replication_configuration")
		if environment.SecondRegion == "" {
			if len(replications) > 0 {
				t.Errorf("%s is replicated without a second region", replications[0].Address)
			}
			return
		}
		replica := stack.resource(t, "aws_s3_bucket", "replica/bucket")
		replica.has(t, "provider", "aws.second")
		rule := stack.resource(t, "aws_s3_bucket_replication_configuration", "replication/configuration")
		rule.refers(t, "rule.0.destination.bucket", replica)
		rule.refers(t, "rule.0.destination.encryption_configuration.replica_kms_key_id", stack.resource(t, "aws_kms_key", "replica_kms"))
		rule.has(t, "rule.0.source_selection_criteria.sse_kms_encrypted_objects.status", "Enabled")
		rule.has(t, "rule.0.delete_marker_replication.status", "Enabled")
		// Replication before versioning is the field's classic race.
		depends, _ := rule.at("depends_on").([]any)
		for _, side := range []string{"state/versioning", "replica/versioning"} {
			if address := stack.resource(t, "aws_s3_bucket_versioning", side).Address; !contains(depends, address) {
				t.Errorf("the replication does not wait for %s; it depends on %v", address, depends)
			}
		}
	})
}

func TestStateIsProtectedAsTheFileSays(t *testing.T) {
	eachBootstrap(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		for _, kind := range []string{"aws_s3_bucket", "aws_kms_key"} {
			for _, block := range stack.resources(kind) {
				if environment.Protected() {
					block.has(t, "lifecycle.prevent_destroy", true)
				} else {
					block.lacks(t, "lifecycle.prevent_destroy")
				}
			}
		}
	})
}

func TestBackendIsTheBucketOfBootstrap(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		backend := Block{"terraform.backend.s3", mapping(stack.Root, "terraform", "backend", "s3")}
		backend.has(t, "bucket", environment.StateBucket())
		backend.has(t, "key", environment.Name+"/terraform.tfstate")
		backend.has(t, "region", environment.Region)
		backend.has(t, "use_lockfile", true)
		backend.has(t, "encrypt", true)
		backend.has(t, "kms_key_id", "arn:aws:kms:"+string(environment.Region)+":"+environment.Account.ID+":alias/titan-"+environment.Name+"-state")
		backend.has(t, "allowed_account_ids", []string{environment.Account.ID})
		backend.lacks(t, "dynamodb_table")
	})
}

// TestLostBootstrapStateCanBeAdopted holds the import blocks against what the stack declares; that Terraform and AWS accept them is shown
// by the end-to-end tests.
func TestLostBootstrapStateCanBeAdopted(t *testing.T) {
	eachBootstrap(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		text, err := adopt.Imports([]byte(stack.Text))
		if err != nil {
			t.Fatal(err)
		}
		var blocks struct{ Import []struct{ To, ID string } }
		if err := json.Unmarshal(text, &blocks); err != nil {
			t.Fatal(err)
		}
		imported := map[string]bool{}
		for _, block := range blocks.Import {
			if block.ID == "" || strings.Contains(block.ID, "${aws_") {
				t.Errorf("%s would be imported by %q, which is no id", block.To, block.ID)
			}
			imported[block.To] = true
		}
		for _, kind := range stack.types() {
			for _, block := range stack.resources(kind) {
				if !imported[block.Address] {
					t.Errorf("%s is not imported", block.Address)
				}
			}
		}
	})
}

// Every bucket's requests are logged in its own region, but those of the buckets of such logs: S3 would log its own logging for ever.
func TestEveryBucketLogsItsRequestsInItsRegion(t *testing.T) {
	for _, environment := range loaded {
		for _, name := range []string{environment.Name + "-bootstrap", environment.Name} {
			t.Run(name, func(t *testing.T) {
				declared := stack(t, name)
				targets := map[string]any{} // by bucket
				for _, logging := range declared.resources("aws_s3_bucket_logging") {
					targets[addressIn(logging.at("bucket"))] = logging.at("target_bucket")
				}
				for _, bucket := range declared.resources("aws_s3_bucket") {
					region := environment.Region
					if bucket.at("provider") == "aws.second" {
						region = environment.SecondRegion
					}
					want := environment.AccessLogBucket(region)
					target, logs := targets[bucket.Address]
					switch {
					case bucket.at("bucket") == want && logs:
						t.Errorf("%s logs itself", bucket.Address)
					case bucket.at("bucket") != want && target != want && addressIn(target) != addressOf(declared, want):
						t.Errorf("%s logs in %v, want %s", bucket.Address, target, want)
					}
				}
			})
		}
	}
}

// addressIn is the address that a reference such as ${aws_s3_bucket.state_bucket_803B4E61.id} names.
func addressIn(reference any) string {
	text, _ := reference.(string)
	text = strings.TrimSuffix(strings.TrimPrefix(text, "${"), "}")
	return text[:max(strings.LastIndex(text, "."), 0)]
}

// addressOf is the address of the bucket with a name.
func addressOf(declared Stack, name string) string {
	for _, bucket := range declared.resources("aws_s3_bucket") {
		if bucket.at("bucket") == name {
			return bucket.Address
		}
	}
	return "no bucket " + name
}
