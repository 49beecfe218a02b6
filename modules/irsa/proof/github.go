package proof

import "github.com/titan-platform/titan/modules/delivery/role"

// workflows are those of GitHub in an account with the environments dev and prod.
var workflows = role.GitHub{
	PlanName: "titan-github-plan", DeployName: "titan-github-deploy",
	ProviderARN: "arn:aws:iam::333333333333:oidc-provider/" + role.GitHubIssuer, Repository: "acme/platform",
	Environments: []string{"dev", "prod"}, Regions: []string{"eu-west-1", "eu-central-1"},
	StateBuckets:  []string{"titan-state-333333333333-eu-west-1", "titan-state-333333333333-eu-central-1"},
	StateKeyAlias: "alias/titan-state", OriginSecrets: "titan-*-origin-*",
}

// gitHubPlan is what runs the code of pull requests, and so of whoever may push a branch: it reads, and locks.
func gitHubPlan() Case {
	states := "arn:aws:s3:::titan-state-333333333333-eu-west-1"
	header := arns("secretsmanager")("secret:titan-prod-origin-a-AbCdEf")
	key := arns("kms")("key/44444444-4444-4444-4444-444444444444")
	ofState := keys{"kms:ResourceAliases": "alias/titan-state"}
	return delivering(role.GitHubPlan(here, workflows),
		[]Call{
			{"s3:ListBucket", states, nil},
			{"s3:GetObject", states + "/prod.global/terraform.tfstate", nil},
			{"s3:GetObject", "arn:aws:s3:::titan-state-333333333333-eu-central-1/prod.second/terraform.tfstate", nil},
			{"s3:PutObject", states + "/prod/terraform.tfstate.tflock", nil},
			{"s3:DeleteObject", states + "/prod/terraform.tfstate.tflock", nil},
			{"kms:Decrypt", key, ofState},
			{"kms:GenerateDataKey", key, ofState},
			{"secretsmanager:DescribeSecret", header, nil},
			{"secretsmanager:GetSecretValue", header, nil},
			{"kms:Decrypt", secretsKey, viaSecretsManager(header)},
			{"secretsmanager:GetRandomPassword", "*", nil},
			{"iam:GetRole", "arn:aws:iam::333333333333:role/titan-github-plan", nil},
			{"ec2:DescribeManagedPrefixLists", "*", nil},
			{"eks:DescribeAddonVersions", "*", nil},
			{"kms:DescribeKey", key, nil},
			{"rds:DescribeDBClusterSnapshots", "*", nil},
			{"route53:ListHostedZones", "*", nil},
			{"route53:GetHostedZone", "arn:aws:route53:::hostedzone/Z1", nil},
		},
		[]Call{
			{"s3:PutObject", states + "/prod/terraform.tfstate", nil},
			{"s3:DeleteObject", states + "/prod/terraform.tfstate", nil},
			{"s3:PutObject", states + "/plans/prod/7-1.tgz", nil},
			{"s3:GetObject", states + "/plans/prod/7-1.tgz", nil}, // what waits for approval
			{"s3:GetObject", "arn:aws:s3:::titan-prod-logs-333333333333-eu-west-1/x", nil},
			{"s3:DeleteObjectVersion", states + "/prod/terraform.tfstate.tflock", nil},
			{"kms:Decrypt", key, keys{"kms:ResourceAliases": "alias/app-key-prod"}},
			{"secretsmanager:GetSecretValue", userSecret, nil},
			{"secretsmanager:GetSecretValue", grafanaSecret, nil},
			{"secretsmanager:GetSecretValue", masterSecret, nil},
			{"secretsmanager:PutSecretValue", header, nil},
			{"kms:Decrypt", secretsKey, viaSecretsManager(userSecret)},
			{"kms:ScheduleKeyDeletion", key, nil},
			{"ssm:GetParameter", parameter, nil},
			{"eks:DescribeCluster", names.ClusterARN, nil},
			{"iam:GetRole", "arn:aws:iam::333333333333:role/titan-prod-node", nil},
			{"iam:UpdateAssumeRolePolicy", "arn:aws:iam::333333333333:role/titan-github-plan", nil},
			{"sts:AssumeRole", "arn:aws:iam::333333333333:role/titan-github-deploy", nil},
			{"ec2:RunInstances", ec2("instance/*"), nil},
		})
}
