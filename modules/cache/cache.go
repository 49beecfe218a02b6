// Package cache provides ElastiCache for Redis: a replication group over the zones of an environment, encrypted at rest
// and on the way, with a login by IAM; or a single node without any of that, which is a development cache at most.
package cache

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	subnetgroup "github.com/cdktf/cdktf-provider-aws-go/aws/v19/elasticachesubnetgroup"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/finalsnapshot"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/nodeaccess"
)

const (
	engine        = "redis"
	engineVersion = "7.1" // the last of Redis on ElastiCache; a login by IAM needs 7.0
	family        = "redis7"
	port          = 6379
)

// The windows are in UTC and apart, because ElastiCache refuses an overlap, and an hour after the database's, so that
// not both restart at once.
const (
	snapshotWindow    = "02:00-03:00"
	maintenanceWindow = "sun:05:00-sun:06:00"
)

// Config is what a cache needs from the rest of the system.
type Config struct {
	// Target, protected, has the cache leave a last snapshot behind when it is deleted: ElastiCache has no deletion
	// protection.
	target.Target

	CacheName string             // of the replication group or the single node: titan-cache-prod
	UserName  string             // who logs in to a replication group: titan-cache-prod-app
	Settings  environments.Cache // from the environment file

	VPCID               string
	Zones               []string // eu-west-1a, …: where the nodes go, one after another
	SubnetIDs           []string // data, one a zone
	NodeSecurityGroupID string   // who connects

	DataKeyARN string // encrypts a replication group's data at rest
	LogKeyARN  string // encrypts log groups
}

// Output is what other modules may use.
type Output struct {
	Endpoint       string // host of the primary, or of the single node
	ReaderEndpoint string // host of the replicas; the same as Endpoint for a single node
	Port           int

	// TLS is whether a client must speak TLS (rediss, with two s) and log in as UserName by IAM. A
	// single node can do neither.
	TLS      bool
	UserName string // empty without TLS
	// ConnectARNs are what elasticache:Connect has to allow to log in: the replication group and the
	// user. None without TLS.
	ConnectARNs []string

	ARN        string
	ClusterIDs []string // of the nodes, as CloudWatch names them in CacheClusterId

	SecurityGroupID string
	LogGroupNames   []string
	// Ready is everything that a connection needs.
	Ready []cdktf.ITerraformDependable
}

// cache is a cache while it is built.
type cache struct {
	Config
	scope constructs.Construct

	securityGroup, subnets, parameters *string
	finalSnapshot                      *string // nil leaves none
	logs                               []cdktf.ITerraformDependable
}

// New declares the cache under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	c := &cache{Config: config, scope: constructs.NewConstruct(scope, jsii.String(id))}
	access := nodeaccess.New(c.scope, "access", nodeaccess.Config{
		Target: c.Target, Server: "cache", Description: "ElastiCache for Redis", Port: port, VPCID: c.VPCID,
		NodeSecurityGroupID: c.NodeSecurityGroupID,
	})
	c.securityGroup = jsii.String(access.SecurityGroupID)
	c.subnets = subnetgroup.NewElasticacheSubnetGroup(c.scope, jsii.String("subnets"),
		&subnetgroup.ElasticacheSubnetGroupConfig{
			Name:        jsii.String(c.CacheName),
			Description: jsii.String("Data subnets of " + c.Name),
			SubnetIds:   jsii.Strings(c.SubnetIDs...),
		}).Name()
	c.parameters = c.parameterGroup()
	c.logs = c.logGroups()
	if c.Protected {
		c.finalSnapshot = finalsnapshot.Name(c.scope, c.CacheName, "")
	}

	output := c.single
	if c.Settings.Mode == environments.CacheReplicated {
		output = c.replicated
	}
	made := output()
	made.Port = port
	made.SecurityGroupID = access.SecurityGroupID
	made.Ready = append(made.Ready, access.Rules...)
	for _, log := range logTypes {
		made.LogGroupNames = append(made.LogGroupNames, c.logGroup(log))
	}
	return made
}

func (c Config) tags() *map[string]*string {
	return &map[string]*string{"Name": jsii.String(c.CacheName)}
}
