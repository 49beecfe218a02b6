package environments

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Prefix begins the name of everything in the environment: titan-prod.
func (e Environment) Prefix() string { return e.Project() + "-" + e.Name }

// The suffixes of names in the stacks of the second region and of us-east-1. Where regions coincide, they keep
// two stacks' names apart.
const (
	SecondSuffix = "-second"
	GlobalSuffix = "-global"
)

// SecondPrefix begins the name of everything in the stack of the second region, but for buckets.
func (e Environment) SecondPrefix() string { return e.Prefix() + SecondSuffix }

// GlobalPrefix begins the name of everything in the stack of us-east-1, but for buckets.
func (e Environment) GlobalPrefix() string { return e.Prefix() + GlobalSuffix }

// bucket is the name of a bucket. Bucket names are global, hence account and region. The region also keeps the stacks
// of an environment apart, so that no name has their suffix, for which the 63 characters of a bucket's name have no
// room.
func bucket(prefix, purpose, accountID string, region Region) string {
	return fmt.Sprintf("%s-%s-%s-%s", prefix, purpose, accountID, region)
}

// GitHubPlanRole is the role that GitHub's workflows plan by on pull requests.
func (a Account) GitHubPlanRole() string { return a.Project + "-github-plan" }

// GitHubDeployRoleARN is the ARN of that which GitHub's workflows deploy by.
func (a Account) GitHubDeployRoleARN() string { return a.roleARN(a.GitHubDeployRole()) }

// GitHubPlanRoleARN is the ARN of that which they plan by on pull requests.
func (a Account) GitHubPlanRoleARN() string { return a.roleARN(a.GitHubPlanRole()) }

func (a Account) roleARN(name string) string {
	return fmt.Sprintf("arn:%s:iam::%s:role/%s", Partition, a.ID, name)
}

// GitHubDeployRole is the role that GitHub's workflows deploy by.
func (a Account) GitHubDeployRole() string { return a.Project + "-github-deploy" }

// StateBucket holds the Terraform state of the stacks of a region.
func (b Base) StateBucket() string { return bucket(b.Account.Project, "state", b.Account.ID, b.Region) }

// StateBucketOf reads the project and the region in the name of an account's bucket of state, whether or not any file
// has them. It is false for other names.
func StateBucketOf(name, accountID string) (project string, region Region, ok bool) {
	project, place, found := strings.Cut(name, "-state-"+accountID+"-")
	if !found || project == "" || !regionName.MatchString(place) {
		return "", "", false
	}
	return project, Region(place), true
}

// regionName is how AWS names regions: eu-west-1, ap-southeast-2.
var regionName = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-[0-9]$`)

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

// Bucket is the name of a bucket in the environment's region. A purpose has no hyphen: with access-logs, prod would
// have the name of the logs of an environment called prod-access.
func (e Environment) Bucket(purpose string) string {
	return bucket(e.Prefix(), purpose, e.Account.ID, e.Region)
}

// SecondBucket is the name of a bucket in its second region.
func (e Environment) SecondBucket(purpose string) string {
	return bucket(e.Prefix(), purpose, e.Account.ID, e.SecondRegion)
}

// GlobalBucket is the name of a bucket in the stack of us-east-1. Where that is the environment's own region or its
// second one, it is the purpose that keeps it apart from the buckets there.
func (e Environment) GlobalBucket(purpose string) string {
	return bucket(e.Prefix(), purpose, e.Account.ID, GlobalRegion)
}

// ClusterName is the EKS cluster's: titan-prod-cluster.
func (e Environment) ClusterName() string { return e.Prefix() + "-cluster" }

// LoadBalancerName is the ALB's.
func (e Environment) LoadBalancerName() string { return e.Prefix() + "-alb" }

// CacheName is the replication group's or single node's, the document's titan-cache with the environment.
func (e Environment) CacheName() string { return e.Project() + "-cache-" + e.Name }

// CacheUserName is the application's login to a replication group.
func (e Environment) CacheUserName() string { return e.CacheName() + "-app" }

// GrafanaSecret is the secret with the login of Grafana's administrator.
func (e Environment) GrafanaSecret() string { return e.Prefix() + "-grafana" }

// CollectorRoleName is the role of the OpenTelemetry collector, which sends the traces: the document's xray-eks-role
// with the environment.
func (e Environment) CollectorRoleName() string { return e.documented("xray-eks-role") }

// CollectorPolicyName is its policy's, the document's xray-eks-policy with the environment.
func (e Environment) CollectorPolicyName() string { return e.documented("xray-eks-policy") }

// DataKeyAlias is the alias of the key that encrypts data at home, the document's alias/app-key with the environment.
func (e Environment) DataKeyAlias() string { return "alias/" + e.documented("app-key") }

// documented is a name of the document's that does not say whose it is. In another project than the document's, the
// project's name begins it: one account may have both.
func (e Environment) documented(name string) string {
	if e.Project() != DefaultProject {
		name = e.Project() + "-" + name
	}
	return name + "-" + e.Name
}

// PrimaryPrefix begins the names of the environment that a secondary stands in for.
func (e Environment) PrimaryPrefix() string { return e.Project() + "-" + e.DR.Primary }

// item is the path of a key of a list's item.
func item(path string, i int, key string) string { return join(join(path, strconv.Itoa(i)), key) }
