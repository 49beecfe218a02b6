package addons

import (
	"embed"
	"fmt"
	"strconv"
	"strings"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-kubernetes-go/kubernetes/v11/configmapv1"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/modules/helm"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

// grafana is no longer at the document's repository, which is frozen since its charts moved on 2026-01-30.
var grafana = helm.Release{
	Name:       "grafana",
	Namespace:  workload.MonitoringNamespace,
	Chart:      "grafana",
	Version:    "12.11.1",
	AppVersion: "13.2.0",
	Repository: "https://grafana-community.github.io/helm-charts",
}

// xrayPlugin is X-Ray's data source at one version, since without one each start fetches the newest
// (grafana/x-ray-datasource, its CHANGELOG.md and plugin.json, August 2026: Grafana 10.4 and later).
const xrayPlugin = "grafana-x-ray-datasource@2.17.1"

// dashboardFiles are Grafana's dashboards, a file each, with <project>, <application> and <service> for those names.
//
//go:embed dashboards/*.json
var dashboardFiles embed.FS

const dashboardsConfigMap = "grafana-dashboards"

// grafanaValues keep nothing on a volume: dashboards and data sources are files, and the administrator's password is
// read at each start, which with a database that stays it would not be.
func (a *addons) grafanaValues() object {
	login := fmt.Sprintf("grafana-login-v%d", a.GrafanaVersion) // a new version starts a new pod
	values := object{
		"admin":          object{"existingSecret": login, "userKey": "username", "passwordKey": "password"},
		"serviceAccount": identity("grafana", a.Roles.Grafana),
		"rbac":           object{"namespaced": true},
		"persistence":    object{"enabled": false},
		"initChownData":  object{"enabled": false},
		"grafana.ini": object{
			// On a read-only root, updating the plugins of the image loses them (grafana#132528).
			"plugins":   object{"preinstall_auto_update": false},
			"analytics": object{"reporting_enabled": false, "check_for_updates": false},
		},
		"plugins":     []string{xrayPlugin}, // from grafana.com at the start; CloudWatch's is in the image
		"datasources": object{"datasources.yaml": object{"apiVersion": 1, "datasources": a.dataSources()}},
		"dashboardProviders": object{"dashboardproviders.yaml": object{"apiVersion": 1, "providers": []object{{
			"name": a.Project, "type": "file", "disableDeletion": true, "allowUiUpdates": false,
			"options": object{"path": "/var/lib/grafana/dashboards/" + a.Project},
		}}}},
		"dashboardsConfigMaps": object{a.Project: dashboardsConfigMap},
		"priorityClassName":    observationPriority,
		"resources":            sized(a.Settings.Resources.Grafana),
		"extraObjects":         []object{a.grafanaLogin(login)},
	}
	if a.Settings.Grafana.IsServed() {
		a.serveGrafana(values)
	}
	return values
}

func (a *addons) dataSources() []object {
	return []object{
		{"name": "Prometheus", "uid": "prometheus", "type": "prometheus", "isDefault": true, "access": "proxy",
			"url":      fmt.Sprintf("http://prometheus-server.%s.svc.cluster.local", prometheus.Namespace),
			"jsonData": object{"timeInterval": scrapeInterval}},
		// `default` is the SDK's chain, which finds the service account's role.
		{
			"name":     "CloudWatch",
			"uid":      "cloudwatch",
			"type":     "cloudwatch",
			"jsonData": object{"authType": "default", "defaultRegion": a.Region},
		},
		{
			"name":     "X-Ray",
			"uid":      "xray",
			"type":     "grafana-x-ray-datasource",
			"jsonData": object{"authType": "default", "defaultRegion": a.Region},
		},
	}
}

// grafanaLogin has external-secrets copy the administrator's login into the namespace.
func (a *addons) grafanaLogin(target string) object {
	remote := func(key string) object {
		return object{"secretKey": key, "remoteRef": object{"key": a.GrafanaSecret, "property": key}}
	}
	return externalSecret("grafana-login", target, remote("username"), remote("password"))
}

// externalSecret is a Secret of Grafana's namespace whose keys external-secrets copies.
func externalSecret(name, target string, data ...object) object {
	return object{
		"apiVersion": "external-secrets.io/v1",
		"kind":       "ExternalSecret",
		"metadata":   object{"name": name, "namespace": grafana.Namespace},
		"spec": object{
			"secretStoreRef":  object{"kind": "ClusterSecretStore", "name": storeName},
			"refreshInterval": "1h",
			"target":          object{"name": target, "creationPolicy": "Owner", "deletionPolicy": "Retain"},
			"data":            data,
		},
	}
}

// drawn puts the alarms' thresholds where a dashboard has their places, in the units of its panels.
func (a *addons) drawn(text string) string {
	var pairs []string
	for place, value := range map[string]float64{
		"latency-seconds":      float64(a.Thresholds.LatencyMilliseconds) / 1000,
		"error-share":          float64(a.Thresholds.ErrorPercent) / 100,
		"cpu-percent":          float64(a.Thresholds.CPUPercent),
		"cpu-share":            float64(a.Thresholds.CPUPercent) / 100,
		"memory-share":         float64(a.Thresholds.MemoryPercent) / 100,
		"database-connections": float64(a.Thresholds.DatabaseConnections),
		"cache-evictions":      float64(a.Thresholds.CacheEvictions),
	} {
		pairs = append(pairs, `"<`+place+`>"`, strconv.FormatFloat(value, 'f', -1, 64))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func (a *addons) dashboards(after []cdktf.ITerraformDependable) cdktf.ITerraformDependable {
	data := map[string]*string{}
	files, err := dashboardFiles.ReadDir("dashboards")
	if err != nil {
		panic(fmt.Sprintf("dashboards: %v", err)) // they are part of the program
	}
	for _, file := range files {
		content, err := dashboardFiles.ReadFile("dashboards/" + file.Name())
		if err != nil {
			panic(fmt.Sprintf("dashboards: %v", err))
		}
		data[file.Name()] = jsii.String(helm.Literal(a.drawn(a.named(string(content)))))
	}
	return configmapv1.NewConfigMapV1(a.scope, jsii.String("dashboards"), &configmapv1.ConfigMapV1Config{
		Metadata: &configmapv1.ConfigMapV1Metadata{
			Name:      jsii.String(dashboardsConfigMap),
			Namespace: jsii.String(grafana.Namespace),
		},
		Data:      &data,
		DependsOn: &after,
	})
}
