package environments

import (
	"fmt"
	"strconv"
)

// Prefix begins the name of everything in the environment: titan-prod.
func (e Environment) Prefix() string { return e.Project + "-" + e.Name }

// StateBucket holds the Terraform state of the environment's stacks. Bucket names are global, hence account and region.
func (e Environment) StateBucket() string { return e.Bucket("state", e.Region) }

// StateReplicaBucket holds the state bucket's replica in the second region.
func (e Environment) StateReplicaBucket() string { return e.Bucket("state-replica", e.SecondRegion) }

// StateKeyAlias is the alias of the key that encrypts the state.
func (e Environment) StateKeyAlias() string { return "alias/" + e.Prefix() + "-state" }

// AccessLogBucket holds what S3 and the load balancer log of requests in a region.
func (e Environment) AccessLogBucket(region Region) string { return e.Bucket("access-logs", region) }

// Bucket is the name of a bucket of the environment.
func (e Environment) Bucket(purpose string, region Region) string {
	return fmt.Sprintf("%s-%s-%s-%s", e.Prefix(), purpose, e.Account.ID, region)
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
func (e Environment) CacheName() string { return e.Project + "-cache-" + e.Name }

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

// ArtifactsBucket holds what the pipeline hands from action to action, in a region that it acts in.
func (e Environment) ArtifactsBucket(region Region) string { return e.Bucket("artifacts", region) }

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
func (e Environment) PrimaryPrefix() string { return e.Project + "-" + e.DR.Primary }

// nameLimits are AWS's limits for the longest name of each kind; the file's name is what can break them.
func (e Environment) nameLimits() []nameLimit {
	return []nameLimit{
		{"load balancer", e.LoadBalancerName(), 32},                                            // ELBv2 CreateLoadBalancer
		{"cache replication group", e.CacheName(), 40},                                         // ElastiCache CreateReplicationGroup
		{"cache user", e.CacheUserName(), 40},                                                  // ElastiCache CreateUser
		{"IAM role", e.Prefix() + "-amazon-cloudwatch-observability", 64},                      // IAM CreateRole; the longest of ours
		{"Aurora instance", e.DatabaseName() + "-00", 63},                                      // RDS CreateDBInstance
		{"state bucket", e.StateBucket(), 63},                                                  // S3 bucket naming rules
		{"replica of the backups bucket", e.Bucket("backups-replica", e.farthestRegion()), 63}, // the longest of our buckets
		{"X-Ray group", e.TraceGroupName(), 32},                                                // X-Ray CreateGroup
		{"X-Ray sampling rule", e.Prefix(), 32},                                                // X-Ray CreateSamplingRule
		{"connection to GitHub", e.Prefix(), 32},                                               // CodeConnections CreateConnection
	}
}

type nameLimit struct {
	kind, name string
	limit      int
}

func (e Environment) farthestRegion() Region {
	if e.SecondRegion != "" {
		return e.SecondRegion
	}
	return e.Region
}

// item is the path of a key of a list's item.
func item(path string, i int, key string) string { return join(join(path, strconv.Itoa(i)), key) }
