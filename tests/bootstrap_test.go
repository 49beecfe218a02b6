package tests

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/adopt"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/order"
)

func eachBootstrap(t *testing.T, test func(t *testing.T, base environments.Base, stack Stack)) {
	t.Helper()
	eachBase(t, order.Bootstrap, test)
}

func TestStateBucketKeepsWhatItHolds(t *testing.T) {
	eachBootstrap(t, func(t *testing.T, base environments.Base, stack Stack) {
		bucket := stack.Resource(t, "aws_s3_bucket", "state/bucket")
		bucket.WantValue(t, "bucket", base.StateBucket())
		bucket.WantValue(t, "force_destroy", !base.Protected())
		stack.Resource(t, "aws_s3_bucket_versioning", "state/versioning").
			WantValue(t, "versioning_configuration.status", "Enabled")

		encryption := stack.Resource(t, "aws_s3_bucket_server_side_encryption_configuration", "state/encryption")
		encryption.WantValue(t, "rule.0.apply_server_side_encryption_by_default.sse_algorithm", "aws:kms")
		encryption.WantReference(t, "rule.0.apply_server_side_encryption_by_default.kms_master_key_id",
			stack.Resource(t, "aws_kms_key", "state_kms"))

		for _, setting := range []string{
			"block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets",
		} {
			stack.Resource(t, "aws_s3_bucket_public_access_block", "state/public-access").WantValue(t, setting, true)
		}
	})
}

func TestStateBucketRefusesPlainHTTP(t *testing.T) {
	eachBootstrap(t, func(t *testing.T, _ environments.Base, stack Stack) {
		for _, block := range stack.Resources("aws_s3_bucket_policy") {
			policy := policyIn(t, block, "policy")
			deny := policy.statement(t, "DenyWithoutTLS")
			deny.WantValue(t, "Effect", "Deny")
			deny.WantValue(t, "Principal.AWS", "*")
			deny.WantValue(t, "Action", "s3:*")
			deny.WantValue(t, "Condition.Bool", map[string]string{"aws:SecureTransport": "false"})
		}
	})
}

// The replication is asked for when both buckets stand, by a stack of its own.
func TestStateIsReplicatedToTheOtherRegionsBucket(t *testing.T) {
	replicated := 0
	eachBase(t, order.Account, func(t *testing.T, base environments.Base, account Stack) {
		if len(base.ReplicatesTo) == 0 {
			if found := account.Resources("aws_s3_bucket_replication_configuration"); len(found) > 0 {
				t.Errorf("%s is for no region", found[0].Address)
			}
			return
		}
		rule := account.Resource(t, "aws_s3_bucket_replication_configuration", "state-replication/configuration")
		rule.WantValue(t, "bucket",
			stack(t, order.SharedName(base, order.Bootstrap)).Resource(t, "aws_s3_bucket", "state/bucket").At("bucket"))
		for i, region := range base.ReplicatesTo {
			replicated++
			there := base
			there.Region = region
			bootstrap := stack(t, order.SharedName(there, order.Bootstrap))
			replica := bootstrap.Resource(t, "aws_s3_bucket", "replica/bucket").At("bucket")
			alias := bootstrap.Resource(t, "aws_kms_alias", "state_kms_alias").At("name")
			destination := fmt.Sprintf("rule.%d.destination.", i)
			rule.WantValue(t, destination+"bucket", fmt.Sprintf("arn:aws:s3:::%s", replica))
			rule.WantValue(t, destination+"encryption_configuration.replica_kms_key_id",
				fmt.Sprintf("arn:aws:kms:%s:%s:%s", region, base.Account.ID, alias))
			rule.WantValue(t, fmt.Sprintf("rule.%d.source_selection_criteria.sse_kms_encrypted_objects.status", i), "Enabled")
			rule.WantValue(t, fmt.Sprintf("rule.%d.delete_marker_replication.status", i), "Enabled")
			// Replication before versioning is the field's classic race: both ends are there before this stack.
			for _, end := range []environments.Base{base, there} {
				name := order.SharedName(end, order.Bootstrap)
				if !slices.Contains(tabled(t, account.Name).After, name) {
					t.Errorf("%s comes after %v, want %s among them", account.Name, tabled(t, account.Name).After, name)
				}
				stack(t, name).Resource(t, "aws_s3_bucket_versioning", "state/versioning")
			}
			bootstrap.Resource(t, "aws_s3_bucket_versioning", "replica/versioning")
		}
	})
	if replicated == 0 {
		t.Error("no state is replicated")
	}
}

func TestStateIsProtectedAsTheFileSays(t *testing.T) {
	eachBootstrap(t, func(t *testing.T, base environments.Base, stack Stack) {
		for _, kind := range []string{"aws_s3_bucket", "aws_kms_key"} {
			for _, block := range stack.Resources(kind) {
				if base.Protected() {
					block.WantValue(t, "lifecycle.prevent_destroy", true)
				} else {
					block.WantAbsent(t, "lifecycle.prevent_destroy")
				}
			}
		}
	})
}

