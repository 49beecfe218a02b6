package observability

import "fmt"

// clusterAlarms declares what tells of nodes and pods, by those of Container Insights' metrics that are there for the
// whole cluster (amazon-cloudwatch-agent, translator/translate/otel/exporter/awsemf/kubernetes.go).
func (o *observability) clusterAlarms() {
	t := o.Settings.Thresholds
	o.alarm(alarm{
		id:          "nodes-failed",
		description: "A node is not ready, or Container Insights has fallen silent",
		metric:      o.Cluster.metric("cluster_failed_node_count", "Maximum"),
		comparison:  above,
		threshold:   0,
		points:      5,
		missing:     breaching, // it comes every minute, zero or not
	})
	// They ring when scaling did not help, and act on nothing: a changed node group's size would undo the work of the
	// cluster autoscaler, which acts on pods that find no place.
	for _, full := range []struct {
		id, of, metric string
		percent        int
	}{
		{"nodes-cpu", "CPU", "node_cpu_utilization", t.CPUPercent},
		{"nodes-memory", "memory", "node_memory_utilization", t.MemoryPercent},
	} {
		o.alarm(alarm{
			id: full.id,
			description: fmt.Sprintf(
				"The nodes together have used more than %d %% of their %s for ten minutes: scaling did not help, or has no room",
				full.percent, full.of),
			metric:     o.Cluster.metric(full.metric, "Average"),
			comparison: above,
			threshold:  full.percent,
			points:     10,
			missing:    notBreaching,
		})
	}
	o.alarm(alarm{
		id:          "nodes-disk",
		description: fmt.Sprintf("A node's disk is fuller than %d %%", t.DiskPercent),
		metric:      o.Cluster.metric("node_filesystem_utilization", "Maximum"),
		comparison:  above,
		threshold:   t.DiskPercent,
		points:      5,
		missing:     notBreaching,
	})
	o.alarm(alarm{
		id: "nodes-most",
		description: fmt.Sprintf("All %d nodes that the node groups may have are running: the cluster cannot grow",
			o.Cluster.MaxNodes),
		metric:     o.Cluster.metric("cluster_node_count", "Maximum"),
		comparison: atLeast,
		threshold:  o.Cluster.MaxNodes,
		points:     15,
		missing:    notBreaching,
	})
	o.podAlarms()
	o.logAlarm("application-errors", "The application has logged more than %d errors in five minutes",
		t.ApplicationErrors, o.applicationErrors())
	o.logAlarm("denied-calls", "More than %d calls of the cluster's API have been denied in five minutes",
		t.DeniedCalls, o.deniedCalls())
}

// podAlarms declares what tells of pods that do not run.
func (o *observability) podAlarms() {
	o.alarm(alarm{
		id:          "pods-pending",
		description: "A pod has found no node for ten minutes: the cluster autoscaler did not help",
		metric:      o.Cluster.metric("pod_status_pending", "Maximum"),
		comparison:  above,
		threshold:   0,
		points:      10,
		missing:     notBreaching,
	})
	o.alarm(alarm{
		id:          "pods-crashing",
		description: "A container starts and fails, again and again",
		metric:      o.Cluster.metric("pod_container_status_waiting_reason_crash_loop_back_off", "Maximum"),
		comparison:  above,
		threshold:   0,
		points:      10,
		missing:     notBreaching,
	})
}

// metric is a metric of the whole cluster.
func (c Cluster) metric(name, statistic string) metric {
	return metric{
		namespace:  "ContainerInsights",
		name:       name,
		dimensions: map[string]string{"ClusterName": c.Name},
		statistic:  statistic,
	}
}
