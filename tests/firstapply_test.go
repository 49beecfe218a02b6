package tests

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/graph"
)

// orderRule is what a first apply has to make before what: every resource of the first type and path waits for all of
// the second's.
type orderRule struct {
	kind, path   string // path begins the construct path, with _ between its steps; empty is any
	before, from string // what is made before, likewise
	reason       string
}

// orderRules are what no argument says, and what a fresh account refuses or a new environment does not survive.
var orderRules = []orderRule{
	{
		"aws_lb",
		"",
		"aws_internet_gateway",
		"",
		"a load balancer in public subnets is refused: VPC has no internet gateway",
	},
	{"aws_lb", "", "aws_route", "network_public", "it takes requests as soon as it is there"},
	{"aws_lb", "", "aws_route_table_association", "network_public", "it takes requests as soon as it is there"},
	{"aws_eip", "", "aws_internet_gateway", "", "EC2 User Guide: an address in a VPC may need its gateway first"},
	{"aws_nat_gateway", "", "aws_internet_gateway", "", "a NAT gateway fails without the VPC's gateway"},
	{
		"aws_eks_node_group",
		"",
		"aws_internet_gateway",
		"",
		"a node joins by the public endpoints that have no private one",
	},
	{"aws_eks_node_group", "", "aws_route", "network_public", "its NAT gateway leads nowhere"},
	{"aws_eks_node_group", "", "aws_route_table_association", "network_public", "its NAT gateway leads nowhere"},
	{"aws_eks_node_group", "", "aws_route", "network_private", "a node that starts before its route never joins"},
	{
		"aws_eks_node_group",
		"",
		"aws_route_table_association",
		"network_private",
		"a node that starts before its route never joins",
	},
	{"aws_eks_node_group", "", "aws_vpc_endpoint", "", "a name that changes its address under a node that starts"},
	{
		"aws_eks_node_group",
		"",
		"aws_vpc_security_group_ingress_rule",
		"network_endpoints",
		"endpoints that refuse a node",
	},
	{
		"aws_eks_node_group",
		"",
		"aws_vpc_security_group_egress_rule",
		"cluster",
		"a node that can't reach the API never joins",
	},
	{"aws_eks_node_group", "", "aws_vpc_security_group_ingress_rule", "cluster", "an API that a node can't reach"},
	{"aws_eks_node_group", "", "aws_eks_addon", "cluster_vpc-cni", "a node without a network is never ready"},
	{"aws_eks_node_group", "", "aws_eks_addon", "cluster_kube-proxy", "a node without services is of no use"},
	{
		"aws_eks_addon",
		"cluster_coredns",
		"aws_eks_node_group",
		"",
		"its pods need nodes, else it is degraded until it times out",
	},
	{"aws_eks_addon", "cluster_aws-ebs-csi-driver", "aws_eks_node_group", "", "its pods need nodes"},
	{"aws_eks_addon", "cluster_amazon-cloudwatch-observability", "aws_eks_node_group", "", "its pods need nodes"},
	{
		"aws_eks_cluster",
		"",
		"aws_cloudwatch_log_group",
		"cluster_eks_logs",
		"EKS makes the group itself, without retention and key",
	},
	{
		"aws_s3_bucket_replication_configuration",
		"",
		"aws_s3_bucket_versioning",
		"",
		"replication of a bucket without versions is refused",
	},
	{"aws_appautoscaling_target", "", "aws_rds_cluster_instance", "", "readers scale a cluster that has instances"},
	{"aws_codepipeline", "", "aws_s3_bucket_policy", "artifacts", "its first run begins by itself"},
	{
		"aws_kinesis_firehose_delivery_stream",
		"",
		"aws_cloudwatch_log_stream",
		"",
		"what it can't deliver would be told nowhere",
	},
	{
		"aws_backup_restore_testing_selection",
		"",
		"aws_rds_cluster_instance",
		"",
		"the provider repeats no call for a role that is seconds old",
	},
	{
		"aws_cloudwatch_log_subscription_filter",
		"",
		"aws_kinesis_firehose_delivery_stream",
		"",
		"the provider repeats no call for a role that is seconds old",
	},
	{
		"aws_kinesis_firehose_delivery_stream",
		"",
		"aws_iam_role_policy",
		"backup_subscription-policy",
		"the subscription's role has to be older than the stream",
	},
	{"aws_eks_node_group", "", "aws_eks_cluster", "", "the provider repeats no call for a role that is seconds old"},
	{
		"aws_rds_export_task",
		"",
		"aws_db_cluster_snapshot",
		"",
		"the provider repeats no call for a role that is seconds old",
	},
	{
		"aws_lb_listener",
		"",
		"aws_acm_certificate_validation",
		"",
		"a listener refuses a certificate that is not issued",
	},
	{
		"aws_cloudfront_distribution",
		"",
		"aws_acm_certificate_validation",
		"",
		"a distribution refuses a certificate that is not issued",
	},
}

func TestAFirstApplyHasItsOrder(t *testing.T) {
	for _, problem := range soundness.FirstApply(graphOf(t, synthesized), true) {
		t.Error(problem)
	}
	if problems := soundness.Builds(graphOf(t, synthesized)); len(problems) > 0 {
		t.Error(problems)
	}
}

