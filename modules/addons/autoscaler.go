package addons

import (
	"github.com/titan-platform/titan/modules/helm"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

var clusterAutoscaler = helm.Release{
	Name:       "cluster-autoscaler",
	Namespace:  workload.SystemNamespace,
	Chart:      "cluster-autoscaler",
	Version:    "9.59.0",
	AppVersion: "1.35.0",
	Repository: "https://kubernetes.github.io/autoscaler",
}

// autoscalerImages are the newest patches of the autoscaler's minor versions, which go with Kubernetes' (kubernetes/autoscaler, tags, August
// 2026).
var autoscalerImages = map[string]string{"1.35": "v1.35.2", "1.36": "v1.36.1"}

func (a *addons) clusterAutoscalerValues() object {
	image, known := autoscalerImages[a.KubernetesVersion]
	if !known {
		image = "v" + a.KubernetesVersion + ".0" // a minor version's first
	}
	return object{
		"fullnameOverride": "cluster-autoscaler",
		"image":            object{"tag": image},
		"awsRegion":        a.Region,
		// Without it the chart makes no Deployment, and no error either.
		"autoDiscovery": object{"clusterName": a.ClusterName},
		"rbac":          object{"serviceAccount": identity("cluster-autoscaler", a.Roles.ClusterAutoscaler)},
		"extraArgs": object{
			"balance-similar-node-groups":   true, // a group a zone: keep them even
			"expander":                      "least-waste",
			"skip-nodes-with-system-pods":   false, // or no node with CoreDNS or a controller on it ever goes
			"skip-nodes-with-local-storage": false, // an emptyDir is nothing to keep
			"v":                             2,
		},
		"replicaCount":              a.replicas(), // one leads
		"podDisruptionBudget":       object{"maxUnavailable": 1},
		"resources":                 sized(a.Settings.Resources.Autoscaler),
		"securityContext":           restrictedPod(65532),
		"containerSecurityContext":  restrictedContainer(),
		"topologySpreadConstraints": spread(object{"app.kubernetes.io/instance": "cluster-autoscaler"}),
	}
}
