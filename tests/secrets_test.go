package tests

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/order"
)

// The document's secret has neither a value nor a reader, and one with its value written out would hand it to every
// reader of the repository, of plans and of states.
func TestSecretsHaveValuesThatNobodyWroteDown(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		written := map[any]bool{}
		for _, version := range stack.Resources("aws_secretsmanager_secret_version") {
			version.WantAbsent(t, "secret_string")
			version.WantAbsent(t, "secret_binary")
			if value := fmt.Sprint(version.At("secret_string_wo")); !strings.Contains(value,
				"${ephemeral.aws_secretsmanager_random_password.") {
				t.Errorf("%s holds %q, want an ephemeral value", version.Address, value)
			}
			if number, _ := version.At("secret_string_wo_version").(float64); number < 1 {
				t.Errorf("%s has no version to renew it by", version.Address)
			}
			written[addressIn(version.At("secret_id"))] = true
		}
		for _, secret := range stack.Resources("aws_secretsmanager_secret") {
			if !written[secret.Address] {
				t.Errorf("%s has no value", secret.Address)
			}
		}
	})
}

// A login without a resource policy can be read by every administrator and every role with a star.
func TestOnlyReadersReadLogins(t *testing.T) {
	role := func(environment environments.Environment, name string) string {
		return fmt.Sprintf("arn:aws:iam::%s:role/%s", environment.Account.ID, name)
	}
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		want := map[string][]any{"secrets/grafana": {role(environment, environment.Prefix()+"-external-secrets")}}
		if environment.DR.Role != environments.DRSecondary {
			want["birthday-app/db_secret"] = []any{
				role(environment, environment.Prefix()+"-external-secrets"),
				role(environment, environment.Prefix()+"-database-bootstrap"),
			}
		}
		if environment.Name == "prod" { // its replicas have its policy, and prod-dr reads them
			want["secrets/grafana"] = append(want["secrets/grafana"], role(environment, "titan-prod-dr-external-secrets"))
			want["birthday-app/db_secret"] = append(want["birthday-app/db_secret"],
				role(environment, "titan-prod-dr-external-secrets"), role(environment, "titan-prod-dr-database-bootstrap"))
		}
		if got := len(stack.Resources("aws_secretsmanager_secret_policy")); got != len(want) {
			t.Errorf("%d policies, want %d", got, len(want))
		}
		for path, readers := range want {
			policy := stack.Resource(t, "aws_secretsmanager_secret_policy", path+"-readers")
			policy.WantReference(t, "secret_arn", stack.Resource(t, "aws_secretsmanager_secret", path))
			policy.WantValue(t, "block_public_policy", true)
			only := policyIn(t, policy, "policy").statement(t, "OnlyReaders")
			only.WantValue(t, "Effect", "Deny")
			only.WantValue(t, "Principal.AWS", "*")
			only.WantValue(t, "Action", "secretsmanager:GetSecretValue")
			condition, _ := only.At("Condition").(map[string]any)
			except, _ := condition["ArnNotEquals"].(map[string]any)
			for _, deployer := range append(environment.Cluster.Admins, "arn:aws:iam::"+environment.Account.ID+":root") {
				readers = append(readers, deployer) // the provider reads what it wrote
			}
			if got := synth.List(except["aws:PrincipalArn"]); fmt.Sprint(got) != fmt.Sprint(readers) {
				t.Errorf("%s is read by %v, want %v", path, got, readers)
			}
			condition, _ = policy.At("lifecycle.precondition.0").(map[string]any)
			if text := fmt.Sprint(condition["condition"]); !strings.Contains(text,
				"data.aws_iam_session_context.secrets_caller") {
				t.Errorf("a plan does not ask who runs it: %s", text)
			}
		}
	})
}

func TestDatabaseLoginSaysWhereTheDatabaseIs(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		if environment.DR.Role == environments.DRSecondary {
			return // it reads its primary's
		}
		stack.Resource(t, "aws_secretsmanager_secret", "birthday-app/db_secret").
			WantValue(t, "name", "db-credentials-"+environment.Name)
		cluster := stack.Resource(t, "aws_rds_cluster", "database/aurora")
		text := fmt.Sprint(stack.Resource(t, "aws_secretsmanager_secret_version", "birthday-app/db_secret-value").
			At("secret_string_wo"))
		var value map[string]any
		if err := json.Unmarshal([]byte(text), &value); err != nil {
			t.Fatalf("no JSON: %v\n%s", err, text)
		}
		for key, want := range map[string]any{
			"engine": "postgres", "username": "birthday_app", "port": 5432.0, "dbname": cluster.At("database_name"),
			"host": "${" + cluster.Address + ".endpoint}", "reader_host": "${" + cluster.Address + ".reader_endpoint}",
		} {
			if value[key] != want {
				t.Errorf("%s is %v, want %v", key, value[key], want)
			}
		}
		if value["username"] == cluster.At("master_username") {
			t.Error("the application is the master")
		}
	})
}