// Each rule finds what it is there for: with its edge cut, the apply would be wrong.
func TestAnOrderThatIsCutIsFound(t *testing.T) {
	for _, plant := range []struct{ stack, kind, prefix, want string }{
		{"prod", "aws_lb", "loadbalancer", "aws_internet_gateway"},
		{"prod", "aws_eks_node_group", "cluster", "aws_vpc_endpoint"},
		{"dev", "aws_eks_node_group", "cluster", "aws_route"},
		{"prod", "aws_eip", "network", "aws_internet_gateway"},
		{"dev", "aws_eks_addon", "cluster_coredns", "aws_eks_node_group"},
		{"prod", "aws_codebuild_project", "deployer_apply", "waits for no route"},
	} {
		planted := map[string]Stack{plant.stack: stack(t, plant.stack).Copy()}
		delete(planted[plant.stack].Find(plant.kind, plant.prefix).Body, "depends_on")
		all := graphOf(t, planted)
		problems := append(soundness.FirstApply(all, false), soundness.Builds(all)...)
		if !slices.ContainsFunc(
			problems,
			func(p string) bool { return strings.Contains(p, plant.kind+".") && strings.Contains(p, plant.want) },
		) {
			t.Errorf("%s of %s waits for nothing, and seen are %q", plant.kind, plant.stack, problems)
		}
	}
}

// orderProblems are what would be made too early. Where all stacks are looked at, a rule that is about nothing is
// one, too.
func soundness.FirstApply(all *graph.Graph, whole bool) []string {
	var problems []string
	for _, rule := range orderRules {
		found := false
		for _, node := range all.Resources(rule.kind) {
			if !at(node, rule.path) {
				continue
			}
			waits := graph.Reach(node, (*graph.Node).References)
			for _, first := range all.Resources(rule.before) {
				if first.Stack != node.Stack || !at(first, rule.from) || !concerns(node, first) {
					continue
				}
				found = true
				if _, ok := waits[first]; !ok {
					problems = append(
						problems,
						fmt.Sprintf("%s does not wait for %s: %s", node, first.Address, rule.reason),
					)
				}
			}
		}
		if whole && !found {
			problems = append(
				problems,
				fmt.Sprintf("nothing is held to: %s %s after %s %s", rule.kind, rule.path, rule.before, rule.from),
			)
		}
	}
	return problems
}

// at is whether a resource is at a construct path.
func at(node *graph.Node, path string) bool {
	return strings.Contains(node.Address, "."+path) || path != "" && strings.Contains(node.Address, "_"+path)
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

// vpcBuildProblems are builds in the VPC that could begin before their way out is there: those that a pipeline starts
// as it is made.
func soundness.Builds(all *graph.Graph) []string {
	var problems []string
	for _, project := range all.Resources("aws_codebuild_project") {
		if project.At("vpc_config") == nil {
			continue
		}
		waits := graph.Reach(project, (*graph.Node).References)
		for _, kind := range []string{"aws_route", "aws_vpc_security_group_egress_rule", "aws_eks_access_policy_association"} {
			if !slices.ContainsFunc(
				all.Resources(kind),
				func(first *graph.Node) bool { _, ok := waits[first]; return ok },
			) {
				problems = append(
					problems,
					fmt.Sprintf("%s waits for no %s", project, strings.TrimPrefix(kind, "aws_")),
				)
			}
		}
	}
	return problems
}

// actsLater are the types that name a role for what happens later, or as who may do something: nothing acts by the
// role while they are made.
var actsLater = map[string]bool{
	"aws_eks_access_entry":              true,
	"aws_eks_access_policy_association": true,
	"aws_iam_role_policy":               true,
	"aws_iam_role_policy_attachment":    true,
}

// A service that is given a role tries it at once, or soon after. Its policies come first: IAM's delay is then the
// only one, and those services whose calls the provider repeats are in docs/firstapply.md.
func TestWhatActsByARoleWaitsForItsPolicies(t *testing.T) {
	all := graphOf(t, synthesized)
	problems, seen := soundness.Roles(all)
	for _, problem := range problems {
		t.Error(problem)
	}
	if seen < 100 {
		t.Errorf("only %d resources act by a role", seen)
	}
	planted := map[string]Stack{"prod": stack(t, "prod").Copy()}
	delete(planted["prod"].Find("aws_codepipeline", "birthday-app").Body, "depends_on")
	if problems, _ := soundness.Roles(graphOf(t, planted)); len(problems) == 0 {
		t.Error("a pipeline does not wait for its role's policy, and nothing is seen")
	}
}

func soundness.Roles(all *graph.Graph) (problems []string, seen int) {
	for _, role := range all.Resources("aws_iam_role") {
		var policies []*graph.Node
		for _, edge := range role.Referrers() {
			if kind := edge.From.Type; kind == "aws_iam_role_policy" || kind == "aws_iam_role_policy_attachment" {
				policies = append(policies, edge.From)
			}
		}
		for _, edge := range role.Referrers() {
			acting := edge.From
			// Within a text it is a principal, or somebody's to pass on.
			if acting.Section != graph.Resource || actsLater[acting.Type] || !edge.Whole {
				continue
			}
			seen++
			waits := graph.Reach(acting, (*graph.Node).References)
			for _, policy := range policies {
				if _, ok := waits[policy]; !ok {
					problems = append(
						problems,
						fmt.Sprintf("%s acts by %s, and does not wait for %s", acting, role.Address, policy.Address),
					)
				}
			}
		}
	}
	return problems, seen
}

// What names a role or a key of its own apply is a question of the page, which says what happens while AWS does not
// know it yet.
func TestThePageNamesWhatNamesARoleOrAKey(t *testing.T) {
	page, err := os.ReadFile("../docs/firstapply.md")
	if err != nil {
		t.Fatal(err)
	}
	all := graphOf(t, synthesized)
	for _, named := range slices.Concat(all.Resources("aws_iam_role"), all.Resources("aws_kms_key")) {
		for _, edge := range named.Referrers() {
			kind := edge.From.Type
			if edge.Whole && edge.From.Section == graph.Resource && !strings.Contains(string(page), "`"+kind+"`") {
				t.Errorf("docs/firstapply.md does not name %s, and %s names %s", kind, edge.From, named.Address)
			}
		}
	}
}
