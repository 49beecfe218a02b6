package pages

import (
	"fmt"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/stacks/order"
)

// given is a resource of the owner's document and what stands for it here.
type given struct {
	document string // as the document has it
	kind     string // ours
	label    string // the end of our construct path, which is the document's label
	note     string
}

// givens are the resources of the owner's document, in its order.
var givens = []given{
	{"aws_cloudfront_distribution.cdn", "aws_cloudfront_distribution", "cdn",
		"its origin is a name that fails over, not the load balancer's"},
	{"aws_route53_record.dns", "aws_route53_record", "dns", "the name that users call, an alias of the distribution"},
	{"aws_vpc.main", "aws_vpc", "main", ""},
	{"aws_subnet.public", "aws_subnet", "public", "one a zone"},
	{"aws_subnet.private", "aws_subnet", "private", "one a zone"},
	{"aws_eks_cluster.eks", "aws_eks_cluster", "eks", ""},
	{"aws_lb.alb", "aws_lb", "alb", ""},
	{"aws_rds_cluster.aurora", "aws_rds_cluster", "aurora", "its password is written, and never read into state"},
	{"aws_elasticache_cluster.cache", "aws_elasticache_cluster", "cache", "in development; a replication group elsewhere"},
	{"aws_secretsmanager_secret.db_secret", "aws_secretsmanager_secret", "db_secret", ""},
	{"aws_kms_key.app_kms", "aws_kms_key", "app_kms", "one of several, each of a purpose"},
	{"aws_kms_alias.app_kms_alias", "aws_kms_alias", "app_kms", ""},
	{"aws_cloudwatch_log_group.eks_logs", "aws_cloudwatch_log_group", "eks_logs", "the name that EKS writes to"},
	{"aws_xray_group.app_tracing", "aws_xray_group", "app_tracing", ""},
	{"aws_iam_policy.xray_policy", "aws_iam_policy", "xray_policy", ""},
	{"aws_iam_role.xray_role", "aws_iam_role", "xray_role", "the collector's, by OIDC (IRSA)"},
	{"aws_iam_role_policy_attachment.xray_role_attach", "aws_iam_role_policy_attachment", "xray_role", ""},
	{"helm_release.prometheus", "helm_release", "prometheus", ""},
	{"helm_release.grafana", "helm_release", "grafana", "its password lies in Secrets Manager"},
	{"aws_ecr_repository.repo", "aws_ecr_repository", "repo", ""},
	{"aws_codepipeline.pipeline", "aws_codepipeline", "delivery_pipeline", ""},
	{"helm_release.app", "helm_release", "birthday-app", ""},
	{"aws_rds_cluster_snapshot.snapshot", "aws_db_cluster_snapshot", "snapshot",
		"the provider's name for it; where a second region takes over"},
	{"aws_s3_bucket.logs", "aws_s3_bucket", "logs", ""},
}

// place is a row of the page.
type place struct {
	Document  string
	Addresses []string
	Note      string
}

// documentPage says of each resource of the document where it is, by its address in a stack. An error names what is
// nowhere.
func (in Input) documentPage() ([]byte, error) {
	var inAWS []environments.Environment
	for _, environment := range in.Environments {
		if !environment.Emulator {
			inAWS = append(inAWS, environment)
		}
	}
	g, _, err := in.graphOf(inAWS...)
	if err != nil {
		return nil, err
	}
	var places []place
	for _, one := range givens {
		addresses := one.in(g, inAWS)
		if len(addresses) == 0 {
			return nil, fmt.Errorf("%s of the document is in no environment: no %s whose construct is called %q",
				one.document, one.kind, one.label)
		}
		places = append(places, place{one.document, addresses, one.note})
	}
	return render("document.md.tmpl", places)
}

// in are the addresses in the environment that has most of the resource: production's, if it has any.
func (one given) in(g *graph.Graph, all []environments.Environment) []string {
	for _, tier := range []environments.Tier{environments.Production, environments.Staging, environments.Development} {
		var addresses []string
		for _, environment := range all {
			if environment.Tier != tier || environment.DR.Primary != "" || len(addresses) > 0 {
				continue
			}
			for _, node := range g.Resources(one.kind) {
				if own(node.Stack, environment) && one.matches(node) {
					addresses = append(addresses, node.String())
				}
			}
		}
		if len(addresses) > 0 {
			return addresses
		}
	}
	return nil
}

// own is whether a stack is an environment's, and not the one that holds its copies in the second region.
func own(stack string, environment environments.Environment) bool {
	return stack == environment.Name || strings.HasPrefix(stack, environment.Name+order.Separator) &&
		stack != order.Name(environment, order.Second)
}

// matches is whether a construct's path has the label as a part, alone or before a hyphen: public-a, and not
// public-name.
func (one given) matches(node *graph.Node) bool {
	_, name, _ := strings.Cut(node.Address, ".")
	hash := strings.LastIndex(name, "_")
	if hash < 0 {
		return false
	}
	path := "_" + name[:hash] + "_"
	if strings.Contains(path, "_"+one.label+"_") {
		return true
	}
	for _, zone := range []string{"a", "b", "c"} {
		if strings.HasSuffix(path, "_"+one.label+"-"+zone+"_") {
			return true
		}
	}
	return strings.Contains(path, "_"+one.label+"-standby_")
}
