package observability

import "fmt"

// loadBalancerAlarms declares what tells of requests as the load balancer sees them. It returns those that
// mean that nobody is served.
func (o *observability) loadBalancerAlarms() []declared {
	t := o.Settings.Thresholds
	hosts := o.alarm(alarm{
		id:          "load-balancer-hosts",
		description: "No pod takes requests: none answers the load balancer's health check, or none is registered",
		metric:      o.LoadBalancer.metric("HealthyHostCount", "Maximum", true),
		comparison:  below,
		threshold:   1,
		points:      3,
		missing:     breaching, // there as long as a target is registered
		noActions:   true,
	})
	share, of := o.LoadBalancer.errorShare()
	outage := o.alarm(alarm{
		id:          "load-balancer-outage",
		description: fmt.Sprintf("More than %d %% of the requests have failed with 5xx for three minutes", t.OutagePercent),
		expression:  share,
		metrics:     of,
		comparison:  above,
		threshold:   t.OutagePercent,
		points:      3,
		missing:     notBreaching,
		noActions:   true,
	})
	o.alarm(alarm{
		id:          "load-balancer-errors",
		description: fmt.Sprintf("More than %d %% of the requests have failed with 5xx for five minutes", t.ErrorPercent),
		expression:  share,
		metrics:     of,
		comparison:  above,
		threshold:   t.ErrorPercent,
		points:      5,
		missing:     notBreaching,
	})
	o.alarm(alarm{
		id: "load-balancer-latency",
		description: fmt.Sprintf("One request in a hundred has taken longer than %d ms for five minutes",
			t.LatencyMilliseconds),
		// In milliseconds, as the file has it: a threshold of the metric's own seconds would be a fraction.
		expression: "latency * 1000",
		metrics:    []metric{o.LoadBalancer.metric("TargetResponseTime", "p99", false).as("latency")},
		comparison: above,
		threshold:  t.LatencyMilliseconds,
		points:     5,
		missing:    notBreaching,
	})
	o.alarm(alarm{
		id:          "load-balancer-unhealthy",
		description: "A pod has failed the load balancer's health check for ten minutes",
		metric:      o.LoadBalancer.metric("UnHealthyHostCount", "Minimum", true),
		comparison:  above,
		threshold:   0,
		points:      10,
		missing:     notBreaching,
	})
	return []declared{hosts, outage}
}

// metric is a metric of the load balancer, or of its target group.
func (l LoadBalancer) metric(name, statistic string, ofTargets bool) metric {
	dimensions := map[string]string{"LoadBalancer": l.ARNSuffix}
	if ofTargets {
		dimensions["TargetGroup"] = l.TargetGroupSuffix
	}
	return metric{namespace: "AWS/ApplicationELB", name: name, dimensions: dimensions, statistic: statistic}
}

// errorShare is the share of requests that failed, in percent, and the metrics that it is declared of. RequestCount
// leaves out what the load balancer answered without a target (ALB User Guide, 'CloudWatch metrics'), so that is added:
// else an outage without any pod would be a share of nothing.
func (l LoadBalancer) errorShare() (expression string, metrics []metric) {
	// Counts are there only where there is something to count; SUM over a list adds up those that are.
	return "100 * SUM([failed, refused]) / SUM([requests, refused])", []metric{
		l.metric("HTTPCode_Target_5XX_Count", "Sum", false).as("failed"),
		l.metric("HTTPCode_ELB_5XX_Count", "Sum", false).as("refused"),
		l.metric("RequestCount", "Sum", false).as("requests"),
	}
}

// as is a metric with the id that an expression calls it by.
func (m metric) as(id string) metric {
	m.id = id
	return m
}
