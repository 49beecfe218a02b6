package role

import (
	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

// GitHubIssuer signs the tokens of GitHub's workflows, without https://. It begins the keys of conditions:
// <issuer>:sub.
const GitHubIssuer = "token.actions.githubusercontent.com"

// GitHubAudience is whom a token is for that AWS's own action asks for (aws-actions/configure-aws-credentials).
const GitHubAudience = "sts.amazonaws.com"

// GitHub is what the roles of GitHub's workflows are about.
type GitHub struct {
	PlanName, DeployName string   // of the roles
	ProviderARN          string   // of GitHub as an identity provider of the account
	Repository           string   // whose workflows assume the roles: organisation/name, in GitHub's own spelling
	Environments         []string // of the account, which are environments on GitHub too
	Regions              []string // where state of the environments lies
	StateBuckets         []string // names, in those regions
	StateKeyAlias        string   // alias/…, the same in every region
	OriginSecrets        string   // pattern of the names of the secrets with the origin header
}

// PlanEnvironment is the environment on GitHub whose jobs plan and apply nothing: nobody is asked, and branch main
// alone may use it.
func PlanEnvironment(environment string) string { return environment + "-plan" }

// GitHubPlan plans the stacks of environments on pull requests, without a refresh. It reads what the stacks' data
// sources read, and of secrets the origin header alone; it writes nothing but the lock of a state.
func GitHubPlan(t target.Target, g GitHub) Role {
	var buckets, states, locks, keys []string
	for _, name := range g.StateBuckets {
		bucket := t.BucketARN(name)
		buckets = append(buckets, bucket)
		states = append(states, bucket+"/*/terraform.tfstate")
		locks = append(locks, bucket+"/*/terraform.tfstate.tflock")
	}
	for _, region := range g.Regions {
		keys = append(keys, t.In(region).KeysARN())
	}
	anywhere := t.In("*")
	header := anywhere.ARN("secretsmanager", "secret:"+g.OriginSecrets)
	return Role{
		Name:        g.PlanName,
		Description: "GitHub's workflows plan on pull requests of " + g.Repository,
		Boundary:    t.Boundary,
		Trust:       g.trust("repo:" + g.Repository + ":pull_request"),
		Statements: []iampolicy.Statement{
			// Terraform's S3 backend (developer.hashicorp.com, 'Backend Type: s3', permissions), with a lock file beside
			// the state. Plans that wait for approval lie in the same buckets, and are not this role's to read.
			Allow("FindStates", buckets, nil, "s3:ListBucket"),
			Allow("ReadStates", states, nil, "s3:GetObject"),
			Allow("LockStates", locks, nil, "s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
			Allow("DecryptStates", keys, iampolicy.Conditions{
				"ForAnyValue:StringEquals": {"kms:ResourceAliases": {g.StateKeyAlias}},
			}, "kms:Decrypt", "kms:GenerateDataKey"),
			Allow("ReadOriginHeader", []string{header}, nil, "secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"),
			// The encryption context names the secret (Secrets Manager User Guide, 'Secret encryption and decryption').
			Allow("DecryptOriginHeader", []string{anywhere.KeysARN()}, iampolicy.Conditions{
				"StringLike": {"kms:EncryptionContext:SecretARN": {header}, "kms:ViaService": {"secretsmanager.*.amazonaws.com"}},
			}, "kms:Decrypt"),
			// An ephemeral password is generated at every plan, and thrown away.
			Allow("GeneratePassword", everything, nil, "secretsmanager:GetRandomPassword"),
			Allow("KnowItself", []string{t.RoleARN(g.PlanName)}, nil, "iam:GetRole"),
			Allow("ReadDataSources", everything, nil,
				"ec2:DescribeManagedPrefixLists", "ec2:GetManagedPrefixListEntries", "eks:DescribeAddonVersions", "kms:DescribeKey",
				"rds:DescribeDBClusterSnapshots", "rds:DescribeReservedDBInstancesOfferings",
				"route53:GetHostedZone", "route53:ListHostedZones", "route53:ListTagsForResource"),
		},
	}
}

// GitHubDeploy plans and applies the stacks of environments. It may do what its boundary lets it, and no more: whoever
// makes roles, keys and policies can't be held to less by a policy of its own.
func GitHubDeploy(t target.Target, g GitHub) Role {
	var subjects []string
	for _, environment := range g.Environments {
		for _, name := range []string{environment, PlanEnvironment(environment)} {
			subjects = append(subjects, "repo:"+g.Repository+":environment:"+name)
		}
	}
	return Role{
		Name:        g.DeployName,
		Description: "GitHub's workflows deploy the environments of " + g.Repository,
		Boundary:    t.Boundary,
		Trust:       g.trust(subjects...),
		Statements:  []iampolicy.Statement{Allow("WithinTheBoundary", everything, nil, "*")},
	}
}

// trust lets workflows in whose token has one of these subjects, exactly (GitHub Docs, 'OpenID Connect reference': a
// job with an environment has that as its subject, whatever started it).
func (g GitHub) trust(subjects ...string) string {
	return iampolicy.Document(iampolicy.Statement{
		Sid: "GitHub", Effect: iampolicy.Allow, Principal: iampolicy.Federated(g.ProviderARN),
		Action: []string{"sts:AssumeRoleWithWebIdentity"},
		Condition: iampolicy.Conditions{"StringEquals": {
			GitHubIssuer + ":aud": {GitHubAudience},
			GitHubIssuer + ":sub": subjects,
		}},
	})
}
