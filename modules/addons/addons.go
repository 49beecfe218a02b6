// Package addons provides what a cluster needs beside EKS' own add-ons: a file a Helm release, each with its chart,
// version, namespace, repository and values at the top. docs/addons.md is the table of them.
package addons

import (
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/helm"
	"github.com/titan-platform/titan/modules/namespaces"
)

// Config is what the add-ons need from the rest of the system.
type Config struct {
	Settings          environments.Addons // from the environment file
	KubernetesVersion string              // 1.35
	ClusterName       string
	NodeGroups        []environments.NodeGroup // which the autoscaler grows
	Region            string
	VPCID             string

	// Replicated runs two of what can stand beside itself, so that the loss of a node or zone is not the loss of it.
	Replicated bool

	Protected bool // whether what holds data refuses to be destroyed

	PublicCIDRs  []string // the load balancer's subnets
	PrivateCIDRs []string // the subnets of nodes, pods, and of the control plane's interfaces
	ServiceCIDR  string   // addresses of Services
	AWSCIDRs     []string // where STS and Secrets Manager answer

	TargetGroupARN      string
	DeregistrationDelay int    // of the target group, in seconds
	IdleTimeout         int    // of the load balancer, in seconds
	PublicName          string // what users call
	DataKeyARN          string // encrypts volumes
	GrafanaSecret       string // name in Secrets Manager
	GrafanaVersion      int    // of its value
	GrafanaOIDCSecret   string // name of that with its client secret, where the company's login is used
	AlarmTopicARN       string
	Thresholds          environments.Thresholds // of alarms, which dashboards draw

	ImageCache []environments.Upstream // the registries that the account caches; none is none
	Registry   string                  // host name of the account's registry in this region

	Project              string // titan: whose dashboards they are
	ApplicationName      string // of its release, Deployment and container
	ApplicationNamespace string
	ServiceName          string // of the application in traces

	Roles Roles
}

// Roles are the ARNs of the IAM roles of service accounts, as irsa/workload has them.
type Roles struct {
	ClusterAutoscaler, LoadBalancerController, ExternalSecrets, Collector, Grafana string
	Alertmanager                                                                   string // empty where there is none
}

// Output is what other modules may use.
type Output struct {
	SecretStore     string // name of the ClusterSecretStore
	TracingEndpoint string // of the collector, OTLP over gRPC
	SamplerEndpoint string // of the collector, X-Ray's sampling rules
	PriorityClass   string // of the application's pods

	IngressNamespace, MonitoringNamespace, TracingNamespace string

	// Ready is what the application needs: its namespace, ways in and out, and the autoscaler's measurements.
	Ready []cdktf.ITerraformDependable
}

// addons are the add-ons while they are built.
type addons struct {
	Config
	scope constructs.Construct
}

type object = map[string]any

// New declares the add-ons under scope, in the order in which they need each other; a destroy goes backwards.
// The controller outlives the binding, and external-secrets its store, because both have finalizers that only
// their controllers take away.
func New(scope constructs.Construct, id string, config Config) Output {
	a := &addons{config, constructs.NewConstruct(scope, jsii.String(id))}

	spaces := namespaces.New(a.scope, "namespaces", namespaces.Config{
		Version:    a.KubernetesVersion,
		Protected:  a.Protected,
		Namespaces: a.namespaces(),
	})
	priorities := a.priorityClasses()
	storage := a.storageClass()

	// First what makes room for the rest, and what the control plane asks.
	autoscaler := a.release(clusterAutoscaler, a.clusterAutoscalerValues())
	metrics := a.release(metricsServer, a.metricsServerValues(), autoscaler)
	controller := a.release(loadBalancerController, a.loadBalancerControllerValues(), autoscaler)
	secrets := a.release(externalSecrets, a.externalSecretsValues(),
		join(one(autoscaler), spaces[externalSecrets.Namespace], priorities)...)
	store := a.release(secretStore, a.secretStoreValues(), secrets)

	binding := a.release(targetGroupBinding, a.targetGroupBindingValues(),
		join(one(controller), spaces[traefik.Namespace])...)
	ingress := a.release(traefik, a.traefikValues(), join(one(binding, metrics), priorities)...)

	collector := a.release(openTelemetryCollector, a.collectorValues(),
		join(one(autoscaler), spaces[openTelemetryCollector.Namespace], priorities)...)
	prometheus := a.release(prometheus, a.prometheusValues(),
		join(one(autoscaler, storage), spaces[prometheus.Namespace], priorities)...)
	dashboards := a.dashboards(spaces[grafana.Namespace])
	a.release(grafana, a.grafanaValues(), one(store, prometheus, dashboards)...)

	return Output{
		SecretStore:         storeName,
		TracingEndpoint:     collectorAt(otlpPort),
		SamplerEndpoint:     collectorAt(samplingPort),
		PriorityClass:       applicationPriority,
		IngressNamespace:    traefik.Namespace,
		MonitoringNamespace: prometheusNamespace,
		TracingNamespace:    openTelemetryCollector.Namespace,
		Ready:               join(one(ingress, store, collector, metrics), spaces[a.ApplicationNamespace]),
	}
}

// Table is every release of the platform's own, in an order in which they can be installed.
func Table() []helm.Release {
	return []helm.Release{
		clusterAutoscaler, metricsServer, loadBalancerController, externalSecrets, secretStore, targetGroupBinding, traefik,
		openTelemetryCollector, prometheus, grafana,
	}
}

func (a *addons) release(
	r helm.Release, values object, after ...cdktf.ITerraformDependable,
) cdktf.ITerraformDependable {
	r.Protected = a.Protected
	return helm.New(a.scope, r.Name, r, a.cached(r.Name, values), after...)
}

// named puts the names of project, application and its traces where a dashboard or an alert has their places.
func (a *addons) named(text string) string {
	names := strings.NewReplacer("<project>", a.Project, "<application>", a.ApplicationName, "<service>", a.ServiceName)
	return names.Replace(text)
}

// replicas is how many of something stand beside each other.
func (a *addons) replicas() int {
	if a.Replicated {
		return 2
	}
	return 1
}

func one(list ...cdktf.ITerraformDependable) []cdktf.ITerraformDependable { return list }

func join(lists ...[]cdktf.ITerraformDependable) []cdktf.ITerraformDependable {
	var all []cdktf.ITerraformDependable
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}
