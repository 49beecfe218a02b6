package environments

import "slices"

// Account is one AWS account: a file accounts/<name>.yaml, whose name environments give, and the stacks of what an
// account has once in each of its regions.
type Account struct {
	// Name is the file's name without its extension; it is part of the names of the account's stacks.
	Name string `yaml:"-"`

	// ID is the account's number, 12 digits in quotes (unquoted, YAML reads a number and drops leading zeros). Required.
	ID string `yaml:"id" jsonschema:"required,pattern=^[0-9]{12}$"`
	// Role is the ARN of a role that Terraform assumes for everything it does, state included, but for a platform that the
	// deployer applies by its own roles. Default: none, the caller's own credentials.
	Role string `yaml:"role" jsonschema:"pattern=^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$"`
	// Project begins the name of everything in the account, and of its environments: 2 to 20 lower case letters, digits
	// and single hyphens. With an environment's name it may have 24 characters together, up to 27 where regions have
	// short names (docs/account.md). Default: titan.
	Project string `yaml:"project" jsonschema:"minLength=2,maxLength=20,pattern=^[a-z][a-z0-9]*(-[a-z0-9]+)*$"`
	// Owner is the team to call about the account; it becomes a tag, which takes letters, digits, spaces and
	// _.:/=+@- alone, and is the default of its environments. Required.
	Owner string `yaml:"owner" jsonschema:"required,minLength=1,maxLength=64,pattern=^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]+$"`
	// Repository on GitHub holds the code of this platform (organisation/name). The pipelines run its branch main: the
	// deployer applies it as an administrator of the cluster, so who may merge there is one. It becomes a tag, and is
	// the default of the account's environments. Required.
	Repository string `yaml:"repository" jsonschema:"required,pattern=^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$"`
	// Region is the account's first region: what the account has once for all regions is made there. Required.
	Region Region `yaml:"region" jsonschema:"required"`
	// Connection is the ARN of the connection to GitHub, which the stack of the first region makes (its output
	// connection_arn) and a person accepts in the console. Default: none, and then no pipeline of the account is made.
	Connection string `yaml:"connection" jsonschema:"pattern=^arn:aws[a-z-]*:code(star-)?connections:[a-z0-9-]+:[0-9]{12}:connection/[A-Za-z0-9-]+$"`
	// GitHubWorkflows has the stack of the first region make the roles of this repository's workflows on GitHub
	// (docs/workflows.md): one plans on pull requests, one deploys, and is named in cluster.admins of each environment.
	// Needs an account without role, which Terraform would assume on pull requests too. Default: false.
	GitHubWorkflows bool `yaml:"github_workflows"`
	// Protection is whether the state, its keys and the trail refuse to be destroyed. Default: full.
	Protection Protection `yaml:"protection"`
	// LogDays is how long the account's log groups and access logs are kept, in days. Default: 365.
	LogDays LogDays `yaml:"log_days"`
	// Emails are told of findings and alarms of the account; each has to confirm its subscription. Default: none.
	Emails []string `yaml:"emails" jsonschema:"uniqueItems=true"`
	// Webhooks are HTTPS endpoints that are told of findings and alarms of the account. Default: none.
	Webhooks []string `yaml:"webhooks" jsonschema:"uniqueItems=true"`
	// VolumeKey encrypts EBS volumes that name no key: AWS's own, or one of the account's. Default: aws.
	VolumeKey VolumeKey `yaml:"volume_key"`
	// Config records the configuration of the account's resources (AWS Config). Default: false.
	Config bool `yaml:"config"`
	// SecurityHub holds the account to AWS Foundational Security Best Practices. Needs Config. Default: false.
	SecurityHub bool `yaml:"security_hub"`
	// ImageCache has the images of charts come by way of ECR's pull-through cache.
	ImageCache ImageCache `yaml:"image_cache"`
	// ShieldAdvanced subscribes the account to AWS Shield Advanced: 3,000 USD a month for a year. Needs
	// `acknowledge: [shield-advanced]`. Default: false (Shield Standard is always on).
	ShieldAdvanced bool `yaml:"shield_advanced"`
	// Acknowledge names the contracts that this file takes on knowingly. Default: none.
	Acknowledge []Contract `yaml:"acknowledge" jsonschema:"uniqueItems=true"`
	// OrganizationProvides is what the account's organization already does for it, and the account's stacks leave out
	// (docs/account.md says what then must be there). Default: none.
	OrganizationProvides []AccountService `yaml:"organization_provides" jsonschema:"uniqueItems=true"`
}

