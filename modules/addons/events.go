package addons

import (
	"github.com/titan-platform/titan/modules/irsa/workload"
)

// Names of the collector's configuration that keep Kubernetes' events.
const (
	eventReceiver = "k8sobjects"
	eventExporter = "awscloudwatchlogs"
	leaderElector = "k8s_leader_elector"
	eventLease    = "events"
)

// keepEvents has the collector write Kubernetes' events to a log group, since the API server forgets them after an
// hour. The pod that holds the lease does so alone: two would write each event twice
// (opentelemetry-collector-contrib, README of k8sobjectsreceiver and of k8sleaderelector).
func (a *addons) keepEvents(values object) {
	config := values["config"].(object)
	config["receivers"].(object)[eventReceiver] = object{
		leaderElector: leaderElector,
		"objects": []object{{
			"name": "events", "group": "events.k8s.io", "mode": "watch", "exclude_watch_type": []string{"DELETED"},
		}},
	}
	config["exporters"].(object)[eventExporter] = object{
		"region":          a.Region,
		"log_group_name":  workload.EventLogGroup(a.ClusterName),
		"log_stream_name": "events",
		"raw_log":         true, // the event itself, as JSON
	}
	config["extensions"].(object)[leaderElector] = object{
		"auth_type": "serviceAccount", "lease_name": eventLease, "lease_namespace": openTelemetryCollector.Namespace,
	}
	service := config["service"].(object)
	service["extensions"] = append(service["extensions"].([]string), leaderElector)
	service["pipelines"].(object)["logs"] = object{
		"receivers":  []string{eventReceiver},
		"processors": []string{"memory_limiter", "batch"},
		"exporters":  []string{eventExporter},
	}
	values["clusterRole"] = object{"create": true, "rules": []object{
		{"apiGroups": []string{"events.k8s.io"}, "resources": []string{"events"}, "verbs": []string{"list", "watch"}},
	}}
	values["extraManifests"] = eventLeaseRole()
}

// eventLeaseRole lets the collector hold its lease, and no lease of another namespace, which the chart's cluster role
// could not tell apart.
func eventLeaseRole() []object {
	const group = "rbac.authorization.k8s.io"
	leases := func(rule object) object {
		rule["apiGroups"], rule["resources"] = []string{"coordination.k8s.io"}, []string{"leases"}
		return rule
	}
	metadata := object{"name": "opentelemetry-collector-lease", "namespace": openTelemetryCollector.Namespace}
	return []object{
		{
			"apiVersion": group + "/v1", "kind": "Role", "metadata": metadata,
			"rules": []object{
				leases(object{"verbs": []string{"create"}}),
				leases(object{"verbs": []string{"get", "update", "patch"}, "resourceNames": []string{eventLease}}),
			},
		},
		{
			"apiVersion": group + "/v1", "kind": "RoleBinding", "metadata": metadata,
			"roleRef": object{"apiGroup": group, "kind": "Role", "name": metadata["name"]},
			"subjects": []object{{
				"kind": "ServiceAccount", "name": "opentelemetry-collector", "namespace": openTelemetryCollector.Namespace,
			}},
		},
	}
}
