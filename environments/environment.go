// Package environments loads the environment files of this folder: strictly, with every default in one place
// (defaults.go) and every rule checked before anything is synthesized.
//
// A file `<name>.yaml` is one environment, a file `accounts/<name>.yaml` one AWS account; its name is the file's. The
// types here are the whole grammar: the JSON Schemas beside the files (schema.json, for editors and for the loader
// itself) are generated from them and from their doc comments by `make schema`.
package environments

// Environment is one deployment of the platform: one file, and the stacks that package stacks/order lists.
type Environment struct {
	// Name is the file's name without its extension; it is part of every resource's name.
	Name string `yaml:"-"`
	// Peers are the environments that this one delivers with, as the other files have them.
	Peers Peers `yaml:"-"`
	// Bases are its account in its region, its second region, and the account's first one.
	Bases []Base `yaml:"-"`

	// Account is the account that AccountName names.
	Account Account `yaml:"-"`

	// Tier decides the defaults and the rules that only production has. Required.
	Tier Tier `yaml:"tier" jsonschema:"required"`
	// AccountName names the file of the AWS account that holds the environment: accounts/<name>.yaml. Required.
	AccountName string `yaml:"account" jsonschema:"required,minLength=1"`
	// Owner is the team to call; it becomes a tag on every resource, which takes letters, digits, spaces and _.:/=+@-
	// alone. Default: the account's.
	Owner string `yaml:"owner" jsonschema:"minLength=1,maxLength=64,pattern=^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]+$"`
	// Repository on GitHub holds the code of this platform (organisation/name). The pipelines run its branch main: the
	// deployer applies it as an administrator of the cluster, so who may merge there is one. It becomes a tag. Default:
	// the account's.
	Repository string `yaml:"repository" jsonschema:"pattern=^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$"`
	// Region holds the environment. Required.
	Region Region `yaml:"region" jsonschema:"required"`
	// SecondRegion holds the replicas of what must survive the loss of Region: buckets, backups, images, keys, secrets.
	// Required in production; without it nothing is replicated.
	SecondRegion Region `yaml:"second_region"`
	// Protection is whether what holds data refuses to be destroyed. Default: full, in development off.
	Protection Protection `yaml:"protection"`
	// Acknowledge names the risks and contracts that this file takes on knowingly. Default: none.
	Acknowledge []Acknowledgement `yaml:"acknowledge" jsonschema:"uniqueItems=true"`
	// Emulator says that the environment lives on an emulated AWS on this machine. It changes nothing in the
	// synthesized JSON: the emulator is reached by environment variables alone. Default: false.
	Emulator bool `yaml:"emulator"`

	// DNS is the hosted zone and the names in it. Required.
	DNS DNS `yaml:"dns" jsonschema:"required"`
	// Edge is CloudFront and its web ACL.
	Edge Edge `yaml:"edge"`
	// Network is the VPC. Required.
	Network Network `yaml:"network" jsonschema:"required"`
	// LoadBalancer is the ALB between CloudFront and the cluster.
	LoadBalancer LoadBalancer `yaml:"load_balancer"`
	// Cluster is the EKS cluster and its nodes. Required.
	Cluster Cluster `yaml:"cluster" jsonschema:"required"`
	// Database is Aurora PostgreSQL.
	Database Database `yaml:"database"`
	// Cache is ElastiCache for Redis.
	Cache Cache `yaml:"cache"`
	// Secrets are the versions of what Secrets Manager holds.
	Secrets Secrets `yaml:"secrets"`
	// Observability is logs, alarms and who hears of them.
	Observability Observability `yaml:"observability"`
	// Tracing is X-Ray.
	Tracing Tracing `yaml:"tracing"`
	// Delivery is the registry and the pipeline.
	Delivery Delivery `yaml:"delivery"`
	// Backup is AWS Backup and the life of what the buckets hold.
	Backup Backup `yaml:"backup"`
	// DR is the environment's part in disaster recovery.
	DR DR `yaml:"dr"`
	// Addons are the Helm releases of the platform stack.
	Addons Addons `yaml:"addons"`
	// Application is what the platform is for: its names and its release.
	Application Application `yaml:"application"`
}

// Project begins the name of everything in the environment. It is the account's.
func (e Environment) Project() string { return e.Account.Project }

// Delivers is whether a pipeline brings the application: its own, or a secondary's primary's. It needs the
// account's connection to GitHub.
func (e Environment) Delivers() bool {
	return e.Delivery.Repository != "" && e.Account.Connection != ""
}

// HasDeployer is whether a pipeline applies the platform's stack from inside the VPC. It needs the
// account's connection to GitHub.
func (e Environment) HasDeployer() bool {
	return e.Cluster.Deployer == DeployerCodeBuild && e.Account.Connection != ""
}

// IsProduction is whether the rules of production hold.
func (e Environment) IsProduction() bool { return e.Tier == Production }

// Protected is whether what holds data refuses to be destroyed.
func (e Environment) Protected() bool { return e.Protection == ProtectionFull }

// Standby is whether the environment's data is a copy that nobody writes to: a secondary that is not activated, or a
// primary that is fenced.
func (e Environment) Standby() bool {
	return e.DR.Role == DRSecondary && !e.DR.Active || e.DR.Fenced
}

// Serving is the name of the environment that the users of this one's distribution are served by: its own, its
// secondary's after a failover, and nobody's, which is empty, in between.
func (e Environment) Serving() string {
	switch {
	case e.Peers.Secondary != nil && e.Peers.Secondary.DR.Active:
		return e.Peers.Secondary.Name
	case e.Standby():
		return ""
	}
	return e.Name
}

// Acknowledges is whether the file takes on a risk or contract knowingly.
func (e Environment) Acknowledges(risk Acknowledgement) bool {
	for _, a := range e.Acknowledge {
		if a == risk {
			return true
		}
	}
	return false
}
