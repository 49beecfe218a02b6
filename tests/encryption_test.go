package tests

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// keyTypes are the resources that carry a key policy.
var keyTypes = []string{"aws_kms_key", "aws_kms_replica_key"}

// The document has one key with the alias alias/app-key, used by nothing and without a policy.
func TestKeysByPurpose(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		prefix := environment.Prefix()
		aliases := map[string]string{
			"app_kms": "alias/app-key-" + environment.Name, "logs_kms": "alias/" + prefix + "-logs", "secrets_kms": "alias/" + prefix + "-secrets",
			"backups_kms": "alias/" + prefix + "-backups", "operations_kms": "alias/" + prefix + "-operations",
		}
		for id, name := range aliases {
			key := stack.resource(t, "aws_kms_key", "encryption/"+id)
			key.has(t, "enable_key_rotation", true)
			alias := stack.resource(t, "aws_kms_alias", "encryption/"+id+"_alias")
			alias.has(t, "name", name)
			alias.refers(t, "target_key_id", key)
		}
		stack.resource(t, "aws_kms_key", "encryption/backups_kms").has(t, "multi_region", true)
	})
}

func TestCloudFrontHasAKeyInItsRegion(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		key := stack.resource(t, "aws_kms_key", "encryption/global_kms") // no committed environment lives in us-east-1
		key.has(t, "provider", "aws.global")
		policyIn(t, key, "policy").statement(t, "LogGroups").has(t, "Principal.Service", "logs.us-east-1.amazonaws.com")
	})
}

func TestSecondRegionHasItsKeys(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		if environment.SecondRegion == "" {
			if replicas := stack.resources("aws_kms_replica_key"); len(replicas) > 0 {
				t.Errorf("%s without a second region", replicas[0].Address)
			}
			return
		}
		replica := stack.resource(t, "aws_kms_replica_key", "encryption/second_backups_kms")
		replica.has(t, "provider", "aws.second")
		replica.refers(t, "primary_key_arn", stack.resource(t, "aws_kms_key", "encryption/backups_kms"))
		for _, id := range []string{"second_data_kms", "second_secrets_kms"} {
			stack.resource(t, "aws_kms_key", "encryption/"+id).has(t, "provider", "aws.second")
		}
	})
}

func TestKeysAreProtectedAsTheFileSays(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		for _, kind := range keyTypes {
			for _, key := range stack.resources(kind) {
				if environment.Protected() {
					key.has(t, "deletion_window_in_days", 30)
					key.has(t, "lifecycle.prevent_destroy", true)
				} else {
					key.has(t, "deletion_window_in_days", 7)
					key.lacks(t, "lifecycle.prevent_destroy")
				}
			}
		}
	})
}

// A new account does not have AWSServiceRoleForAutoScaling, and KMS refuses a policy whose principal does not exist
// (terraform-aws-modules/terraform-aws-eks#3013).
func TestNoKeyPolicyNamesAServiceLinkedRoleAsPrincipal(t *testing.T) {
	for _, name := range stackNames() {
		for _, kind := range keyTypes {
			for _, key := range stack(t, name).resources(kind) {
				for _, statement := range policyIn(t, key, "policy").Statements {
					for _, principal := range list(statement.at("Principal.AWS")) {
						if strings.Contains(fmt.Sprint(principal), "aws-service-role") {
							t.Errorf("%s/%s names %v", name, statement.Address, principal)
						}
					}
				}
			}
		}
	}
	role := "arn:aws:iam::333333333333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
	statement := policyIn(t, stack(t, "prod").resource(t, "aws_kms_key", "encryption/app_kms"), "policy").statement(t, "AutoScalingUsesVolumes")
	statement.has(t, "Condition.ArnEquals", map[string]string{"aws:PrincipalArn": role})
	statement.has(t, "Condition.StringEquals", map[string]string{"kms:CallerAccount": "333333333333"})
}

// Who may use a key beyond the account's own IAM is said statement by statement, each bound to this account.
func TestEveryUseOfAKeyIsBoundToTheAccount(t *testing.T) {
	for _, name := range stackNames() {
		for _, kind := range keyTypes {
			for _, key := range stack(t, name).resources(kind) {
				for _, statement := range policyIn(t, key, "policy").Statements {
					if statement.Body["Sid"] == "AccountAllowsByIAM" {
						continue
					}
					conditions := text(statement.at("Condition"))
					account := environmentOf(t, name).Account.ID
					if !strings.Contains(conditions, account) {
						t.Errorf("%s: %s is not bound to account %s\n%s", name, statement.Address, account, text(statement.Body))
					}
					if slices.ContainsFunc(list(statement.at("Action")), func(action any) bool { return action == "kms:*" }) {
						t.Errorf("%s: %s allows kms:*", name, statement.Address)
					}
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
