package addons

import (
	"github.com/titan-platform/titan/modules/helm"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

var metricsServer = helm.Release{
	Name:       "metrics-server",
	Namespace:  workload.SystemNamespace,
	Chart:      "metrics-server",
	Version:    "3.13.1",
	AppVersion: "0.8.1",
	Repository: "https://kubernetes-sigs.github.io/metrics-server",
}

// metricsServerValues: without it no HorizontalPodAutoscaler knows a pod's CPU or memory.
func (a *addons) metricsServerValues() object {
	return object{
		"replicas": a.replicas(),
		// A pod that is not ready measures nothing and must not hold up a node.
		"podDisruptionBudget": object{
			"enabled":                    true,
			"maxUnavailable":             1,
			"unhealthyPodEvictionPolicy": "AlwaysAllow",
		},
		"resources":                 sized(a.Settings.Resources.MetricsServer),
		"topologySpreadConstraints": spread(named("metrics-server")),
	}
}
