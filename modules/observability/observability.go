// Package observability provides what tells an operator of trouble: the topics that alarms go to, the alarms in the order of a request, and the
// dashboard to open first. Log groups belong to the modules whose resources write them.
package observability

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
)

// globalRegion is where CloudFront, Route 53 and certificates for CloudFront have their metrics. An alarm and its topic live with the metric.
const globalRegion = "us-east-1"

// Config is what observability needs from the rest of the system.
type Config struct {
	Name        string // begins every name: titan-prod
	Environment string // the value of the tag environment, by which the budget counts
	Partition   string // aws
	AccountID   string // 12 digits
	Region      string
	Settings    environments.Observability // from the environment file

	KeyARN         string                  // encrypts the topic
	GlobalKeyARN   string                  // encrypts the topic in us-east-1
	GlobalProvider cdktf.TerraformProvider // AWS in us-east-1; nil where Region is us-east-1

	Edge         *Edge // nil without a distribution
	LoadBalancer LoadBalancer
	Cluster      Cluster
	Database     Database
	Cache        Cache

	// HealthCheckID is the Route 53 health check that decides whether this region serves. Empty where there is none.
	HealthCheckID string
	// Standby is whether the region waits, and its health check is bad by design: the alarm on it is there, and never rings. It does not come and
	// go, because CloudWatch deletes no alarm that a composite one still names, and Terraform would delete it first.
	Standby                bool
	RegionalCertificateARN string
	NATGatewayIDs          []string
	KeptBuckets            []string // names of buckets in which nothing is ever deleted for good but by its age
}

// Edge is the distribution and what belongs to it, in us-east-1.
type Edge struct {
	DistributionID string
	WebACLName     string
	CertificateARN string
}

// LoadBalancer is the load balancer and its target group, as CloudWatch names them.
type LoadBalancer struct{ ARNSuffix, TargetGroupSuffix string }

// Cluster is the EKS cluster and what runs in it.
type Cluster struct {
	Name                 string
	MaxNodes             int    // the most that all node groups together may have
	LogGroup             string // of the control plane
	ApplicationLogGroup  string // of all containers
	ApplicationNamespace string // of the application
}

// Database is the Aurora cluster.
type Database struct {
	Identifier string
	LogGroup   string // of PostgreSQL
	Readers    bool   // whether there are any, or may be
	Pauses     bool   // whether it scales to nothing, and then says nothing
}

// Cache is the cache's nodes.
type Cache struct {
	ClusterIDs []string
	Replicated bool
}

// Output is what other modules may use.
type Output struct {
	TopicARN       string // of this region; EventBridge, Budgets, AWS Backup and CodeStar Notifications may publish to it
	GlobalTopicARN string // of us-east-1, for CloudWatch alarms; there the same as TopicARN
	DashboardName  string
}

// observability is what is built, while it is.
type observability struct {
	Config
	scope       constructs.Construct
	topic       string
	globalTopic string

	alarms       []made // in the order in which the dashboard shows them
	globalAlarms []made
}

// made is an alarm that is declared.
type made struct{ arn, name string }

// New declares all of it under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	o := &observability{Config: config, scope: constructs.NewConstruct(scope, jsii.String(id))}
	o.topic = o.newTopic("operations", nil, config.Region, config.KeyARN, o.publishers())
	o.globalTopic = o.topic
	if config.Region != globalRegion {
		o.globalTopic = o.newTopic("operations-global", config.GlobalProvider, globalRegion, config.GlobalKeyARN, o.globalPublishers())
	}

	// In the order of a request, which is the dashboard's too. What means that nobody is served is handed on.
	usersAreNotServed := o.edgeAlarms()
	regionServesNobody := o.loadBalancerAlarms()
	o.clusterAlarms()
	regionServesNobody = append(regionServesNobody, o.databaseAlarms()...)
	o.cacheAlarms()
	o.upkeepAlarms()
	o.serviceDown(regionServesNobody, usersAreNotServed)

	o.backupFailures()
	o.deletions()
	o.budget()
	return Output{TopicARN: o.topic, GlobalTopicARN: o.globalTopic, DashboardName: o.dashboard()}
}

func (c Config) arn(service, region, resource string) string {
	return fmt.Sprintf("arn:%s:%s:%s:%s:%s", c.Partition, service, region, c.AccountID, resource)
}
