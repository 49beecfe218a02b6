package addons

import (
	_ "embed"
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/titan-platform/titan/modules/helm"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

const prometheusNamespace = workload.MonitoringNamespace

var prometheus = helm.Release{
	Name:       "prometheus",
	Namespace:  prometheusNamespace,
	Chart:      "prometheus",
	Version:    "29.27.0",
	AppVersion: "3.14.0",
	Repository: "https://prometheus-community.github.io/helm-charts",
}

// alerts are the alerting rules.
//
//go:embed alerts.yaml
var alerts string

// retentionShare of the volume is what samples may fill, in percent: the rest is for the write-ahead
// log and for compaction.
const retentionShare = 80

// scrapeInterval is how often a target is read, the chart's own default. Grafana is told: it would take 15s for granted
// and ask for rates over windows in which there is one sample (Grafana, 'Prometheus data source', $__rate_interval).
const scrapeInterval = "1m"

// collectors are the kinds of objects that kube-state-metrics lists, and may list. The chart's default has Secrets
// among them, which are listed with their values (prometheus-community/helm-charts, kube-state-metrics, its role.yaml).
var collectors = []string{
	"cronjobs", "daemonsets", "deployments", "horizontalpodautoscalers", "jobs", "namespaces", "nodes",
	"persistentvolumeclaims", "persistentvolumes", "poddisruptionbudgets", "pods", "replicasets", "resourcequotas",
	"services", "statefulsets",
}

func (a *addons) prometheusValues() object {
	return object{
		"server": object{
			"global": object{"scrape_interval": scrapeInterval},
			// The volume binds where the pod is, and from then on the pod goes where the volume is: there is a node
			// group a zone for that.
			"persistentVolume": object{
				"enabled":      true,
				"size":         fmt.Sprintf("%dGi", a.Settings.PrometheusGiB),
				"storageClass": storageClassName,
			},
			"retention":                fmt.Sprintf("%dd", a.Settings.PrometheusDays),
			"retentionSize":            fmt.Sprintf("%dMB", a.Settings.PrometheusGiB*1024*retentionShare/100),
			"resources":                sized(a.Settings.Resources.Prometheus),
			"priorityClassName":        observationPriority,
			"securityContext":          restrictedPod(0), // with the chart's own user
			"containerSecurityContext": restrictedContainer(),
		},
		"serviceAccounts": object{"server": object{"create": true, "name": "prometheus-server"}},
		"configmapReload": object{
			"prometheus": object{"containerSecurityContext": restrictedContainer(), "resources": resources("10m", "32Mi")},
		},
		"serverFiles": object{"alerting_rules.yml": a.alertingRules()},
		"scrapeConfigs": object{
			"prometheus-pushgateway": object{"enabled": false},
			"kubernetes-services":    object{"enabled": false},
		},
		"alertmanager": a.alertmanagerValues(),
		"kube-state-metrics": object{
			"priorityClassName": observationPriority, "resources": sized(a.Settings.Resources.KubeStateMetrics),
			"collectors": collectors,
		},
		"prometheus-pushgateway": object{"enabled": false},
		// It needs the host's network, processes and files, at Pod Security's level `privileged`. The kubelets tell of their
		// nodes, and so does Container Insights.
		"prometheus-node-exporter": object{"enabled": false},
	}
}

// alertmanagerValues send what the rules find to the topic that hears of every alarm.
func (a *addons) alertmanagerValues() object {
	if !a.Settings.Alertmanager {
		return object{"enabled": false}
	}
	pod := restrictedPod(65534) // as the chart has it
	pod["fsGroup"] = 65534
	container := restrictedContainer()
	container["runAsUser"], container["runAsGroup"], container["runAsNonRoot"] = 65534, 65534, true
	return object{
		"enabled":                      true,
		"automountServiceAccountToken": false, // of Kubernetes' API; the one for AWS is apart
		"serviceAccount":               identity("alertmanager", a.Roles.Alertmanager),
		"persistence":                  object{"enabled": true, "size": "1Gi", "storageClass": storageClassName}, // silences
		"priorityClassName":            observationPriority,
		"resources":                    resources("10m", "64Mi"),
		"podSecurityContext":           pod,
		"securityContext":              container,
		"config": object{
			"route": object{
				"receiver": "alarm-topic", "group_by": []string{"alertname", "namespace"},
				"group_wait": "30s", "group_interval": "5m", "repeat_interval": "4h",
			},
			"receivers": []object{{
				"name": "alarm-topic",
				"sns_configs": []object{{
					"topic_arn":     a.AlarmTopicARN,
					"sigv4":         object{"region": a.Region},
					"send_resolved": true,
					"subject":       "Alarm of " + a.ClusterName,
				}},
			}},
		},
	}
}

func (a *addons) alertingRules() object {
	var rules object
	if err := yaml.Unmarshal([]byte(a.named(alerts)), &rules); err != nil {
		panic(fmt.Sprintf("alerts.yaml: %v", err)) // it is part of the program
	}
	return rules
}
