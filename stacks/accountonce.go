package stacks

import (
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/account/boundary"
	"github.com/titan-platform/titan/modules/account/cloudtrail"
	"github.com/titan-platform/titan/modules/account/configrecorder"
	"github.com/titan-platform/titan/modules/account/connection"
	"github.com/titan-platform/titan/modules/account/github"
	"github.com/titan-platform/titan/modules/account/passwordpolicy"
	"github.com/titan-platform/titan/modules/account/publicaccess"
	"github.com/titan-platform/titan/modules/account/shield"
	"github.com/titan-platform/titan/modules/delivery/role"
	"github.com/titan-platform/titan/modules/encryption"
	"github.com/titan-platform/titan/modules/observability"
)

// deniedCalls is how many denied calls in five minutes are told. A program that has lost a permission tries again and
// again; a person who may not, stops.
const deniedCalls = 50

// once is what the stack of the account's first region has beside that of every region.
type once struct {
	trail      *observability.Trail       // nil where the organization has the trail
	configRole cdktf.ITerraformDependable // nil where nothing is recorded
}

// once declares what an account has once for all regions. The boundary is the first of it: every role of
// the account carries it.
func (a *account) once() once {
	a.bound()
	var made once
	if a.makes(environments.ServiceCloudTrail) {
		made.trail = a.trail()
	}
	if a.Account.Config {
		made.configRole = configrecorder.NewRole(a.stack, "config-role")
	}
	if a.makes(environments.ServicePublicAccessBlock) {
		publicaccess.New(a.stack, "public-access", publicaccess.Config{Target: a.here})
	}
	if a.makes(environments.ServicePasswordPolicy) {
		passwordpolicy.New(a.stack, "passwords")
	}
	if a.Account.ShieldAdvanced {
		shield.New(a.stack, "shield")
	}
	a.gitHub()
	return made
}

// bound declares the boundary, and has the roles of this stack come after it. Those of others come after this stack.
func (a *account) bound() {
	config := boundary.Config{Target: a.here, Project: a.Account.Project}
	logGroup := ""
	if a.makes(environments.ServiceCloudTrail) {
		logGroup = cloudtrail.LogGroup(a.here)
		config.TrailBucket, config.TrailKeyAlias = a.TrailBucket(), encryption.TrailAlias(a.here)
	}
	config.Telling = observability.AccountARNs(a.here, logGroup)
	if a.Account.Role != "" {
		config.Unbound = []string{a.Account.Role}
	}
	a.here.Boundary = boundary.New(a.stack, "boundary", config).ARN
}

func (a *account) trail() *observability.Trail {
	key := encryption.NewTrail(a.stack, "trail-encryption", a.here, cloudtrail.ARN(a.here))
	made := cloudtrail.New(a.stack, "trail", cloudtrail.Config{
		Target:     a.here,
		BucketName: a.TrailBucket(),
		KeyARN:     key.ARN,
		AccessLogs: a.AccessLogBucket(),
		Days:       a.here.LogDays,
	})
	return &observability.Trail{LogGroup: made.LogGroup, DeniedCalls: deniedCalls}
}

// gitHub declares how GitHub gets in, and how pipelines get at GitHub.
func (a *account) gitHub() {
	provider := github.ProviderARN(a.here)
	if a.makes(environments.ServiceGitHubOIDC) {
		provider = github.New(a.stack, "github").ProviderARN
	}
	if a.Account.GitHubWorkflows {
		a.workflows(provider)
	}
	if a.makes(environments.ServiceGitHubConnection) {
		made := connection.New(a.stack, "connection", connection.Config{Target: a.here})
		output(a.stack, "connection_arn",
			"the connection to GitHub: accept it in the console, once, and write this into the account's file as connection "+
				"(docs/account.md)", made.ARN)
	}
}

// workflows declares the roles of GitHub's workflows.
func (a *account) workflows(providerARN string) {
	config := role.GitHub{
		PlanName:      a.Account.GitHubPlanRole(),
		DeployName:    a.Account.GitHubDeployRole(),
		ProviderARN:   providerARN,
		Repository:    a.Account.Repository,
		Environments:  a.Environments,
		StateKeyAlias: a.StateKeyAlias(),
		OriginSecrets: a.Account.Project + "-*-origin-*",
	}
	for _, region := range a.StateRegions {
		there := a.Base
		there.Region = region
		config.Regions = append(config.Regions, string(region))
		config.StateBuckets = append(config.StateBuckets, there.StateBucket())
	}
	github.NewRoles(a.stack, "github-roles", a.here, config)
}
