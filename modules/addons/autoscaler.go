package addons

import (
	"github.com/titan-platform/titan/environments"
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

// autoscalerImages are the newest patches of the autoscaler's minor versions, which go with Kubernetes'
// (kubernetes/autoscaler, tags, August 2026).
var autoscalerImages = map[string]string{"1.35": "v1.35.2", "1.36": "v1.36.1"}

func (a *addons) clusterAutoscalerValues() object {
	image, known := autoscalerImages[a.KubernetesVersion]
	if !known {
		image = "v" + a.KubernetesVersion + ".0" // a minor version's first
	}
	expander, priorities := expansion(a.NodeGroups)
	values := object{
		"fullnameOverride": "cluster-autoscaler",
		"image":            object{"tag": image},
		"awsRegion":        a.Region,
		// Without it the chart makes no Deployment, and no error either.
		"autoDiscovery": object{"clusterName": a.ClusterName},
		"rbac":          object{"serviceAccount": identity("cluster-autoscaler", a.Roles.ClusterAutoscaler)},
		"extraArgs": object{
			"balance-similar-node-groups": true, // a group a zone: keep them even
			"expander":                    expander,
			// A group that brings no node is left alone soon, and for long enough that the Spot groups of three zones come to
			// their end before the first is tried again: else on-demand nodes never have their turn
			// (kubernetes/autoscaler#4958).
			"max-node-provision-time":             "5m",
			"initial-node-group-backoff-duration": "20m",

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
	if priorities != nil {
		values["expanderPriorities"] = priorities
	}
	return values
}

// Priorities of the autoscaler's expander; the higher wins.
const onDemandPriority, spotPriority = "10", "50"

// expansion is how the autoscaler chooses between groups that would all do: Spot first, where there is both, and
// on-demand nodes when Spot has reached its most or has no capacity, since the autoscaler then leaves a group out for a
// while. Of equal ones, the one that is used best.
func expansion(groups []environments.NodeGroup) (expander string, priorities object) {
	if !(environments.Cluster{NodeGroups: groups}).SpotBesideOnDemand() {
		return "least-waste", nil
	}
	var spot []string
	for _, g := range groups {
		if g.Capacity == environments.Spot {
			spot = append(spot, scalingGroups(g))
		}
	}
	// A group that matches no expression would never be used (cluster-autoscaler, expander/priority).
	return "priority,least-waste", object{onDemandPriority: []string{"."}, spotPriority: spot}
}

// scalingGroups matches the names of a node group's Auto Scaling groups, eks-<name>-<id>: EKS makes them, and the name
// has the zone's letter and what Terraform adds to a prefix, the time in 18 digits and a count in 8 hexadecimal ones,
// which goes on over all of an apply's resources (terraform-plugin-sdk, helper/id).
func scalingGroups(g environments.NodeGroup) string {
	const suffix = "-[0-9]{18}[0-9a-f]{8}-"
	if g.PerZone {
		return "^eks-" + g.Name + "-[a-z]" + suffix
	}
	return "^eks-" + g.Name + suffix
}
