//go:build e2e

package runbooks

import "strings"

// emulated is a block of a runbook that the AWS CLI runs on the emulator: what has to be there before, what a reader
// fills in, and what is asked afterwards.
type emulated struct {
	page, command string
	before        string
	fill          []string
	after, want   string // a command, and what it says; without one, what the block says
}

const (
	account = "333333333333"
	state   = "titan-state-" + account + "-eu-west-1"
	logs    = "titan-prod-logs-" + account + "-eu-west-1"
	replica = "titan-state-replica-" + account + "-eu-central-1"
	other   = "titan-state-" + account + "-eu-west-2"

	// trust is a role's, of nobody in particular.
	trust = `'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},` +
		`"Action":"sts:AssumeRole"}]}'`
)

func lines(commands ...string) string { return strings.Join(commands, "\n") }

func versioned(bucket string) string {
	return lines("aws s3 mb s3://"+bucket,
		"aws s3api put-bucket-versioning --bucket "+bucket+" --versioning-configuration Status=Enabled")
}

func put(content, object string) string {
	return lines("echo "+content+" > object", "aws s3 cp object s3://"+object)
}

func get(object string) string { return "aws s3 cp s3://" + object + " -" }

func secret(name string) string {
	return "aws secretsmanager get-secret-value --region eu-west-1 --query SecretString --output text --secret-id " + name
}

var onTheEmulator = map[string]emulated{
	"a deleted secret": {
		page: "restore.md", command: "aws secretsmanager restore-secret",
		before: lines("aws secretsmanager create-secret --region eu-west-1 --name titan-prod-grafana --secret-string x",
			"aws secretsmanager delete-secret --region eu-west-1 --secret-id titan-prod-grafana --recovery-window-in-days 30"),
		fill:  []string{"<region>", "eu-west-1", "<secret>", "titan-prod-grafana"},
		after: secret("titan-prod-grafana"), want: "x",
	},
	"a deleted object": {
		page: "restore.md", command: "aws s3api delete-object",
		before: lines(versioned(logs), put("one", logs+"/a/b"), "aws s3 rm s3://"+logs+"/a/b",
			"marker=$(aws s3api list-object-versions --bucket "+logs+" --query 'DeleteMarkers[0].VersionId' --output text)"),
		fill:  []string{"<bucket>", logs, "<key>", "a/b", "<version of the marker>", "$marker"},
		after: get(logs + "/a/b"), want: "one",
	},
	"an overwritten state": {
		page: "state.md", command: "aws s3api copy-object",
		before: lines(versioned(state), put("good", state+"/prod/terraform.tfstate"),
			"version=$(aws s3api list-object-versions --bucket "+state+" --query 'Versions[0].VersionId' --output text)",
			put("bad", state+"/prod/terraform.tfstate")),
		fill:  []string{"<region>", "eu-west-1", "<bucket>", state, "<stack>", "prod", "<version>", `'"$version"'`},
		after: get(state + "/prod/terraform.tfstate"), want: "good",
	},
	"a state's copy": {
		page: "state.md", command: "aws s3 cp s3://<project>-state-replica",
		before: lines("aws s3 mb s3://"+replica+" --region eu-central-1", "aws s3 mb s3://"+other,
			put("copy", replica+"/prod/terraform.tfstate")),
		fill: []string{"<project>", "titan", "<account>", account, "<second region>", "eu-central-1", "<region>", "eu-west-2",
			"<stack>", "prod"},
		after: get(other + "/prod/terraform.tfstate"), want: "copy",
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
		after:  "aws iam get-role-policy --role-name titan-prod-node --policy-name AWSRevokeOlderSessions",
		want:   "aws:TokenIssueTime",
	},
	"a key that would be deleted": {
		page: "alarms.md", command: "aws kms cancel-key-deletion",
		before: lines("key=$(aws kms create-key --region eu-west-1 --query KeyMetadata.KeyId --output text)",
			"aws kms schedule-key-deletion --region eu-west-1 --key-id $key --pending-window-in-days 7"),
		fill:  []string{"<region of the key>", "eu-west-1", "<key>", "$key"},
		after: "aws kms describe-key --region eu-west-1 --key-id $key --query KeyMetadata.KeyState", want: "Enabled",
	},
	"a login of people's": {
		page: "secrets.md", command: "aws secretsmanager put-secret-value",
		before: lines(`echo '{"username":"u","accessToken":"new"}' > login.json`,
			"aws secretsmanager create-secret --region eu-west-1 --name ecr-pullthroughcache/docker-hub --secret-string old"),
		fill:  []string{"<region>", "eu-west-1"},
		after: secret("ecr-pullthroughcache/docker-hub"), want: "new",
	},
	"the parameter of the image": {
		page: "delivery.md", command: "aws ssm put-parameter",
		before: "aws ssm put-parameter --region eu-west-1 --type String --name /titan-prod/birthday-app/image --value old",
		fill: []string{"<region>", "eu-west-1", "<project>", "titan", "<env>", "prod", "<repository>", "registry/app",
			"<digest>", "sha256:1"},
		after: "aws ssm get-parameter --region eu-west-1 --name /titan-prod/birthday-app/image --query Parameter.Value",
		want:  "registry/app@sha256:1",
	},
	"promoted replicas": {
		page: "failover.md", command: "aws secretsmanager stop-replication-to-replica",
		before: lines("for secret in titan-prod-origin-a titan-prod-origin-b db-credentials-prod; do",
			`aws secretsmanager create-secret --region eu-west-1 --name "$secret" --secret-string value \`,
			"--add-replica-regions Region=eu-central-1; done"),
		after: lines(
			"aws secretsmanager put-secret-value --region eu-central-1 --secret-id db-credentials-prod --secret-string renewed",
			"aws secretsmanager get-secret-value --region eu-central-1 --secret-id db-credentials-prod --query SecretString"),
		want: "renewed",
	},
	"a stopped writer": {
		page: "failover.md", command: "aws rds stop-db-cluster",
		before: lines(`aws rds create-db-cluster --region eu-west-1 --db-cluster-identifier birthday-db-prod \`,
			"--engine aurora-postgresql --master-username u --master-user-password longenough1",
			`aws rds create-db-instance --region eu-west-1 --db-cluster-identifier birthday-db-prod \`,
			"--db-instance-identifier birthday-db-prod-0 --engine aurora-postgresql --db-instance-class db.r8g.large"),
		after: "aws rds describe-db-clusters --region eu-west-1 --db-cluster-identifier birthday-db-prod --query " +
			"'DBClusters[0].Status'",
		want: "stop",
	},
	"what carries a tag": {
		page: "destroy.md", command: "aws resourcegroupstaggingapi get-resources",
		before: "aws sns create-topic --region eu-west-1 --name titan-dev-operations --tags Key=environment,Value=dev",
		fill:   []string{"<region>", "eu-west-1", "<env>", "dev"},
		want:   "titan-dev-operations",
	},
}
