package tests

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/order"
)

// The document has one key with the alias alias/app-key, used by nothing and without a policy.
func TestKeysByPurpose(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		prefix := environment.Prefix()
		hasKeys(t, stack, map[string]string{
			"app_kms":     "alias/app-key-" + environment.Name,
			"logs_kms":    "alias/" + prefix + "-logs",
			"secrets_kms": "alias/" + prefix + "-secrets",
			"backups_kms": "alias/" + prefix + "-backups", "operations_kms": "alias/" + prefix + "-operations",
		})
	})
}

// hasKeys fails unless a stack has these keys and no others, by id, each with its alias.
func hasKeys(t *testing.T, stack Stack, aliases map[string]string) {
	t.Helper()
	for id, name := range aliases {
		key := stack.Resource(t, "aws_kms_key", "encryption/"+id)
		key.WantValue(t, "enable_key_rotation", true)
		alias := stack.Resource(t, "aws_kms_alias", "encryption/"+id+"_alias")
		alias.WantValue(t, "name", name)
		alias.WantReference(t, "target_key_id", key)
	}
	if found := len(stack.Resources("aws_kms_key")); found != len(aliases) {
		t.Errorf("%s has %d keys, want %d", stack.Name, found, len(aliases))
	}
}

func TestCloudFrontHasAKeyInItsRegion(t *testing.T) {
	eachOf(t, order.Global, func(t *testing.T, environment environments.Environment, stack Stack) {
		hasKeys(t, stack, map[string]string{"operations_kms": "alias/" + environment.GlobalPrefix() + "-operations"})
		key := stack.Resource(t, "aws_kms_key", "encryption/operations_kms")
		policyIn(t, key, "policy").statement(t, "LogGroups").WantValue(t, "Principal.Service", "logs.us-east-1.amazonaws.com")
	})
}

func TestSecondRegionHasItsKeys(t *testing.T) {
	eachOf(t, order.Second, func(t *testing.T, environment environments.Environment, stack Stack) {
		prefix := environment.SecondPrefix()
		hasKeys(t, stack, map[string]string{
			"data_kms":    "alias/" + prefix + "-data",
			"secrets_kms": "alias/" + prefix + "-secrets",
			"backups_kms": "alias/" + prefix + "-backups",
		})
		if region := tabled(t, stack.Name).Region; region != environment.SecondRegion {
			t.Errorf("the keys are in %s, want %s", region, environment.SecondRegion)
		}
	})
}

// A replica waits two minutes for its primary key, hard-coded in the provider, and is tainted where that was too short
// (provider#49915). Backups, buckets and secrets are encrypted anew on the way, so each region has keys of its own.
func TestEveryKeyIsOfOneRegion(t *testing.T) {
	for _, name := range stackNames() {
		if replicas := stack(t, name).Resources("aws_kms_replica_key"); len(replicas) > 0 {
			t.Errorf("%s: %s", name, replicas[0].Address)
		}
		for _, key := range stack(t, name).Resources("aws_kms_key") {
			key.WantAbsent(t, "multi_region")
		}
	}
}

func TestKeysAreProtectedAsTheFileSays(t *testing.T) {
	for _, one := range order.All(loaded) {
		environment := environmentOf(t, one.Name)
		protected := environment.Protected()
		if one.Shared() {
			protected = environment.Base(one.Region).Protected()
		}
		for _, key := range stack(t, one.Name).Resources("aws_kms_key") {
			if protected {
				key.WantValue(t, "deletion_window_in_days", 30)
				key.WantValue(t, "lifecycle.prevent_destroy", true)
			} else {
				key.WantValue(t, "deletion_window_in_days", 7)
				key.WantAbsent(t, "lifecycle.prevent_destroy")
			}
		}
	}
}

// A new account does not have AWSServiceRoleForAutoScaling, and KMS refuses a policy whose principal does not exist
// (terraform-aws-modules/terraform-aws-eks#3013).
func TestNoKeyPolicyNamesAServiceLinkedRoleAsPrincipal(t *testing.T) {
	for _, name := range stackNames() {
		for _, key := range stack(t, name).Resources("aws_kms_key") {
			for _, statement := range policyIn(t, key, "policy").Statements {
				for _, principal := range synth.List(statement.At("Principal.AWS")) {
					if strings.Contains(fmt.Sprint(principal), "aws-service-role") {
						t.Errorf("%s/%s names %v", name, statement.Address, principal)
					}
				}
			}
		}
	}
	role := "arn:aws:iam::333333333333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
	statement := policyIn(t, stack(t, "prod").Resource(t, "aws_kms_key", "encryption/app_kms"), "policy").
		statement(t, "AutoScalingUsesVolumes")
	statement.WantValue(t, "Condition.ArnEquals", map[string]string{"aws:PrincipalArn": role})
	statement.WantValue(t, "Condition.StringEquals", map[string]string{"kms:CallerAccount": "333333333333"})
}

// Who may use a key beyond the account's own IAM is said statement by statement, each bound to this account.
func TestEveryUseOfAKeyIsBoundToTheAccount(t *testing.T) {
	for _, name := range stackNames() {
		account := environmentOf(t, name).Account.ID
		for _, key := range stack(t, name).Resources("aws_kms_key") {
			for _, statement := range policyIn(t, key, "policy").Statements {
				if statement.Body["Sid"] == "AccountAllowsByIAM" {
					continue
				}
				if conditions := synth.Text(statement.At("Condition")); !strings.Contains(conditions, account) {
					t.Errorf("%s: %s is not bound to account %s\n%s", name, statement.Address, account, synth.Text(statement.Body))
				}
				if slices.ContainsFunc(synth.List(statement.At("Action")), func(action any) bool { return action == "kms:*" }) {
					t.Errorf("%s: %s allows kms:*", name, statement.Address)
				}
			}
		}
	}
}

// environmentOf is the environment by whose file a stack is made.
func environmentOf(t *testing.T, stackName string) environments.Environment {
	t.Helper()
	return loadedNamed(t, tabled(t, stackName).Environment)
}
