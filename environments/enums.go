package environments

// A closed set of words. Each type lists its values once; the schema, and so the loader and
// editors, take them from there.

// Tier is the kind of an environment: the lower, the cheaper.
type Tier string

// The tiers, from cheap to safe.
const (
	Development Tier = "development"
	Staging     Tier = "staging"
	Production  Tier = "production"
)

func (Tier) values() []string { return words(Development, Staging, Production) }

// Protection is whether what holds data refuses to be destroyed.
type Protection string

// Protection is on or off as a whole.
const (
	ProtectionFull Protection = "full"
	ProtectionOff  Protection = "off"
)

func (Protection) values() []string { return words(ProtectionFull, ProtectionOff) }

// Acknowledgement is a risk or contract that a file takes on knowingly.
type Acknowledgement string

// The risks and contracts that a file can take on.
const (
	AcknowledgeProtectionOff       Acknowledgement = "protection-off"        // production's data can be destroyed
	AcknowledgeApprovalOff         Acknowledgement = "approval-off"          // production is deployed without a person
	AcknowledgeReservedInstances   Acknowledgement = "reserved-instances"    // buying cannot be undone
	AcknowledgeComplianceVaultLock Acknowledgement = "compliance-vault-lock" // nobody can delete a backup, AWS included
	AcknowledgeGlobalPrimary       Acknowledgement = "global-primary"        // no failover while us-east-1 is lost
	AcknowledgeForeignAdmins       Acknowledgement = "foreign-admins"        // another account administers the cluster
)

func (Acknowledgement) values() []string {
	return words(AcknowledgeProtectionOff, AcknowledgeApprovalOff,
		AcknowledgeReservedInstances, AcknowledgeComplianceVaultLock, AcknowledgeGlobalPrimary, AcknowledgeForeignAdmins)
}

// NAT is how private subnets reach the internet.
type NAT string

// The ways out of private subnets.
const (
	NATSingle NAT = "single" // one gateway: cheap, and the loss of its zone cuts off the others
	NATPerAZ  NAT = "per-az" // a gateway an Availability Zone
)

func (NAT) values() []string { return words(NATSingle, NATPerAZ) }

// PriceClass is the set of CloudFront edge locations that serve a distribution.
type PriceClass string

// The sets of edge locations.
const (
	PriceClass100 PriceClass = "PriceClass_100"
	PriceClass200 PriceClass = "PriceClass_200"
	PriceClassAll PriceClass = "PriceClass_All"
)

func (PriceClass) values() []string { return words(PriceClass100, PriceClass200, PriceClassAll) }

// OriginSecret is which of the two origin header values CloudFront sends.
type OriginSecret string

// The two values, of which one is sent and both are taken.
const (
	OriginSecretA OriginSecret = "a"
	OriginSecretB OriginSecret = "b"
)

func (OriginSecret) values() []string { return words(OriginSecretA, OriginSecretB) }

// DeployerPath is how the deployer reaches the cluster's API.
type DeployerPath string

// The ways to the cluster's API.
const (
	DeployerPublicCIDRs DeployerPath = "public-cidrs" // the public endpoint, open to endpoint.public_cidrs
	DeployerCodeBuild   DeployerPath = "codebuild"    // a CodeBuild project inside the VPC
)

func (DeployerPath) values() []string { return words(DeployerPublicCIDRs, DeployerCodeBuild) }

// ClusterLogin is how the helm and kubernetes providers log in to the cluster.
type ClusterLogin string

// The ways to log in to the cluster.
const (
	ClusterLoginExec      ClusterLogin = "exec"      // `aws eks get-token`, run whenever a token is needed
	ClusterLoginEphemeral ClusterLogin = "ephemeral" // the ephemeral aws_eks_cluster_auth: no AWS CLI needed, 15 minutes
)

func (ClusterLogin) values() []string { return words(ClusterLoginExec, ClusterLoginEphemeral) }

// Capacity is how a node group's instances are bought.
type Capacity string

// The ways to buy instances.
const (
	OnDemand Capacity = "on-demand"
	Spot     Capacity = "spot"
)

func (Capacity) values() []string { return words(OnDemand, Spot) }

// Architecture is a processor architecture, in Kubernetes' words.
type Architecture string

// The architectures.
const (
	AMD64 Architecture = "amd64"
	ARM64 Architecture = "arm64"
)

func (Architecture) values() []string { return words(AMD64, ARM64) }

// AMI is the image of nodes.
type AMI string

// The images, of which EKS keeps the newest release.
const (
	AmazonLinux  AMI = "al2023"
	Bottlerocket AMI = "bottlerocket"
)

func (AMI) values() []string { return words(AmazonLinux, Bottlerocket) }

// DatabaseLogin is how the application logs in to Aurora.
type DatabaseLogin string

// The ways to log in to the database.
const (
	LoginPassword DatabaseLogin = "password"
	LoginIAM      DatabaseLogin = "iam"
)

func (DatabaseLogin) values() []string { return words(LoginPassword, LoginIAM) }

// CacheMode is a single node or a replication group.
type CacheMode string

// The shapes of a cache.
const (
	CacheSingle     CacheMode = "single"     // one node: no TLS, no login, no failover
	CacheReplicated CacheMode = "replicated" // Multi-AZ with TLS and an IAM user
)

func (CacheMode) values() []string { return words(CacheSingle, CacheReplicated) }

// VaultLock is who may delete a recovery point before its time.
type VaultLock string

// The locks, from open to final.
const (
	VaultLockNone       VaultLock = "none"
	VaultLockGovernance VaultLock = "governance" // those whom IAM allows to remove the lock
	VaultLockCompliance VaultLock = "compliance" // nobody, once the grace time is over
)

func (VaultLock) values() []string {
	return words(VaultLockNone, VaultLockGovernance, VaultLockCompliance)
}

// DRRole is an environment's part in disaster recovery.
type DRRole string

// The parts in disaster recovery.
const (
	DRNone      DRRole = "none"
	DRPrimary   DRRole = "primary"
	DRSecondary DRRole = "secondary"
)

func (DRRole) values() []string { return words(DRNone, DRPrimary, DRSecondary) }

// Failover is who moves the traffic to the second region.
type Failover string

// The movers of traffic.
const (
	FailoverManual    Failover = "manual"    // a person, by dr.active
	FailoverAutomatic Failover = "automatic" // Route 53, by health
)

func (Failover) values() []string { return words(FailoverManual, FailoverAutomatic) }

func words[T ~string](values ...T) []string {
	list := make([]string, len(values))
	for i, value := range values {
		list[i] = string(value)
	}
	return list
}
