package soundness

import (
	"fmt"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// orderRule is what a first apply has to make before what. Both are a resource type, and where a point follows, what
// the construct path begins with: every resource of the one waits for all of the other.
type orderRule struct{ of, before, reason string }

// orderRules are what no argument says, and what a fresh account refuses or a new environment does not survive.
var orderRules = []orderRule{
	{"aws_lb", "aws_internet_gateway", "a load balancer in public subnets is refused: VPC has no internet gateway"},
	{"aws_lb", "aws_route.network_public", "it takes requests as soon as it is there"},
	{"aws_lb", "aws_route_table_association.network_public", "it takes requests as soon as it is there"},
	{"aws_eip", "aws_internet_gateway", "EC2 User Guide: an address in a VPC may need its gateway first"},
	{"aws_nat_gateway", "aws_internet_gateway", "a NAT gateway fails without the VPC's gateway"},
	{"aws_eks_node_group", "aws_internet_gateway", "a node joins by the public endpoints that have no private one"},
	{"aws_eks_node_group", "aws_route.network_public", "its NAT gateway leads nowhere"},
	{"aws_eks_node_group", "aws_route_table_association.network_public", "its NAT gateway leads nowhere"},
	{"aws_eks_node_group", "aws_route.network_private", "a node that starts before its route never joins"},
	{"aws_eks_node_group", "aws_route_table_association.network_private",
		"a node that starts before its route never joins"},
	{"aws_eks_node_group", "aws_vpc_endpoint", "a name that changes its address under a node that starts"},
	{"aws_eks_node_group", "aws_vpc_security_group_ingress_rule.network_endpoints", "endpoints that refuse a node"},
	{"aws_eks_node_group", "aws_vpc_security_group_egress_rule.cluster",
		"a node that can't reach the API never joins"},
	{"aws_eks_node_group", "aws_vpc_security_group_ingress_rule.cluster", "an API that a node can't reach"},
	{"aws_eks_node_group", "aws_eks_addon.cluster_vpc-cni", "a node without a network is never ready"},
	{"aws_eks_node_group", "aws_eks_addon.cluster_kube-proxy", "a node without services is of no use"},
	{"aws_eks_addon.cluster_coredns", "aws_eks_node_group",
		"its pods need nodes, else it is degraded until it times out"},
	{"aws_eks_addon.cluster_aws-ebs-csi-driver", "aws_eks_node_group", "its pods need nodes"},
	{"aws_eks_addon.cluster_amazon-cloudwatch-observability", "aws_eks_node_group", "its pods need nodes"},
	{"aws_eks_cluster", "aws_cloudwatch_log_group.cluster_eks_logs",
		"EKS makes the group itself, without retention and key"},
	{"aws_s3_bucket_replication_configuration", "aws_s3_bucket_versioning",
		"replication of a bucket without versions is refused"},
	{"aws_appautoscaling_target", "aws_rds_cluster_instance", "readers scale a cluster that has instances"},
	{"aws_codepipeline", "aws_s3_bucket_policy.artifacts", "its first run begins by itself"},
	{"aws_kinesis_firehose_delivery_stream", "aws_cloudwatch_log_stream",
		"what it can't deliver would be told nowhere"},
	{"aws_backup_restore_testing_selection", "aws_rds_cluster_instance",
		"the provider repeats no call for a role that is seconds old"},
	{"aws_cloudwatch_log_subscription_filter", "aws_kinesis_firehose_delivery_stream",
		"the provider repeats no call for a role that is seconds old"},
	{"aws_kinesis_firehose_delivery_stream", "aws_iam_role_policy.backup_subscription-policy",
		"the subscription's role has to be older than the stream"},
	{"aws_eks_node_group", "aws_eks_cluster", "the provider repeats no call for a role that is seconds old"},
	{"aws_rds_export_task", "aws_db_cluster_snapshot", "the provider repeats no call for a role that is seconds old"},
	{"aws_lb_listener", "aws_acm_certificate_validation", "a listener refuses a certificate that is not issued"},
	{"aws_cloudfront_distribution", "aws_acm_certificate_validation",
		"a distribution refuses a certificate that is not issued"},
}

// FirstApply is what would be made too early. Where all stacks are looked at, a rule that is about nothing is
// one, too.
func FirstApply(all *graph.Graph, whole bool) []string {
	var problems []string
	for _, rule := range orderRules {
		found := false
		firsts := resourcesAt(all, rule.before)
		for _, node := range resourcesAt(all, rule.of) {
			waits := graph.Reach(node, (*graph.Node).References)
			for _, first := range firsts {
				if first.Stack != node.Stack || !concerns(node, first) {
					continue
				}
				found = true
				if _, ok := waits[first]; !ok {
					problems = append(problems, fmt.Sprintf("%s does not wait for %s: %s", node, first.Address, rule.reason))
				}
			}
		}
		if whole && !found {
			problems = append(problems, fmt.Sprintf("nothing is held to: %s after %s", rule.of, rule.before))
		}
	}
	return problems
}

// resourcesAt are the resources of a type, and those alone that are at a construct path where one follows.
func resourcesAt(all *graph.Graph, typeAndPath string) []*graph.Node {
	kind, path, _ := strings.Cut(typeAndPath, ".")
	var found []*graph.Node
	for _, node := range all.Resources(kind) {
		if strings.Contains(node.Address, "."+path) || path != "" && strings.Contains(node.Address, "_"+path) {
			found = append(found, node)
		}
	}
	return found
}

// concerns is whether one of two resources is about the other: buckets have their own versioning and policy, a
// listener for redirects no certificate.
func concerns(node, first *graph.Node) bool {
	switch first.Type {
	case "aws_s3_bucket_versioning":
		edge, ok := node.Reference("bucket")
		return ok && first.Refers("bucket", edge.To)
	case "aws_acm_certificate_validation":
		return node.Type != "aws_lb_listener" || node.Text("certificate_arn") != ""
	case "aws_s3_bucket_policy":
		policed, ok := first.Reference("bucket")
		return ok && strings.Contains(fmt.Sprint(node.At("artifact_store")), policed.To.Text("bucket"))
	}
	return true
}