// One way in, never two: a password that nobody uses would stay valid where nobody looks.
func TestLoginByIAMHasNoPassword(t *testing.T) {
	stack := variant(t, "dev", func(e *environments.Environment) { e.Database.Login = environments.LoginIAM })
	for _, secret := range stack.Resources("aws_secretsmanager_secret") {
		if strings.Contains(secret.Address, "db_secret") {
			t.Errorf("%s is made", secret.Address)
		}
	}
}

// A replica's key is of the replica's region, and there before the secret: the stack of the second region makes it.
func TestSecretsAreReplicatedUnderTheSecondRegionsKey(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, home Stack) {
		for _, secret := range home.Resources("aws_secretsmanager_secret") {
			if environment.SecondRegion == "" {
				if key := keyOfReplica(secret, environment.SecondRegion); key != "" {
					t.Errorf("%s has a replica under %s", secret.Address, key)
				}
				continue
			}
			second := stackOf(t, environment, order.Second)
			alias := second.Resource(t, "aws_kms_alias", "encryption/secrets_kms_alias").At("name")
			want := fmt.Sprintf("arn:aws:kms:%s:%s:%s", tabled(t, second.Name).Region, environment.Account.ID, alias)
			if key := keyOfReplica(secret, environment.SecondRegion); key != want {
				t.Errorf("%s has a replica in %s under %q, want %q", secret.Address, environment.SecondRegion, key, want)
			}
		}
	})
}

// Who reads a secret of another stack reads the secret or a replica, of its own region.
func TestTheOriginHeaderIsReadInItsReadersRegion(t *testing.T) {
	readers := readsOriginHeader(t, synthesized, loadedNamed(t, "prod"), "prod.global", "us-east-1")
	readers += readsOriginHeader(t, synthesized, loadedNamed(t, "prod"), "prod-dr", "eu-central-1")
	readers += readsOriginHeader(t, synthesized, loadedNamed(t, "dev"), "dev.global", "us-east-1")
	if readers != 6 {
		t.Errorf("%d values of the header are read, want two by each", readers)
	}
	// Where the second region is us-east-1, one replica serves both, under the key of the stack there.
	coincide := alteredByName(t, func(e *environments.Environment) {
		if e.Name == "staging" {
			e.SecondRegion = "us-east-1"
		}
	}, "staging")
	readsOriginHeader(t, coincide, loadedNamed(t, "staging"), "staging.global", "us-east-1")
	for _, secret := range coincide["staging"].Resources("aws_secretsmanager_secret") {
		replicas, key := synth.List(secret.At("replica")), keyOfReplica(secret, "us-east-1")
		if len(replicas) != 1 || !strings.HasSuffix(key, ":alias/titan-staging-second-secrets") {
			t.Errorf("%s has replicas %v", secret.Address, replicas)
		}
	}
}

// readsOriginHeader fails unless what a stack reads in its region is a secret of the environment, or a replica. It
// returns how many it reads.
func readsOriginHeader(
	t *testing.T, stacks map[string]Stack, environment environments.Environment, reader string, region environments.Region,
) int {
	t.Helper()
	reads := stacks[reader].Blocks("data", "aws_secretsmanager_secret_version")
	for _, read := range reads {
		found := false
		for _, secret := range stacks[environment.Name].Resources("aws_secretsmanager_secret") {
			isThere := environment.Region == region || keyOfReplica(secret, region) != ""
			found = found || isThere && secret.At("name") == read.At("secret_id")
		}
		if !found {
			t.Errorf("%s reads %v in %s, where %s has no secret of that name",
				reader, read.At("secret_id"), region, environment.Name)
		}
	}
	return len(reads)
}

// keyOfReplica is the key of a secret's replica in a region, empty without one.
func keyOfReplica(secret Block, region environments.Region) string {
	for i := range synth.List(secret.At("replica")) {
		if secret.At(fmt.Sprintf("replica.%d.region", i)) == string(region) {
			return fmt.Sprint(secret.At(fmt.Sprintf("replica.%d.kms_key_id", i)))
		}
	}
	return ""
}
