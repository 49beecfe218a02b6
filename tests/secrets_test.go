package tests

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// The document's secret has neither a value nor a reader, and one with its value written out would hand it to every reader of the repository,
// of plans and of states.
func TestSecretsHaveValuesThatNobodyWroteDown(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, _ environments.Environment, stack Stack) {
		written := map[any]bool{}
		for _, version := range stack.resources("aws_secretsmanager_secret_version") {
			version.lacks(t, "secret_string")
			version.lacks(t, "secret_binary")
			if value := fmt.Sprint(version.at("secret_string_wo")); !strings.Contains(value, "${ephemeral.aws_secretsmanager_random_password.") {
				t.Errorf("%s holds %q, want an ephemeral value", version.Address, value)
			}
			if number, _ := version.at("secret_string_wo_version").(float64); number < 1 {
				t.Errorf("%s has no version to renew it by", version.Address)
			}
			written[addressIn(version.at("secret_id"))] = true
		}
		for _, secret := range stack.resources("aws_secretsmanager_secret") {
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
			want["secrets/db_secret"] = []any{role(environment, environment.Prefix()+"-external-secrets"), role(environment, environment.Prefix()+"-database-bootstrap")}
		}
		if environment.Name == "prod" { // its replicas have its policy, and prod-dr reads them
			want["secrets/grafana"] = append(want["secrets/grafana"], role(environment, "titan-prod-dr-external-secrets"))
			want["secrets/db_secret"] = append(want["secrets/db_secret"], role(environment, "titan-prod-dr-external-secrets"), role(environment, "titan-prod-dr-database-bootstrap"))
		}
		if got := len(stack.resources("aws_secretsmanager_secret_policy")); got != len(want) {
			t.Errorf("%d policies, want %d", got, len(want))
		}
		for path, readers := range want {
			policy := stack.resource(t, "aws_secretsmanager_secret_policy", path+"-readers")
			policy.refers(t, "secret_arn", stack.resource(t, "aws_secretsmanager_secret", path))
			policy.has(t, "block_public_policy", true)
			only := policyIn(t, policy, "policy").statement(t, "OnlyReaders")
			only.has(t, "Effect", "Deny")
			only.has(t, "Principal.AWS", "*")
			only.has(t, "Action", "secretsmanager:GetSecretValue")
			condition, _ := only.at("Condition").(map[string]any)
			except, _ := condition["ArnNotEquals"].(map[string]any)
			for _, deployer := range append(environment.Cluster.Admins, "arn:aws:iam::"+environment.Account.ID+":root") {
				readers = append(readers, deployer) // the provider reads what it wrote
			}
			if got := list(except["aws:PrincipalArn"]); fmt.Sprint(got) != fmt.Sprint(readers) {
				t.Errorf("%s is read by %v, want %v", path, got, readers)
			}
			condition, _ = policy.at("lifecycle.precondition.0").(map[string]any)
			if text := fmt.Sprint(condition["condition"]); !strings.Contains(text, "data.aws_iam_session_context.secrets_caller") {
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
		stack.resource(t, "aws_secretsmanager_secret", "secrets/db_secret").has(t, "name", "db-credentials-"+environment.Name)
		cluster := stack.resource(t, "aws_rds_cluster", "database/aurora")
		text := fmt.Sprint(stack.resource(t, "aws_secretsmanager_secret_version", "secrets/db_secret-value").at("secret_string_wo"))
		var value map[string]any
		if err := json.Unmarshal([]byte(text), &value); err != nil {
			t.Fatalf("no JSON: %v\n%s", err, text)
		}
		for key, want := range map[string]any{
			"engine": "postgres", "username": "birthday_app", "port": 5432.0, "dbname": cluster.at("database_name"),
			"host": "${" + cluster.Address + ".endpoint}", "reader_host": "${" + cluster.Address + ".reader_endpoint}",
		} {
			if value[key] != want {
				t.Errorf("%s is %v, want %v", key, value[key], want)
			}
		}
		if value["username"] == cluster.at("master_username") {
			t.Error("the application is the master")
		}
	})
}

// One way in, never two: a password that nobody uses would stay valid where nobody looks.
func TestLoginByIAMHasNoPassword(t *testing.T) {
	stack := variant(t, "dev", func(e *environments.Environment) { e.Database.Login = environments.LoginIAM })
	for _, secret := range stack.resources("aws_secretsmanager_secret") {
		if strings.Contains(secret.Address, "db_secret") {
			t.Errorf("%s is made", secret.Address)
		}
	}
}
