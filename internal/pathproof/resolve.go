package pathproof

import (
	"regexp"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// deepest is how many references are followed one after another; Terraform refuses circles.
const deepest = 10

// forms are the ARNs of the resources that policies name (Service Authorization Reference). {id} is what AWS makes;
// other braces are arguments of the resource, and the account and region of its stack.
var forms = map[string]string{
	"aws_backup_vault":                  "arn:aws:backup:{region}:{account}:backup-vault:{name}",
	"aws_cloudfront_distribution":       "arn:aws:cloudfront::{account}:distribution/{id}",
	"aws_cloudwatch_log_group":          "arn:aws:logs:{region}:{account}:log-group:{name}",
	"aws_codebuild_project":             "arn:aws:codebuild:{region}:{account}:project/{name}",
	"aws_codepipeline":                  "arn:aws:codepipeline:{region}:{account}:{name}",
	"aws_ecr_repository":                "arn:aws:ecr:{region}:{account}:repository/{name}",
	"aws_eks_cluster":                   "arn:aws:eks:{region}:{account}:cluster/{name}",
	"aws_elasticache_cluster":           "arn:aws:elasticache:{region}:{account}:cluster:{cluster_id}",
	"aws_elasticache_replication_group": "arn:aws:elasticache:{region}:{account}:replicationgroup:{replication_group_id}",
	"aws_elasticache_user":              "arn:aws:elasticache:{region}:{account}:user:{user_id}",
	"aws_iam_openid_connect_provider":   "arn:aws:iam::{account}:oidc-provider/{id}",
	"aws_iam_policy":                    "arn:aws:iam::{account}:policy/{name}",
	"aws_iam_role":                      "arn:aws:iam::{account}:role/{name}",
	"aws_kms_key":                       "arn:aws:kms:{region}:{account}:key/{id}",
	"aws_lb_target_group":               "arn:aws:elasticloadbalancing:{region}:{account}:targetgroup/{id}",
	"aws_rds_cluster":                   "arn:aws:rds:{region}:{account}:cluster:{cluster_identifier}",
	"aws_s3_bucket":                     "arn:aws:s3:::{bucket}",
	"aws_secretsmanager_secret":         "arn:aws:secretsmanager:{region}:{account}:secret:{name}-??????",
	"aws_sns_topic":                     "arn:aws:sns:{region}:{account}:{name}",
	"aws_ssm_parameter":                 "arn:aws:ssm:{region}:{account}:parameter{name}",
}

var brace = regexp.MustCompile(`{[a-z_]+}`)

// arn is the ARN of a resource as a pattern: unknown as a whole for a type that has no form.
func (f *Facts) arn(node *graph.Node) string {
	form, ok := forms[node.Type]
	if !ok || node.Section != graph.Resource {
		return string(unknown)
	}
	at := f.places[node.Stack]
	return brace.ReplaceAllStringFunc(form, func(argument string) string {
		switch argument = strings.Trim(argument, "{}"); argument {
		case "account":
			return at.account
		case "region":
			return at.region
		case "id":
			return f.tokens.of(node)
		}
		return f.argument(node, argument, deepest)
	})
}

// pattern is a string of a node with its references resolved.
func (f *Facts) pattern(node *graph.Node, text string) string { return f.resolve(node, text, deepest) }

// Value is a string of a node as it will be; it is not ok where AWS makes a part of it.
func (f *Facts) Value(node *graph.Node, text string) (value string, ok bool) {
	value = f.pattern(node, text)
	return value, !strings.ContainsFunc(value, func(r rune) bool { return isToken(r) || r == unknown })
}

func (f *Facts) resolve(node *graph.Node, text string, deep int) string {
	parts, err := f.Graph.Parts(node, text)
	if err != nil || deep == 0 {
		return string(unknown)
	}
	var found strings.Builder
	for _, part := range parts {
		switch {
		case part.To != nil:
			found.WriteString(f.value(part.To, part.Attribute, deep-1))
		case part.Literal != "":
			found.WriteString(part.Literal)
		default:
			found.WriteRune(unknown)
		}
	}
	return found.String()
}

// ids are the arguments that a resource's id is made of, where it is not an id of AWS'.
var ids = map[string]string{
	"aws_iam_role": "name", "aws_s3_bucket": "bucket", "aws_eks_cluster": "name", "aws_ecr_repository": "name",
	"aws_cloudwatch_log_group": "name", "aws_backup_vault": "name", "aws_ssm_parameter": "name",
}

// value is what an attribute of a node will be.
func (f *Facts) value(node *graph.Node, attribute string, deep int) string {
	switch {
	case node.Section == graph.Local:
		text, _ := node.Body.(string)
		return f.resolve(node, text, deep)
	case node.Type == "terraform_remote_state":
		return f.remote(node, attribute, deep)
	case node.Type == "aws_caller_identity" && attribute == "account_id":
		return f.places[node.Stack].account
	case node.Section != graph.Resource:
		return string(unknown)
	case attribute == "arn", node.Type == "aws_secretsmanager_secret" && attribute == "id":
		return f.arn(node)
	case node.Type == "aws_rds_cluster" && strings.HasPrefix(attribute, "master_user_secret"):
		return f.masterSecret(node)
	case attribute == "id" && ids[node.Type] != "":
		attribute = ids[node.Type]
	case attribute == "id", attribute == "key_id":
		return f.tokens.of(node)
	}
	return f.argument(node, attribute, deep)
}

// argument is an argument of a resource as it will be; a prefix is a beginning.
func (f *Facts) argument(node *graph.Node, argument string, deep int) string {
	if text, ok := node.At(argument).(string); ok {
		return f.resolve(node, text, deep)
	}
	if prefix, ok := node.At(argument + "_prefix").(string); ok {
		return f.resolve(node, prefix, deep) + f.tokens.of(node)
	}
	return string(unknown)
}

// remote is an output of the stack whose state another one reads.
func (f *Facts) remote(node *graph.Node, attribute string, deep int) string {
	stack, _, _ := strings.Cut(node.Text("config.key"), "/")
	output := f.Graph.Node(stack, "output."+strings.TrimPrefix(attribute, "outputs."))
	if output == nil {
		return string(unknown)
	}
	return f.resolve(output, output.Text("value"), deep)
}
