package addons

import (
	"github.com/titan-platform/titan/charts"
	"github.com/titan-platform/titan/modules/helm"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

var externalSecrets = helm.Release{
	Name:       "external-secrets",
	Namespace:  workload.SecretsNamespace,
	Chart:      "external-secrets",
	Version:    "2.9.0",
	AppVersion: "2.9.0",
	Repository: "https://charts.external-secrets.io",
}

func (a *addons) externalSecretsValues() object {
	// The parts share the release's label and differ by name: spread as one, two pods of a part could
	// share a node or a zone.
	part := func(name, memory string) object {
		return object{
			"replicaCount":              a.replicas(),
			"priorityClassName":         ingressPriority, // new pods of the application wait for their secrets
			"podDisruptionBudget":       object{"enabled": true, "maxUnavailable": 1},
			"resources":                 resources("20m", memory),
			"topologySpreadConstraints": spread(named(name)),
		}
	}
	values := part("external-secrets", "192Mi")
	values["leaderElect"] = true
	values["podAnnotations"] = object{"prometheus.io/scrape": "true", "prometheus.io/port": "8080"}
	values["serviceAccount"] = identity("external-secrets", a.Roles.ExternalSecrets)
	values["webhook"] = part("external-secrets-webhook", "96Mi")
	values["certController"] = part("external-secrets-cert-controller", "128Mi")
	// Secrets are read here and never written back: the definitions that could, and their controllers, go together.
	values["crds"] = object{
		"createPushSecret":            false,
		"createClusterExternalSecret": false,
		"createClusterPushSecret":     false,
		"createClusterGenerator":      false,
	}
	values["processPushSecret"] = false
	values["processClusterExternalSecret"] = false
	values["processClusterPushSecret"] = false
	values["processClusterGenerator"] = false
	return values
}

// secretStore is a chart of ours: the definition of its one resource is there only once external-secrets is.
var secretStore = helm.Release{
	Name:      "secret-store",
	Namespace: externalSecrets.Namespace,
	Folder:    "secret-store",
	Files:     charts.Files,
}

const storeName = "aws-secrets-manager"

func (a *addons) secretStoreValues() object {
	return object{"name": storeName, "region": a.Region, "namespaces": []string{a.ApplicationNamespace, grafana.Namespace}}
}
