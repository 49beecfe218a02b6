//go:build e2e

package runbooks

import (
	"context"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/emulator"
)

// emulated is a block of a runbook that the AWS CLI runs on the emulator: what has to be there before, what a reader
// fills in, and what is asked afterwards.
type emulated struct {
	page, command string
	before        string
	fill          []string
	after, want   string // a command, and what it says
}

const account = "333333333333"

// trust is a role's, of nobody in particular.
const trust = `'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}'`

const stateBucket = "titan-state-" + account + "-eu-west-1"

var onTheEmulator = map[string]emulated{
	"a deleted secret": {
		page: "restore.md", command: "aws secretsmanager restore-secret",
		before: "aws secretsmanager create-secret --region eu-west-1 --name titan-prod-grafana --secret-string x\n" +
			"aws secretsmanager delete-secret --region eu-west-1 --secret-id titan-prod-grafana --recovery-window-in-days 30",
		fill:  []string{"<region>", "eu-west-1", "<secret>", "titan-prod-grafana"},
		after: "aws secretsmanager get-secret-value --region eu-west-1 --secret-id titan-prod-grafana --query SecretString --output text", want: "x",
	},
	"a deleted object": {
		page: "restore.md", command: "aws s3api delete-object",
		before: versioned("titan-prod-logs-"+account+"-eu-west-1") + "\necho one > object\n" +
			"aws s3 cp object s3://titan-prod-logs-" + account + "-eu-west-1/a/b\n" +
			"aws s3 rm s3://titan-prod-logs-" + account + "-eu-west-1/a/b\n" +
			"marker=$(aws s3api list-object-versions --bucket titan-prod-logs-" + account + "-eu-west-1 --query 'DeleteMarkers[0].VersionId' --output text)",
		fill:  []string{"<bucket>", "titan-prod-logs-" + account + "-eu-west-1", "<key>", "a/b", "<version of the marker>", "$marker"},
		after: "aws s3 cp s3://titan-prod-logs-" + account + "-eu-west-1/a/b -", want: "one",
	},
	"an overwritten state": {
		page: "state.md", command: "aws s3api copy-object",
		before: versioned(stateBucket) + "\necho good > object\naws s3 cp object s3://" + stateBucket + "/prod/terraform.tfstate\n" +
			"version=$(aws s3api list-object-versions --bucket " + stateBucket + " --query 'Versions[0].VersionId' --output text)\n" +
			"echo bad > object\naws s3 cp object s3://" + stateBucket + "/prod/terraform.tfstate",
		fill:  []string{"<region>", "eu-west-1", "<bucket>", stateBucket, "<stack>", "prod", "<version>", `'"$version"'`},
		after: "aws s3 cp s3://" + stateBucket + "/prod/terraform.tfstate -", want: "good",
	},
	"a state's copy": {
		page: "state.md", command: "aws s3 cp s3://<project>-state-replica",
		before: "aws s3 mb s3://titan-state-replica-" + account + "-eu-central-1 --region eu-central-1\naws s3 mb s3://titan-state-" + account + "-eu-west-2\n" +
			"echo copy > object\naws s3 cp object s3://titan-state-replica-" + account + "-eu-central-1/prod/terraform.tfstate",
		fill:  []string{"<project>", "titan", "<account>", account, "<second region>", "eu-central-1", "<region>", "eu-west-2", "<stack>", "prod"},
		after: "aws s3 cp s3://titan-state-" + account + "-eu-west-2/prod/terraform.tfstate -", want: "copy",
	},
	"a role that is denied everything": {
		page: "compromise.md", command: "aws iam attach-role-policy",
		before: "aws iam create-role --role-name titan-github-deploy --assume-role-policy-document " + trust,
		fill:   []string{"<role>", "titan-github-deploy"},
		after:  "aws iam list-attached-role-policies --role-name titan-github-deploy", want: "AWSDenyAll",
	},
	"a role whose sessions end": {
		page: "compromise.md", command: "aws iam put-role-policy",
		before: "aws iam create-role --role-name titan-prod-node --assume-role-policy-document " + trust,
		fill:   []string{"<role>", "titan-prod-node"},
		after:  "aws iam get-role-policy --role-name titan-prod-node --policy-name AWSRevokeOlderSessions", want: "aws:TokenIssueTime",
	},
	"a key that would be deleted": {
		page: "alarms.md", command: "aws kms cancel-key-deletion",
		before: "key=$(aws kms create-key --region eu-west-1 --query KeyMetadata.KeyId --output text)\n" +
			"aws kms schedule-key-deletion --region eu-west-1 --key-id $key --pending-window-in-days 7",
		fill:  []string{"<region of the key>", "eu-west-1", "<key>", "$key"},
		after: "aws kms describe-key --region eu-west-1 --key-id $key --query KeyMetadata.KeyState", want: "Enabled",
	},
	"a login of people's": {
		page: "secrets.md", command: "aws secretsmanager put-secret-value",
		before: "echo '{\"username\":\"u\",\"accessToken\":\"new\"}' > login.json\n" +
			"aws secretsmanager create-secret --region eu-west-1 --name ecr-pullthroughcache/docker-hub --secret-string old",
		fill:  []string{"<region>", "eu-west-1"},
		after: "aws secretsmanager get-secret-value --region eu-west-1 --secret-id ecr-pullthroughcache/docker-hub --query SecretString", want: "new",
	},
	"the parameter of the image": {
		page: "delivery.md", command: "aws ssm put-parameter",
		before: "aws ssm put-parameter --region eu-west-1 --type String --name /titan-prod/birthday-app/image --value old",
		fill:   []string{"<region>", "eu-west-1", "<project>", "titan", "<env>", "prod", "<repository>", "registry/app", "<digest>", "sha256:1"},
		after:  "aws ssm get-parameter --region eu-west-1 --name /titan-prod/birthday-app/image --query Parameter.Value", want: "registry/app@sha256:1",
	},
	"promoted replicas": {
		page: "failover.md", command: "aws secretsmanager stop-replication-to-replica",
		before: "for s in titan-prod-origin-a titan-prod-origin-b db-credentials-prod; do aws secretsmanager create-secret --region eu-west-1 --name $s " +
			"--secret-string value --add-replica-regions Region=eu-central-1; done",
		after: "aws secretsmanager put-secret-value --region eu-central-1 --secret-id db-credentials-prod --secret-string renewed && " +
			"aws secretsmanager get-secret-value --region eu-central-1 --secret-id db-credentials-prod --query SecretString", want: "renewed",
	},
	"a stopped writer": {
		page: "failover.md", command: "aws rds stop-db-cluster",
		before: "aws rds create-db-cluster --region eu-west-1 --db-cluster-identifier birthday-db-prod --engine aurora-postgresql --master-username u --master-user-password longenough1\n" +
			"aws rds create-db-instance --region eu-west-1 --db-cluster-identifier birthday-db-prod --db-instance-identifier birthday-db-prod-0 --engine aurora-postgresql --db-instance-class db.r8g.large",
		after: "aws rds describe-db-clusters --region eu-west-1 --db-cluster-identifier birthday-db-prod --query 'DBClusters[0].Status'", want: "stop",
	},
	"what carries a tag": {
		page: "destroy.md", command: "aws resourcegroupstaggingapi get-resources",
		before: "aws sns create-topic --region eu-west-1 --name titan-dev-operations --tags Key=environment,Value=dev",
		fill:   []string{"<region>", "eu-west-1", "<env>", "dev"},
		after:  "true",
	},
}

