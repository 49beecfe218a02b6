// Package observability provides what tells an operator of trouble: the topics that alarms go to, the alarms in the
// order of a request, and the dashboard to open first. Log groups belong to the modules whose resources write them.
package observability

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
)

// globalRegion is where CloudFront, Route 53 and certificates for CloudFront have their metrics, and so their alarms.
const globalRegion = "us-east-1"

// Config is what observability in the environment's own region needs from the rest of the system.
type Config struct {
	target.Target
	Settings environments.Observability // from the environment file
	KeyARN   string                     // encrypts the topic

	LoadBalancer LoadBalancer
	Cluster      Cluster
	Database     Database
	Cache        Cache
	Backups      Backups

	RegionalCertificateARN string
	NATGatewayIDs          []string
	RetainedBuckets        []string // names of buckets in which nothing is ever deleted for good but by its age
	Pipelines              []string // names of the environment's pipelines
	GlobalAlarms           []string // names of the alarms in us-east-1, for the dashboard
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
	TopicARN      string // EventBridge, Budgets and AWS Backup may publish to it
	DashboardName string
}

// observability is what is built, while it is.
type observability struct {
	region
	Config
}

// New declares all of it under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	o := &observability{
		Config: config,
		region: region{here: config.Target, scope: constructs.NewConstruct(scope, jsii.String(id))},
	}
	o.newTopic(config.KeyARN, config.Settings.Emails, config.Settings.Webhooks, o.publishers())

	// In the order of a request, which is the dashboard's too. What means that nobody is served is handed on.
	regionServesNobody := o.loadBalancerAlarms()
	o.clusterAlarms()
	regionServesNobody = append(regionServesNobody, o.databaseAlarms()...)
	o.cacheAlarms()
	o.upkeepAlarms()
	o.composite("service-down", "The service is down in this region", regionServesNobody)

	o.backups()
	o.deletions("a version of logs or backups", o.RetainedBuckets)
	o.pipelineEvents()
	o.budget()
	return Output{TopicARN: o.topicARN, DashboardName: o.dashboard()}
}
