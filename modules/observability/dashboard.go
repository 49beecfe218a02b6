package observability

import (
	"fmt"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchdashboard"

	"github.com/titan-platform/titan/internal/target"
)

// dashboard declares what an operator opens first, and returns its name: whether the service is down, which alarms
// ring, and then the way of a request, with the same four questions at each stop: how much, how often wrong, how slow,
// how full. The edge has its own in the stack of us-east-1; its alarms are here too.
func (o *observability) dashboard() string {
	p := &page{region: o.Region}
	p.title(fmt.Sprintf("# %s\nTop to bottom is the way of a request. What to do when an alarm rings: `%s`.",
		o.Name, runbook), 2)
	alarms := []*widget{p.alarms("Alarms in "+o.Region, arns(o.alarms)).wide(15)}
	if len(o.GlobalAlarms) > 0 {
		alarms = append(alarms, p.alarms("Alarms in "+globalRegion, o.globalAlarmARNs()).wide(9))
	}
	p.row(2+len(o.alarms)/8, alarms...) // eight to a row at most, on a small screen four
	p.title("## 1 Load balancer", 1)
	p.row(6, o.loadBalancerWidgets(p)...)
	p.title("## 2 Nodes and application", 1)
	p.row(6, o.nodeWidgets(p)...)
	p.row(6, o.applicationWidgets(p)...)
	p.title("## 3 Database", 1)
	p.row(6, o.databaseWidgets(p)...)
	p.title("## 4 Cache", 1)
	p.row(6, o.cacheWidgets(p)...)
	p.title("## 5 Upkeep", 1)
	p.row(5, o.upkeepWidgets(p)...)
	return o.newDashboard(p)
}

// newDashboard declares a dashboard and returns its name, which is one of all regions.
func (r *region) newDashboard(p *page) string {
	return *cloudwatchdashboard.NewCloudwatchDashboard(r.scope, jsii.String("dashboard"),
		&cloudwatchdashboard.CloudwatchDashboardConfig{
			DashboardName: jsii.String(r.here.Name),
			DashboardBody: jsii.String(target.JSON(p.body())),
		}).DashboardName()
}

func (o *observability) globalAlarmARNs() []string {
	var list []string
	for _, name := range o.GlobalAlarms {
		list = append(list, o.In(globalRegion).ARN("cloudwatch", "alarm:"+name))
	}
	return list
}

func arns(alarms []declared) []string {
	var list []string
	for _, one := range alarms {
		list = append(list, one.arn)
	}
	return list
}

func (o *observability) loadBalancerWidgets(p *page) []*widget {
	t, l := o.Settings.Thresholds, o.LoadBalancer
	share, of := l.errorShare()
	return []*widget{
		p.graph("Requests a minute", line{l.metric("RequestCount", "Sum", false), "requests", blue}).fromZero(),
		p.graph("Requests failed with 5xx, %").expression(share, "5xx", red, of...).
			threshold(t.ErrorPercent, "alarm").fromZero(),
		p.graph("Response time, ms").
			expression("p50 * 1000", "p50", green, l.metric("TargetResponseTime", "p50", false).as("p50")).
			expression("p95 * 1000", "p95", orange, l.metric("TargetResponseTime", "p95", false).as("p95")).
			expression("p99 * 1000", "p99", red, l.metric("TargetResponseTime", "p99", false).as("p99")).
			threshold(t.LatencyMilliseconds, "alarm (p99)").fromZero(),
		p.graph("Pods registered", line{l.metric("HealthyHostCount", "Maximum", true), "healthy", green},
			line{l.metric("UnHealthyHostCount", "Maximum", true), "unhealthy", red}).fromZero(),
	}
}

func (o *observability) nodeWidgets(p *page) []*widget {
	t, c := o.Settings.Thresholds, o.Cluster
	return []*widget{
		p.graph("Nodes", line{c.metric("cluster_node_count", "Maximum"), "running", blue},
			line{c.metric("cluster_failed_node_count", "Maximum"), "failed", red}).
			threshold(c.MaxNodes, "most").fromZero(),
		p.graph("Nodes' CPU, %", line{c.metric("node_cpu_utilization", "Average"), "average", blue},
			line{c.metric("node_cpu_utilization", "Maximum"), "busiest", orange}).
			threshold(t.CPUPercent, "alarm (average)").upTo(100),
		p.graph("Nodes' memory, %",
			line{c.metric("node_memory_utilization", "Average"), "average", blue},
			line{c.metric("node_memory_utilization", "Maximum"), "fullest", orange}).
			threshold(t.MemoryPercent, "alarm (average)").upTo(100),
		p.graph("Nodes' disks, %", line{c.metric("node_filesystem_utilization", "Maximum"), "fullest", blue}).
			threshold(t.DiskPercent, "alarm").upTo(100),
	}
}

