package cost

import (
	"strings"
)

// amount is how much of an item is used a month.
type amount struct {
	item     string
	quantity float64
}

// charged says of a type what its resources use of which items. All types of Terraform that the stacks hold stand
// here, in byUse or in free.
var charged = map[string]func(r Resource, all []Resource) []amount{
	"aws_eks_cluster":                   func(Resource, []Resource) []amount { return hourly("eks cluster", 1) },
	"aws_eks_node_group":                nodes,
	"aws_nat_gateway":                   natGateway,
	"aws_eip":                           func(Resource, []Resource) []amount { return hourly("public ipv4 address", 1) },
	"aws_vpc_endpoint":                  endpoint,
	"aws_lb":                            loadBalancer,
	"aws_rds_cluster":                   databaseCluster,
	"aws_rds_cluster_instance":          databaseInstance,
	"aws_elasticache_cluster":           cacheNodes("num_cache_nodes"),
	"aws_elasticache_replication_group": cacheNodes("num_cache_clusters"),
	"aws_kms_key":                       func(Resource, []Resource) []amount { return []amount{{"kms key", 1}} },
	"aws_secretsmanager_secret":         secret,
	"aws_cloudwatch_log_group":          logGroup,
	"aws_cloudwatch_metric_alarm":       alarm,
	"aws_cloudwatch_composite_alarm":    func(Resource, []Resource) []amount { return []amount{{"composite alarm", 1}} },
	"aws_wafv2_web_acl":                 webACL,
	"aws_route53_zone":                  func(Resource, []Resource) []amount { return []amount{{"hosted zone", 1}} },
	"aws_route53_health_check":          func(Resource, []Resource) []amount { return []amount{{"health check", 1}} },
}

func hourly(item string, number float64) []amount { return []amount{{item, number * Usage.Hours}} }

// nodes are a group's instances and their volumes. EKS itself takes nothing for a managed node group.
func nodes(r Resource, all []Resource) []amount {
	number := r.number("scaling_config.desired_size", 0)
	types := r.list("instance_types")
	if number == 0 || len(types) == 0 {
		return nil
	}
	kind, _ := types[0].(string)
	found := hourly("ec2 "+kind, number)
	if template, ok := r.related("launch_template.id", "aws_launch_template", all); ok {
		for _, device := range template.list("block_device_mappings") {
			volume := Resource{Arguments: device}
			found = append(found, amount{"ebs " + volume.text("ebs.volume_type"), number * volume.number("ebs.volume_size", 0)})
		}
	}
	return found
}

func natGateway(Resource, []Resource) []amount {
	return append(hourly("nat gateway", 1), amount{"nat gateway data", Usage.NATGigabytes})
}

// endpoint is paid for in each zone, and free as a gateway (AWS PrivateLink pricing).
func endpoint(r Resource, _ []Resource) []amount {
	if r.text("vpc_endpoint_type") != "Interface" {
		return nil
	}
	return hourly("interface endpoint", float64(len(r.list("subnet_ids"))))
}

func loadBalancer(r Resource, _ []Resource) []amount {
	if r.text("load_balancer_type") != "application" {
		return []amount{{r.text("load_balancer_type") + " load balancer", 1}}
	}
	found := hourly("application load balancer", 1)
	found = append(found, hourly("load balancer capacity unit", Usage.CapacityUnits)...)
	if !r.flag("internal") { // it has an address in each of its subnets
		found = append(found, hourly("public ipv4 address", float64(len(r.list("subnets"))))...)
	}
	return found
}

const ioOptimized = "aurora-iopt1"

func databaseCluster(r Resource, _ []Resource) []amount {
	var found []amount
	if r.text("database_insights_mode") == "advanced" {
		found = append(found, amount{"database insights, advanced", 1})
	}
	if r.text("storage_type") == ioOptimized {
		return append(found, amount{"aurora storage, I/O-optimized", Usage.DatabaseGB})
	}
	return append(found, amount{"aurora storage", Usage.DatabaseGB},
		amount{"aurora input and output", Usage.DatabaseRequests})
}

func databaseInstance(r Resource, all []Resource) []amount {
	cluster, ok := r.related("cluster_identifier", "aws_rds_cluster", all)
	suffix := ""
	if ok && cluster.text("storage_type") == ioOptimized {
		suffix = ", I/O-optimized"
	}
	if r.text("instance_class") != "db.serverless" {
		return hourly(r.text("engine")+" "+r.text("instance_class")+suffix, 1)
	}
	return hourly("aurora capacity unit"+suffix, cluster.number("serverlessv2_scaling_configuration.min_capacity", 0))
}

func cacheNodes(number string) func(Resource, []Resource) []amount {
	return func(r Resource, _ []Resource) []amount {
		nodes := r.number(number, 1) * r.number("num_node_groups", 1)
		return hourly(r.text("engine")+" "+r.text("node_type"), nodes)
	}
}

// secret is paid for once more for each replica (AWS Secrets Manager pricing).
func secret(r Resource, _ []Resource) []amount {
	return []amount{{"secret", float64(1 + len(r.list("replica")))}}
}

func logGroup(r Resource, _ []Resource) []amount {
	const daysAMonth = 30.4
	kept := Usage.LogGigabytes * r.number("retention_in_days", 0) / daysAMonth
	return []amount{{"log data", Usage.LogGigabytes}, {"log storage", kept}}
}

// alarm is paid for by the metric that it looks at (Amazon CloudWatch pricing).
func alarm(r Resource, _ []Resource) []amount {
	metrics := 0
	for _, query := range r.list("metric_query") {
		if at(query, "metric") != nil {
			metrics++
		}
	}
	return []amount{{"alarm metric", float64(max(metrics, 1))}}
}

func webACL(r Resource, _ []Resource) []amount {
	rules := float64(len(r.list("rule")))
	return []amount{{"web acl", 1}, {"web acl rule", rules}, {"web acl requests", Usage.RequestMillions}}
}

// isFree is whether nothing is paid for a type's resources themselves.
func isFree(kind string) bool {
	for _, part := range free {
		if kind == part || strings.HasSuffix(part, "*") && strings.HasPrefix(kind, strings.TrimSuffix(part, "*")) {
			return true
		}
	}
	return false
}
