package environments

import (
	"fmt"
	"strconv"
)

// Prefix begins the name of everything in the environment: titan-prod.
func (e Environment) Prefix() string { return e.Project() + "-" + e.Name }

// The suffixes of names in the stacks of the second region and of us-east-1. Where regions coincide, they keep two stacks' names apart.
const (
	SecondSuffix = "-second"
	GlobalSuffix = "-global"
)

// SecondPrefix begins the name of everything in the stack of the second region.
func (e Environment) SecondPrefix() string { return e.Prefix() + SecondSuffix }

// GlobalPrefix begins the name of everything in the stack of us-east-1.
func (e Environment) GlobalPrefix() string { return e.Prefix() + GlobalSuffix }

// bucket is the name of a bucket. Bucket names are global, hence account and region.
func bucket(prefix, purpose, accountID string, region Region) string {
	return fmt.Sprintf("%s-%s-%s-%s", prefix, purpose, accountID, region)
}

// StateBucket holds the Terraform state of the stacks of a region.
func (b Base) StateBucket() string { return bucket(b.Account.Project, "state", b.Account.ID, b.Region) }

// StateReplicaBucket holds the copies of other regions' state.
func (b Base) StateReplicaBucket() string {
	return bucket(b.Account.Project, "state-replica", b.Account.ID, b.Region)
}

// StateKeyAlias is the alias of the key that encrypts both, the same in every region.
func (b Base) StateKeyAlias() string { return "alias/" + b.Account.Project + "-state" }

// AccessLogBucket holds what S3 and the load balancer log of requests in a region.
func (b Base) AccessLogBucket() string {
	return bucket(b.Account.Project, "access-logs", b.Account.ID, b.Region)
}

// TrailBucket holds the files of the account's trail, in its first region.
func (b Base) TrailBucket() string { return bucket(b.Account.Project, "trail", b.Account.ID, b.Region) }

// ConfigBucket holds what AWS Config has recorded in a region.
func (b Base) ConfigBucket() string {
	return bucket(b.Account.Project, "config", b.Account.ID, b.Region)
}

// Bucket is the name of a bucket in the environment's region.
func (e Environment) Bucket(purpose string) string {
	return bucket(e.Prefix(), purpose, e.Account.ID, e.Region)
}

// SecondBucket is the name of a bucket in its second region.
func (e Environment) SecondBucket(purpose string) string {
	return bucket(e.SecondPrefix(), purpose, e.Account.ID, e.SecondRegion)
}

// GlobalBucket is the name of a bucket in us-east-1.
func (e Environment) GlobalBucket(purpose string) string {
	return bucket(e.GlobalPrefix(), purpose, e.Account.ID, GlobalRegion)
}

// ClusterName is the EKS cluster's: titan-prod-cluster.
func (e Environment) ClusterName() string { return e.Prefix() + "-cluster" }

// LoadBalancerName is the ALB's.
func (e Environment) LoadBalancerName() string { return e.Prefix() + "-alb" }

// DatabaseName is the Aurora cluster's, the document's birthday-db with the environment.
func (e Environment) DatabaseName() string { return "birthday-db-" + e.Name }

// SnapshotName is a one-off snapshot's of the database, of a name in database.snapshots.
func (e Environment) SnapshotName(name string) string { return e.DatabaseName() + "-" + name }

// CacheName is the replication group's or single node's, the document's titan-cache with the environment.
func (e Environment) CacheName() string { return e.Project() + "-cache-" + e.Name }

// ApplicationName is the release that the platform is for; its image and its chart have the same name.
const ApplicationName = "birthday-app"

// ImageRepository is ECR's, of the image. A secondary has its primary's, replicated to its region under the same name.
func (e Environment) ImageRepository() string { return e.registryPrefix() + "/" + ApplicationName }

// ChartRepository is the chart's.
func (e Environment) ChartRepository() string {
	return e.registryPrefix() + "/charts/" + ApplicationName
}

func (e Environment) registryPrefix() string {
	if e.DR.Role == DRSecondary {
		return e.PrimaryPrefix()
	}
	return e.Prefix()
}

// ImageParameter is the SSM parameter that says which image runs.
func (e Environment) ImageParameter() string {
	return "/" + e.Prefix() + "/" + ApplicationName + "/image"
}

// CacheUserName is the application's login to a replication group.
func (e Environment) CacheUserName() string { return e.CacheName() + "-app" }

// DatabaseUser is the application's role in the database. It is in the secret below, in the policy of a login by IAM, and in the chart.
func (e Environment) DatabaseUser() string { return "birthday_app" }

// DatabaseSecret is the secret with the application's login to Aurora, the document's db-credentials with the environment. A secondary reads
// its primary's, replicated to its region: its database is a copy of the primary's, with the same roles.
func (e Environment) DatabaseSecret() string {
	if e.DR.Role == DRSecondary {
		return "db-credentials-" + e.DR.Primary
	}
	return "db-credentials-" + e.Name
}

// GrafanaSecret is the secret with the login of Grafana's administrator.
func (e Environment) GrafanaSecret() string { return e.Prefix() + "-grafana" }

// TraceGroupName is the X-Ray group's, the document's app-tracing-group with the environment.
func (e Environment) TraceGroupName() string { return "app-tracing-group-" + e.Name }

// PrimaryPrefix begins the names of the environment that a secondary stands in for.
func (e Environment) PrimaryPrefix() string { return e.Project() + "-" + e.DR.Primary }

// nameLimits are AWS's limits for the longest name of each kind; the file's name is what can break them.
func (e Environment) nameLimits() []nameLimit {
	return []nameLimit{
		{"load balancer", e.LoadBalancerName(), 32},                       // ELBv2 CreateLoadBalancer
		{"cache replication group", e.CacheName(), 40},                    // ElastiCache CreateReplicationGroup
		{"cache user", e.CacheUserName(), 40},                             // ElastiCache CreateUser
		{"IAM role", e.Prefix() + "-amazon-cloudwatch-observability", 64}, // IAM CreateRole; the longest of ours
		{"Aurora instance", e.DatabaseName() + "-00", 63},                 // RDS CreateDBInstance
		{"bucket", e.longestBucket(), 63},                                 // S3 bucket naming rules; the longest of our buckets
		{"X-Ray group", e.TraceGroupName(), 32},                           // X-Ray CreateGroup
		{"X-Ray sampling rule", e.Prefix(), 32},                           // X-Ray CreateSamplingRule
	}
}

type nameLimit struct {
	kind, name string
	limit      int
}

func (e Environment) longestBucket() string {
	longest := e.Bucket("backups")
	for _, name := range []string{e.SecondBucket("artifacts"), e.GlobalBucket("access-logs")} {
		if len(name) > len(longest) {
			longest = name
		}
	}
	return longest
}

// item is the path of a key of a list's item.
func item(path string, i int, key string) string { return join(join(path, strconv.Itoa(i)), key) }