func (o *observability) applicationWidgets(p *page) []*widget {
	c := o.Cluster
	return []*widget{
		p.graph("Pods in trouble", line{c.metric("pod_status_pending", "Sum"), "pending", orange},
			line{c.metric("pod_container_status_waiting_reason_crash_loop_back_off", "Sum"), "crashing", red}).fromZero(),
		p.graph("Application errors logged, 5 min", line{o.counted("ApplicationErrors"), "errors", red}).every(300).
			threshold(o.Settings.Thresholds.ApplicationErrors, "alarm").fromZero(),
		p.log("Last errors of the application", c.ApplicationLogGroup, fmt.Sprintf(
			`fields @timestamp, kubernetes.pod_name, coalesce(log_processed.message, log_processed.msg, log) as message`+
				` | filter kubernetes.namespace_name = '%s' and log_processed.level in ['error', 'ERROR', 'fatal', `+
				`'FATAL'] | sort @timestamp desc | limit 20`, c.ApplicationNamespace)).wide(12),
	}
}

func (o *observability) counted(name string) metric {
	return metric{namespace: o.logNamespace(), name: name, statistic: "Sum"}
}

func (o *observability) databaseWidgets(p *page) []*widget {
	t, d := o.Settings.Thresholds, o.Database
	cpu := p.graph("CPU, %", line{d.metric("CPUUtilization", "Average", "WRITER"), "writer", blue}).
		threshold(t.CPUPercent, "alarm").upTo(100)
	memory := p.graph("Least free memory, MiB").
		expression("free / 1048576", "free", blue, d.metric("FreeableMemory", "Minimum", "").as("free")).
		threshold(t.DatabaseMemoryMiB, "alarm").fromZero()
	connections := p.graph("Connections of the fullest",
		line{d.metric("DatabaseConnections", "Maximum", "WRITER"), "writer", blue}).
		threshold(t.DatabaseConnections, "alarm").fromZero()
	latency := p.graph("Reads and commits, ms").
		expression("reads * 1000", "reads", blue, d.metric("ReadLatency", "Average", "").as("reads")).
		expression("commits", "commits", orange, d.metric("CommitLatency", "Average", "WRITER").as("commits")).fromZero()
	if !o.Database.Readers {
		return []*widget{cpu, memory, connections, latency}
	}
	cpu.add(line{d.metric("CPUUtilization", "Average", "READER"), "readers", green})
	connections.add(line{d.metric("DatabaseConnections", "Maximum", "READER"), "reader", green})
	lag := p.graph("Readers behind the writer, ms",
		line{d.metric("AuroraReplicaLagMaximum", "Maximum", ""), "furthest", blue}).
		threshold(t.ReplicaLagMilliseconds, "alarm").fromZero()
	return []*widget{cpu, memory, connections, latency, lag}
}

func (o *observability) cacheWidgets(p *page) []*widget {
	t := o.Settings.Thresholds
	nodes := func(title, name, statistic string) *widget {
		w := p.graph(title)
		for i, node := range o.Cache.ClusterIDs {
			w.add(line{cacheMetric(node, name, statistic), fmt.Sprintf("node %d", i+1), colors[i%len(colors)]})
		}
		return w
	}
	widgets := []*widget{
		nodes("CPU of Redis' thread, %", "EngineCPUUtilization", "Average").threshold(t.CPUPercent, "alarm").upTo(100),
		nodes("Memory, %", "DatabaseMemoryUsagePercentage", "Average").threshold(t.MemoryPercent, "alarm").upTo(100),
		nodes("Keys thrown away, 5 min", "Evictions", "Sum").every(300).threshold(t.CacheEvictions, "alarm").fromZero(),
		nodes("Reads that found their key, %", "CacheHitRate", "Average").upTo(100),
	}
	if o.Cache.Replicated {
		widgets = append(widgets,
			nodes("Behind the primary, s", "ReplicationLag", "Maximum").threshold(t.CacheLagSeconds, "alarm").fromZero())
	}
	return widgets
}

func (o *observability) upkeepWidgets(p *page) []*widget {
	ports := p.graph("NAT: refused, 5 min").every(300).fromZero()
	for i, gateway := range o.NATGatewayIDs {
		ports.add(line{natMetric(gateway, "ErrorPortAllocation", "Sum"), fmt.Sprintf("gateway %d", i+1),
			colors[i%len(colors)]})
	}
	days := p.latest("Days to the end of certificates",
		line{daysToExpiry(o.RegionalCertificateARN), "load balancer", blue})
	logs := p.graph("Fatal errors, refusals, 5 min", line{o.counted("DatabaseErrors"), "database", red},
		line{o.counted("DeniedCalls"), "cluster's API", orange}).every(300).fromZero().
		threshold(o.Settings.Thresholds.DatabaseErrors, "alarm, database").
		threshold(o.Settings.Thresholds.DeniedCalls, "alarm, API")
	topic := func(name string) metric {
		return metric{
			namespace:  "AWS/SNS",
			name:       name,
			dimensions: map[string]string{"TopicName": topicName(o.here)},
			statistic:  "Sum",
		}
	}
	// Notifications that fail are trouble that nobody hears of.
	news := p.graph("News of trouble, 5 min", line{topic("NumberOfMessagesPublished"), "published", blue},
		line{topic("NumberOfNotificationsFailed"), "not delivered", red}).every(300).fromZero()
	return []*widget{ports, days, logs, news}
}