// A stack's state lies where the table says: that of who serves, of a pair, in the region that is left
// when the primary's is lost.
func TestBackendIsTheBucketOfBootstrap(t *testing.T) {
	for _, one := range order.All(loaded) {
		t.Run(one.Name, func(t *testing.T) {
			if one.Kind == order.Bootstrap {
				local := Block{
					Address: "terraform.backend.local",
					Body:    synth.Object(stack(t, one.Name).Root, "terraform", "backend", "local"),
				}
				local.WantValue(t, "path", "../../../terraform."+one.Name+".tfstate")
				return
			}
			base := environmentOf(t, one.Name).Base(one.StateRegion)
			bootstrap := stack(t, order.SharedName(base, order.Bootstrap))
			backend := Block{
				Address: "terraform.backend.s3",
				Body:    synth.Object(stack(t, one.Name).Root, "terraform", "backend", "s3"),
			}
			backend.WantValue(t, "bucket", bootstrap.Resource(t, "aws_s3_bucket", "state/bucket").At("bucket"))
			backend.WantValue(t, "key", one.Name+"/terraform.tfstate")
			backend.WantValue(t, "region", one.StateRegion)
			backend.WantValue(t, "use_lockfile", true)
			backend.WantValue(t, "encrypt", true)
			alias := bootstrap.Resource(t, "aws_kms_alias", "state_kms_alias").At("name")
			backend.WantValue(t, "kms_key_id", fmt.Sprintf("arn:aws:kms:%s:%s:%s", one.StateRegion, base.Account.ID, alias))
			backend.WantValue(t, "allowed_account_ids", []string{base.Account.ID})
			backend.WantAbsent(t, "dynamodb_table")
		})
	}
	for name, region := range map[string]environments.Region{
		"prod.global":    "eu-central-1",
		"prod.zone":      "eu-central-1",
		"prod-dr.global": "eu-central-1",
		"staging.global": "eu-west-1",
	} {
		if got := tabled(t, name).StateRegion; got != region {
			t.Errorf("the state of %s lies in %s, want %s", name, got, region)
		}
	}
}

// TestLostBootstrapStateCanBeAdopted holds the import blocks against what the stack declares; that Terraform and AWS
// accept them is shown by the end-to-end tests.
func TestLostBootstrapStateCanBeAdopted(t *testing.T) {
	eachBootstrap(t, func(t *testing.T, _ environments.Base, stack Stack) {
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
		for _, kind := range stack.Types() {
			for _, block := range stack.Resources(kind) {
				if !imported[block.Address] {
					t.Errorf("%s is not imported", block.Address)
				}
			}
		}
	})
}

// Every bucket's requests are logged in its own region, but those of the buckets of such logs: S3 would log
// its own logging for ever.
func TestEveryBucketLogsItsRequestsInItsRegion(t *testing.T) {
	logs := map[string]environments.Region{} // buckets of access logs, by name
	for _, one := range order.All(loaded) {
		for _, bucket := range stack(t, one.Name).Resources("aws_s3_bucket") {
			if strings.Contains(bucket.Address, "access-logs") {
				logs[fmt.Sprint(bucket.At("bucket"))] = one.Region
			}
		}
	}
	for _, one := range order.All(loaded) {
		declared := stack(t, one.Name)
		targets := map[string]string{} // by bucket
		for _, logging := range declared.Resources("aws_s3_bucket_logging") {
			target := fmt.Sprint(logging.At("target_bucket"))
			for _, bucket := range declared.Resources("aws_s3_bucket") {
				if bucket.Address == addressIn(target) {
					target = fmt.Sprint(bucket.At("bucket"))
				}
			}
			targets[addressIn(logging.At("bucket"))] = target
		}
		for _, bucket := range declared.Resources("aws_s3_bucket") {
			_, isLog := logs[fmt.Sprint(bucket.At("bucket"))]
			target, logged := targets[bucket.Address]
			switch {
			case isLog && logged:
				t.Errorf("%s: %s logs itself", one.Name, bucket.Address)
			case !isLog && logs[target] != one.Region:
				t.Errorf("%s: %s logs in %q of %q, want a bucket of %s", one.Name, bucket.Address, target, logs[target], one.Region)
			}
		}
	}
}

// addressIn is the address that a reference such as ${aws_s3_bucket.state_bucket_803B4E61.id} names.
func addressIn(reference any) string {
	text, _ := reference.(string)
	text = strings.TrimSuffix(strings.TrimPrefix(text, "${"), "}")
	return text[:max(strings.LastIndex(text, "."), 0)]
}