// Contract is what the file of an account takes on knowingly.
type Contract string

// ContractShieldAdvanced is AWS Shield Advanced's, of a year and for the whole organization.
const ContractShieldAdvanced Contract = "shield-advanced"

func (Contract) values() []string { return words(ContractShieldAdvanced) }

// VolumeKey is whose key encrypts EBS volumes by default.
type VolumeKey string

// The keys of volumes.
const (
	VolumeKeyAWS     VolumeKey = "aws"     // alias/aws/ebs: no policy to keep, no sharing of snapshots with other accounts
	VolumeKeyAccount VolumeKey = "account" // a key of the account's stack
)

func (VolumeKey) values() []string { return words(VolumeKeyAWS, VolumeKeyAccount) }

// AccountService is something that an account has once, and that an organization may do for it.
type AccountService string

// What an organization may do.
const (
	ServiceCloudTrail        AccountService = "cloudtrail"          // an organization trail
	ServiceGuardDuty         AccountService = "guardduty"           // a delegated administrator enables members
	ServiceAccessAnalyzer    AccountService = "access-analyzer"     // an organization's analyzer
	ServiceConfig            AccountService = "config"              // a recorder by StackSets or Control Tower
	ServiceSecurityHub       AccountService = "security-hub"        // central configuration
	ServiceShield            AccountService = "shield-advanced"     // the payer's subscription
	ServicePublicAccessBlock AccountService = "public-access-block" // S3's, by an S3 policy
	ServicePasswordPolicy    AccountService = "password-policy"
	ServiceEBSEncryption     AccountService = "ebs-encryption" // by default, in each region
	ServiceEC2Defaults       AccountService = "ec2-defaults"   // of metadata, snapshots, images: by declarative policies
	ServiceBackupSettings    AccountService = "backup-settings"
	ServiceGitHubOIDC        AccountService = "github-oidc"       // a provider for token.actions.githubusercontent.com
	ServiceGitHubConnection  AccountService = "github-connection" // one that was accepted before
)

func (AccountService) values() []string {
	return words(ServiceCloudTrail, ServiceGuardDuty, ServiceAccessAnalyzer, ServiceConfig, ServiceSecurityHub,
		ServiceShield, ServicePublicAccessBlock, ServicePasswordPolicy, ServiceEBSEncryption, ServiceEC2Defaults,
		ServiceBackupSettings, ServiceGitHubOIDC, ServiceGitHubConnection)
}

// Protected is whether the state, its keys and the trail refuse to be destroyed.
func (a Account) Protected() bool { return a.Protection == ProtectionFull }

// Makes is whether the account's stacks have a service, and not its organization.
func (a Account) Makes(service AccountService) bool {
	return !slices.Contains(a.OrganizationProvides, service)
}

// DefaultProject is the project of the document. Its names are the document's own; those of any other are made of its
// name.
const DefaultProject = "titan"

// applyDefaults fills what the file does not set.
func (a *Account) applyDefaults() {
	defaultIfZero(&a.Project, DefaultProject)
	defaultIfZero(&a.Protection, ProtectionFull)
	defaultIfZero(&a.LogDays, 365)
	defaultIfZero(&a.VolumeKey, VolumeKeyAWS)
}
