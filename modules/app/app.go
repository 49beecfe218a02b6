// Package app provides the application's Helm release and reads the parameter that says which image it runs.
package app

import (
	"path"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/charts"
	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/rdsca"
	"github.com/titan-platform/titan/modules/helm"
)

// releaseMinutes are for the bootstrap Job, then a rolling update that waits for nodes.
const releaseMinutes = 15

// Config is what the application needs from the rest of the system.
type Config struct {
	Name           string // of the release, its pods and service account: birthday-app
	Chart          string // the folder of its chart
	Environment    string // prod
	Region         string
	Protected      bool                     // whether the release refuses to be destroyed
	Settings       environments.Application // from the environment file
	ImageParameter string                   // name of the SSM parameter with the image
	Hosts          []string                 // names that requests come in with
	// EvenZones has a pod wait for a node in the zone that lacks one. The autoscaler can make it only where each node
	// group is in one zone: of a group over several, it takes the first zone for all (kubernetes/autoscaler#4848, #9150).
	EvenZones         bool
	RoleARN           string // for logins by IAM; empty is none
	PriorityClassName string

	Database Database
	Cache    Cache

	SecretStore                                          string // name of the ClusterSecretStore
	ServiceName                                          string // in traces
	TracingEndpoint                                      string // of the collector, OTLP over gRPC
	SamplerEndpoint                                      string // of the collector, X-Ray's sampling rules
	IngressNamespace, MetricsNamespace, TracingNamespace string
	DataCIDRs                                            []string // where database and cache answer
	AWSCIDRs                                             []string // where AWS's APIs answer

	After []cdktf.ITerraformDependable // what has to be there first, and to leave last
}

// Database is Aurora as the application sees it.
type Database struct {
	WriterHost, ReaderHost string
	Name                   string // of the database
	User                   string
	Login                  environments.DatabaseLogin
	SecretName             string // of the login by password
	SecretVersion          int
	BootstrapRoleARN       string
	MasterSecretARN        string
}

// Cache is Redis as the application sees it.
type Cache struct {
	Mode       environments.CacheMode
	Host       string
	Name, User string // of a replication group; unused for a single node
}

// New declares the release under scope.
func New(scope constructs.Construct, id string, config Config) cdktf.ITerraformDependable {
	this := constructs.NewConstruct(scope, jsii.String(id))
	release := helm.Release{
		Name: config.Name, Namespace: config.Settings.Namespace, Folder: config.Chart, Minutes: releaseMinutes,
		Protected: config.Protected,
	}
	if config.Settings.Chart == "" { // Titan's own, which a repository that uses it does not have
		release.Folder, release.Files = path.Base(config.Chart), charts.Files
	}
	letDeployersSync(this, release.Namespace, config.After)
	return helm.New(this, "app", release, config.values(readImage(this, config.ImageParameter)), config.After...)
}

type object = map[string]any

func (c Config) values(image image) object {
	bundle, err := rdsca.Bundle(c.Region)
	if err != nil {
		panic(err) // the loader knows the region, and a test has the bundle of each
	}
	cache := object{"mode": c.Cache.Mode, "host": c.Cache.Host}
	if c.Cache.Mode == environments.CacheReplicated {
		cache["name"], cache["user"] = c.Cache.Name, c.Cache.User
	}
	credentials := object{"version": c.Database.SecretVersion}
	if c.Database.Login == environments.LoginPassword {
		credentials["secretName"] = c.Database.SecretName
	}
	zoneSpread := "ScheduleAnyway"
	if c.EvenZones {
		zoneSpread = "DoNotSchedule"
	}
	return object{
		"environment":       c.Environment,
		"region":            c.Region,
		"image":             object{"repository": image.repository, "digest": image.digest},
		"hosts":             c.Hosts,
		"zoneSpread":        zoneSpread,
		"priorityClassName": c.PriorityClassName,
		"autoscaling": object{
			"minReplicas": c.Settings.MinReplicas, "maxReplicas": c.Settings.MaxReplicas,
			"cpuPercent": c.Settings.CPUPercent, "memoryPercent": c.Settings.MemoryPercent,
		},
		"serviceAccount": object{"roleArn": c.RoleARN},
		"database": object{
			"writerHost": c.Database.WriterHost, "readerHost": c.Database.ReaderHost,
			"name": c.Database.Name, "user": c.Database.User, "login": c.Database.Login, "caBundle": bundle,
			"credentials": credentials,
			"bootstrap":   object{"roleArn": c.Database.BootstrapRoleARN, "masterSecretArn": c.Database.MasterSecretARN},
		},
		"cache": cache,
		"tracing": object{
			"endpoint":        c.TracingEndpoint,
			"samplerEndpoint": c.SamplerEndpoint,
			"serviceName":     c.ServiceName,
		},
		"secretStore": c.SecretStore,
		"network": object{
			"ingressNamespace": c.IngressNamespace,
			"metricsNamespace": c.MetricsNamespace,
			"tracingNamespace": c.TracingNamespace,
			"dataCidrs":        c.DataCIDRs,
			"awsCidrs":         c.AWSCIDRs,
		},
	}
}
