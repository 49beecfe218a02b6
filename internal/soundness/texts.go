package soundness

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/titan-platform/titan/internal/synth"
)

// textRule is what AWS takes as a text.
type textRule struct {
	characters *regexp.Regexp // of the whole of it; nil is all
	longest    int            // in characters; 0 is not said
	source     string
}

// Sets of characters that more than one text has.
var (
	ec2Text  = regexp.MustCompile(`^[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]*$`)
	iamText  = regexp.MustCompile(`^[\x09\x0A\x0D\x20-\x7E\xA1-\x{FF}]*$`)
	wafText  = regexp.MustCompile(`^[\w+=:#@/\-,.][\w+=:#@/\-,.\s]+[\w+=:#@/\-,.]$`)
	wafName  = regexp.MustCompile(`^[\w-]+$`)
	stepName = regexp.MustCompile(`^[A-Za-z0-9.@\-_]+$`)
	// tagText is the narrowest of the services' own sets: IAM's, ACM's, CloudFront's, WAF's and Systems Manager's.
	tagText = regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$`)
)

// textRules are the texts that AWS restricts, by resource type and path of the attribute; * is every item of a list.
// Plan and validate see none of these: EC2's refusal of an apostrophe comes in the middle of a first apply.
var textRules = map[string]map[string]textRule{
	"aws_cloudfront_cache_policy": {"comment": {nil, 128, "CloudFront API Reference, CachePolicyConfig"}},
	"aws_cloudfront_distribution": {"comment": {nil, 128, "CloudFront API Reference, DistributionConfig"}},
	"aws_cloudfront_origin_access_control": {
		"description": {nil, 256, "CloudFront API Reference, OriginAccessControlConfig"},
	},
	"aws_cloudfront_origin_request_policy": {
		"comment": {nil, 128, "CloudFront API Reference, OriginRequestPolicyConfig"},
	},
	"aws_cloudfront_response_headers_policy": {
		"comment": {nil, 128, "CloudFront API Reference, ResponseHeadersPolicyConfig"},
	},
	"aws_cloudwatch_composite_alarm": {
		"alarm_description": {nil, 1024, "CloudWatch API Reference, PutCompositeAlarm"},
	},
	"aws_cloudwatch_event_rule": {"description": {nil, 512, "EventBridge API Reference, PutRule"}},
	"aws_cloudwatch_metric_alarm": {
		"alarm_description": {nil, 1024, "CloudWatch API Reference, PutMetricAlarm"},
	},
	"aws_codebuild_project": {"description": {nil, 255, "CodeBuild API Reference, CreateProject"}},
	"aws_codepipeline":      pipelineTexts,
	"aws_db_subnet_group": {
		"description": {iamText, 0, "RDS API Reference, CreateDBSubnetGroup, which names no set: ASCII"},
	},
	"aws_elasticache_parameter_group": {
		"description": {iamText, 0, "ElastiCache API Reference, CreateCacheParameterGroup, which names no set: ASCII"},
	},
	"aws_elasticache_replication_group": {
		"description": {iamText, 0, "ElastiCache API Reference, CreateReplicationGroup, which names no set: ASCII"},
	},
	"aws_elasticache_subnet_group": {
		"description": {iamText, 0, "ElastiCache API Reference, CreateCacheSubnetGroup, which names no set: ASCII"},
	},
	"aws_iam_policy": {
		"description": {iamText, 1000, "IAM API Reference, CreatePolicy; the set is CreateRole's"},
	},
	"aws_iam_role":        {"description": {iamText, 1000, "IAM API Reference, CreateRole"}},
	"aws_kms_key":         {"description": {nil, 8192, "KMS API Reference, CreateKey"}},
	"aws_launch_template": {"description": {nil, 255, "EC2 API Reference, CreateLaunchTemplate"}},
	"aws_lb_listener": {
		"default_action.*.fixed_response.message_body": {
			nil,
			1024,
			"Elastic Load Balancing API Reference, FixedResponseActionConfig",
		},
	},
	"aws_lb_listener_rule": {
		"action.*.fixed_response.message_body": {
			nil,
			1024,
			"Elastic Load Balancing API Reference, FixedResponseActionConfig",
		},
	},
	"aws_rds_cluster_parameter_group": {
		"description": {iamText, 0, "RDS API Reference, CreateDBClusterParameterGroup, which names no set: ASCII"},
	},
	"aws_route53_zone": {"comment": {nil, 256, "Route 53 API Reference, HostedZoneConfig"}},
	"aws_secretsmanager_secret": {
		"description": {nil, 2048, "Secrets Manager API Reference, CreateSecret"},
	},
	"aws_security_group": {"description": {ec2Text, 255, "EC2 API Reference, CreateSecurityGroup"}},
	"aws_sns_topic":      {"display_name": {iamText, 100, "SNS API Reference, SetTopicAttributes"}},
	"aws_ssm_parameter": {
		"description": {nil, 1024, "Systems Manager API Reference, PutParameter"},
	},
	"aws_vpc_security_group_egress_rule":  {"description": {ec2Text, 255, "EC2 API Reference, IpRange"}},
	"aws_vpc_security_group_ingress_rule": {"description": {ec2Text, 255, "EC2 API Reference, IpRange"}},
	"aws_wafv2_ip_set": {
		"description": {wafText, 256, "WAFV2 API Reference, CreateIPSet"},
		"name":        {wafName, 128, "WAFV2 API Reference, CreateIPSet"},
	},
	"aws_wafv2_web_acl": {
		"description": {wafText, 256, "WAFV2 API Reference, CreateWebACL"},
		"name":        {wafName, 128, "WAFV2 API Reference, CreateWebACL"},
	},
}

var pipelineTexts = map[string]textRule{
	"variable.*.description":           {nil, 200, "CodePipeline API Reference, PipelineVariableDeclaration"},
	"stage.*.name":                     {stepName, 100, "CodePipeline API Reference, StageDeclaration"},
	"stage.*.action.*.name":            {stepName, 100, "CodePipeline API Reference, ActionDeclaration"},
	"stage.*.action.*.configuration.*": {nil, 1000, "CodePipeline API Reference, ActionDeclaration, configuration"},
	"stage.*.action.*.output_artifacts.*": {
		regexp.MustCompile(`^[a-zA-Z0-9_\-]+$`),
		100,
		"CodePipeline API Reference, OutputArtifact",
	},
}

// tagRules are the keys' and the values'.
var (
	tagKeys   = textRule{tagText, 128, "Resource Groups Tagging API Reference, and each service's own"}
	tagValues = textRule{tagText, 256, tagKeys.source}
)

// describing are the attributes that hold a text for people. One that is in no table is restricted in a way that
// nobody has looked up.
var describing = regexp.MustCompile(`(^|\.)(description|comment|display_name|alarm_description|message_body)$`)

// Texts are the texts and tags of a stack that AWS would refuse.
func Texts(s synth.Stack) []string {
	var problems []string
	for _, kind := range s.Types() {
		if !strings.HasPrefix(kind, "aws_") {
			continue
		}
		for _, block := range s.Resources(kind) {
			eachText(block.Body, nil, func(path []string, value string) {
				if problem := textProblem(kind, path, value); problem != "" {
					problems = append(problems, block.Address+": "+problem)
				}
			})
		}
	}
	eachText(synth.Object(s.Root, "provider"), nil, func(path []string, value string) {
		if i := slices.Index(path, "tags"); i >= 0 {
			problems = appendIf(problems, tagProblem(path, value))
		}
	})
	return problems
}

func textProblem(kind string, path []string, value string) string {
	dotted := strings.Join(path, ".")
	if isTag(path) {
		return tagProblem(path, value)
	}
	for pattern, rule := range textRules[kind] {
		if fits(pattern, path) {
			return rule.problem(dotted, value)
		}
	}
	return ""
}

// UnknownTexts are the texts for people of which nobody has looked up what AWS takes.
func UnknownTexts(s synth.Stack) []string {
	var problems []string
	for _, kind := range s.Types() {
		if !strings.HasPrefix(kind, "aws_") {
			continue
		}
		for _, block := range s.Resources(kind) {
			eachText(block.Body, nil, func(path []string, _ string) {
				dotted := strings.Join(path, ".")
				if describing.MatchString(dotted) && !isTag(path) && !known(kind, path) {
					problems = append(problems, block.Address+": "+dotted+" is in no table: say what AWS takes, in internal/soundness/texts.go")
				}
			})
		}
	}
	return problems
}

// known is whether a text of a type has a rule.
func known(kind string, path []string) bool {
	for pattern := range textRules[kind] {
		if fits(pattern, path) {
			return true
		}
	}
	return false
}

// isTag is whether a path leads to a tag's value.
func isTag(path []string) bool {
	return len(path) > 1 && slices.Contains([]string{"tags", "recovery_point_tags"}, path[len(path)-2])
}

func tagProblem(path []string, value string) string {
	dotted := strings.Join(path, ".")
	if problem := tagKeys.problem("the key of "+dotted, path[len(path)-1]); problem != "" {
		return problem
	}
	return tagValues.problem(dotted, value)
}

// filledIn is what Terraform fills in: a name, an ARN, an id.
var filledIn = regexp.MustCompile(`\$\{[^}]*\}`)

func (r textRule) problem(where, value string) string {
	plain := filledIn.ReplaceAllString(value, "x")
	if n := utf8.RuneCountInString(plain); r.longest > 0 && n > r.longest {
		return fmt.Sprintf("%s has %d characters, at most %d (%s)", where, n, r.longest, r.source)
	}
	if r.characters != nil && !r.characters.MatchString(plain) {
		return fmt.Sprintf("%s is %q, which does not match %s (%s)", where, value, r.characters, r.source)
	}
	return ""
}

// fits is whether a path is one of a pattern's.
func fits(pattern string, path []string) bool {
	steps := strings.Split(pattern, ".")
	if len(steps) != len(path) {
		return false
	}
	for i, step := range steps {
		if step != "*" && step != path[i] {
			return false
		}
	}
	return true
}

// eachText calls for every string below a value, with the path that leads there.
func eachText(value any, path []string, call func(path []string, value string)) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			if key != "//" {
				eachText(inner, append(path[:len(path):len(path)], key), call)
			}
		}
	case []any:
		for i, inner := range v {
			eachText(inner, append(path[:len(path):len(path)], fmt.Sprint(i)), call)
		}
	case string:
		call(path, v)
	}
}

func appendIf(list []string, text string) []string {
	if text == "" {
		return list
	}
	return append(list, text)
}
