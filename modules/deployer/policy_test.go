package deployer

import (
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/modules/irsa/proof"
)

const connection = "arn:aws:codeconnections:eu-west-1:333333333333:connection/1"

func config() Config {
	return Config{
		Name: "titan-prod", Environment: "prod", Partition: "aws", AccountID: "333333333333", Region: "eu-west-1", ConnectionARN: connection,
		SubnetIDs: []string{"subnet-a", "subnet-b"}, ClusterName: "titan-prod-cluster",
		StateBucket: "titan-prod-state-333333333333-eu-west-1", StateKeyAlias: "alias/titan-prod-state",
	}
}

func TestRoleMayApplyThePlatformStackAndNothingElse(t *testing.T) {
	ec2 := func(resource string) string { return "arn:aws:ec2:eu-west-1:333333333333:" + resource }
	inSubnet := map[string]string{"ec2:Subnet": ec2("subnet/subnet-a")}
	lent := map[string]string{"ec2:Subnet": ec2("subnet/subnet-a"), "ec2:AuthorizedService": "codebuild.amazonaws.com"}
	key := "arn:aws:kms:eu-west-1:333333333333:key/1"
	state := "arn:aws:s3:::titan-prod-state-333333333333-eu-west-1"
	statements := config().statements("sg-builds")
	for _, call := range []proof.Call{
		{Action: "ec2:DescribeSecurityGroups", Resource: "*"},
		{Action: "ec2:CreateNetworkInterface", Resource: ec2("subnet/subnet-b")},
		{Action: "ec2:CreateNetworkInterface", Resource: ec2("security-group/sg-builds")},
		{Action: "ec2:CreateNetworkInterfacePermission", Resource: ec2("network-interface/eni-1"), Context: lent},
		{Action: "ec2:DeleteNetworkInterface", Resource: ec2("network-interface/eni-1"), Context: inSubnet},
		{Action: "s3:PutObject", Resource: state + "/prod-platform/terraform.tfstate"},
		{Action: "s3:DeleteObject", Resource: state + "/prod-platform/terraform.tfstate.tflock"},
		{Action: "s3:GetObject", Resource: state + "/prod/terraform.tfstate"},
		{Action: "kms:Decrypt", Resource: key, Context: map[string]string{"kms:ResourceAliases": "alias/titan-prod-state"}},
		{Action: "eks:DescribeCluster", Resource: "arn:aws:eks:eu-west-1:333333333333:cluster/titan-prod-cluster"},
		{Action: "codeconnections:UseConnection", Resource: connection},
		{Action: "logs:PutLogEvents", Resource: "arn:aws:logs:eu-west-1:333333333333:log-group:/aws/codebuild/titan-prod-deployer:log-stream:1"},
	} {
		if !proof.Allows(statements, call) {
			t.Errorf("denied: %s", call)
		}
		for condition := range call.Context {
			if without := call.Without(condition); proof.Allows(statements, without) {
				t.Errorf("allowed without %s: %s", condition, without)
			}
		}
	}
	for _, call := range []proof.Call{
		{Action: "s3:PutObject", Resource: state + "/prod/terraform.tfstate"},
		{Action: "s3:PutObject", Resource: state + "/prod/terraform.tfstate.tflock"},
		{Action: "s3:GetObject", Resource: "arn:aws:s3:::titan-staging-state-222222222222-eu-west-1/staging/terraform.tfstate"},
		{Action: "kms:Decrypt", Resource: key, Context: map[string]string{"kms:ResourceAliases": "alias/app-key-prod"}},
		{Action: "ec2:CreateNetworkInterface", Resource: ec2("subnet/subnet-data")},
		{Action: "ec2:DeleteNetworkInterface", Resource: ec2("network-interface/eni-1"), Context: map[string]string{"ec2:Subnet": ec2("subnet/subnet-data")}},
		{Action: "eks:UpdateClusterConfig", Resource: "arn:aws:eks:eu-west-1:333333333333:cluster/titan-prod-cluster"},
		{Action: "iam:CreateRole", Resource: "arn:aws:iam::333333333333:role/mine"},
		{Action: "sts:AssumeRole", Resource: "arn:aws:iam::333333333333:role/platform-admin"},
		{Action: "secretsmanager:GetSecretValue", Resource: "arn:aws:secretsmanager:eu-west-1:333333333333:secret:db-credentials-prod-AbCdEf"},
	} {
		if proof.Allows(statements, call) {
			t.Errorf("allowed: %s", call)
		}
	}
	iampolicy.Document(statements...) // panics at a Sid used twice
}

func TestRoleIsTheProjectsAlone(t *testing.T) {
	want := `{"Version":"2012-10-17","Statement":[{"Sid":"CodeBuild","Effect":"Allow","Principal":{"Service":"codebuild.amazonaws.com"},"Action":"sts:AssumeRole",` +
		`"Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:codebuild:eu-west-1:333333333333:project/titan-prod-deployer"},"StringEquals":{"aws:SourceAccount":"333333333333"}}}]}`
	if got := config().trust(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestBuildspecAppliesTheStack(t *testing.T) {
	var spec struct {
		Version float64
		Phases  map[string]struct{ Commands []string }
	}
	if err := yaml.Unmarshal([]byte(buildspec), &spec); err != nil {
		t.Fatal(err)
	}
	if got := spec.Phases["build"].Commands; len(got) != 1 || got[0] != `npx cdktf deploy "$STACK" --auto-approve --ignore-missing-stack-dependencies` {
		t.Errorf("build runs %q", got)
	}
}
