package addons

import (
	"net/netip"

	"github.com/titan-platform/titan/modules/loadbalancer"
	"github.com/titan-platform/titan/modules/namespaces"
)

const (
	httpsPort = 443
	// webhookPort is where the control plane calls external-secrets' webhook.
	webhookPort = 10250
	// traefikMetricsPort is the chart's own.
	traefikMetricsPort = 9100
)

// anywhere is every address: X-Ray, CloudWatch, SNS and grafana.com have no fixed ones.
const anywhere = "0.0.0.0/0"

// namespaces are those of the platform's own and the application's, with what is opened in them. kube-system is not
// among them: what EKS runs there is EKS' to open, and a default there would cut off DNS, the volumes' driver and the
// network plug-in with the next version of theirs.
func (a *addons) namespaces() []namespaces.Namespace {
	api := namespaces.Rule{
		Peers: namespaces.At(append([]string{a.apiService()}, a.PrivateCIDRs...)...),
		Ports: []int{httpsPort},
	}
	https := namespaces.Rule{Peers: namespaces.At(anywhere), Ports: []int{httpsPort}}
	// A rule to pods is one to their Services, too: the VPC CNI opens a Service's address for the pods that it selects.
	within := func(namespace string) namespaces.Rule { return namespaces.Rule{Peers: namespaces.In(namespace)} }
	monitoring := prometheusNamespace
	toApplications := []namespaces.Rule{api, within(a.ApplicationNamespace)}
	if a.Settings.Grafana.IsServed() {
		toApplications = append(toApplications, namespaces.Rule{Peers: namespaces.In(monitoring), Ports: []int{grafanaPort}})
	}

	return []namespaces.Namespace{
		{
			Name: traefik.Namespace,
			// A new pod is ready only once the load balancer finds it healthy, so that an update never leaves it without one.
			Labels: map[string]string{"elbv2.k8s.aws/pod-readiness-gate-inject": "enabled"},
			Policies: []namespaces.Policy{{
				Name: "ingress-controller",
				Ingress: []namespaces.Rule{
					{Peers: namespaces.At(a.PublicCIDRs...), Ports: []int{loadbalancer.TrafficPort, loadbalancer.HealthPort}},
					{Peers: namespaces.In(monitoring), Ports: []int{traefikMetricsPort}},
				},
				Egress: toApplications,
			}},
		},
		{
			Name: externalSecrets.Namespace,
			Policies: []namespaces.Policy{{
				Name: "external-secrets",
				Ingress: []namespaces.Rule{
					{Peers: namespaces.At(a.PrivateCIDRs...), Ports: []int{webhookPort}},
					within(monitoring),
				},
				Egress: []namespaces.Rule{
					api,
					{Peers: namespaces.At(a.AWSCIDRs...), Ports: []int{httpsPort}},
					within(externalSecrets.Namespace),
				},
			}},
		},
		{
			Name: openTelemetryCollector.Namespace,
			Policies: []namespaces.Policy{{
				Name: "collector",
				Ingress: []namespaces.Rule{
					{Peers: namespaces.In(a.ApplicationNamespace), Ports: []int{otlpPort, otlpHTTPPort, samplingPort}},
					{Peers: namespaces.In(monitoring), Ports: []int{telemetryPort}},
				},
				Egress: []namespaces.Rule{api, https},
			}},
		},
		a.monitoring(api, https),
		{Name: a.ApplicationNamespace}, // its chart opens what it needs
	}
}

// monitoring is the namespace of what watches: Prometheus and its alerts, and Grafana.
func (a *addons) monitoring(api, https namespaces.Rule) namespaces.Namespace {
	within := namespaces.Rule{Peers: namespaces.In(prometheusNamespace)}
	grafanaPods := namespaces.Policy{
		Name:   "grafana",
		Pods:   map[string]string{"app.kubernetes.io/name": "grafana"},
		Egress: []namespaces.Rule{https},
	}
	if a.Settings.Grafana.IsServed() {
		grafanaPods.Ingress = []namespaces.Rule{{Peers: namespaces.In(traefik.Namespace), Ports: []int{grafanaPort}}}
	}
	return namespaces.Namespace{
		Name: prometheusNamespace,
		Policies: []namespaces.Policy{
			{Name: "within", Ingress: []namespaces.Rule{within}, Egress: []namespaces.Rule{within}},
			// Prometheus reads whatever pod or kubelet says that it has metrics, at a port of its own choice.
			{
				Name:   "prometheus",
				Pods:   map[string]string{"app.kubernetes.io/name": "prometheus"},
				Egress: []namespaces.Rule{api, {Peers: namespaces.At(a.PrivateCIDRs...)}},
			},
			{
				Name:   "kube-state-metrics",
				Pods:   map[string]string{"app.kubernetes.io/name": "kube-state-metrics"},
				Egress: []namespaces.Rule{api},
			},
			grafanaPods,
			{
				Name:   "alertmanager",
				Pods:   map[string]string{"app.kubernetes.io/name": "alertmanager"},
				Egress: []namespaces.Rule{https},
			},
		},
	}
}

// apiService is the address of the Service `kubernetes`, the first of its block: the API by the
// name that pods know it by.
func (a *addons) apiService() string {
	block := netip.MustParsePrefix(a.ServiceCIDR) // the loader has checked it
	return netip.PrefixFrom(block.Addr().Next(), 32).String()
}