func versioned(bucket string) string {
	return "aws s3 mb s3://" + bucket + "\naws s3api put-bucket-versioning --bucket " + bucket + " --versioning-configuration Status=Enabled"
}

// TestBlocksOfRunbooksRunOnTheEmulator runs blocks as they stand on the page, with what a reader fills in, by the AWS
// CLI of this machine.
func TestBlocksOfRunbooksRunOnTheEmulator(t *testing.T) {
	if _, err := exec.LookPath("aws"); err != nil {
		t.Skip("there is no AWS CLI on this machine")
	}
	running, err := emulator.Start(context.Background(), filepath.Join(root, ".titan"), account)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(running.Stop)
	for _, page := range pages(t) {
		for _, block := range page.Blocks {
			isRun := slices.ContainsFunc(slices.Collect(maps.Values(onTheEmulator)), func(c emulated) bool {
				return page.Path == "runbooks/"+c.page && strings.Contains(block.Text, c.command)
			})
			if isRun != strings.Contains(block.Mark, t.Name()) {
				t.Errorf("docs/%s:%d says %q, and is run here: %v", page.Path, block.Line, block.Mark, isRun)
			}
		}
	}
	for name, c := range onTheEmulator {
		t.Run(name, func(t *testing.T) {
			block := strings.NewReplacer(c.fill...).Replace(blockWith(t, "runbooks/"+c.page, c.command))
			script := strings.Join([]string{c.before, block, "echo afterwards:", c.after}, "\n")
			shell := exec.CommandContext(t.Context(), "sh", "-euc", script)
			shell.Dir, shell.Env = t.TempDir(), append(emulator.Isolated(running.URL()), "AWS_DEFAULT_REGION=eu-west-1", "PATH="+os.Getenv("PATH"))
			out, err := shell.CombinedOutput()
			_, after, _ := strings.Cut(string(out), "afterwards:")
			if err != nil || !strings.Contains(after, c.want) {
				t.Errorf("%s\n%s\n%v, want %q at its end", script, out, err, c.want)
			}
		})
	}
}
