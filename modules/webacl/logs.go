package webacl

import (
	"github.com/aws/jsii-runtime-go"
	loggroup "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchloggroup"
	querydefinition "github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchquerydefinition"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/wafv2webacl"
	acllogging "github.com/cdktf/cdktf-provider-aws-go/aws/v19/wafv2webaclloggingconfiguration"
)

// redactedHeaders are credentials.
var redactedHeaders = []string{"authorization", "cookie"}

// keptActions are those of requests that are logged: what was let through untouched is in the access logs.
var keptActions = []string{"BLOCK", "COUNT", "EXCLUDED_AS_COUNT"}

// log logs what the web ACL refused or counted, and returns the log group's name, which has to begin with
// aws-waf-logs-. That WAF may write there is a resource policy that it adds for itself when its logging is set up.
func (w *webACL) log(acl wafv2webacl.Wafv2WebAcl) string {
	group := loggroup.NewCloudwatchLogGroup(w.scope, jsii.String(w.id+"-logs"), &loggroup.CloudwatchLogGroupConfig{
		Name:            jsii.String("aws-waf-logs-" + w.Name),
		RetentionInDays: jsii.Number(w.LogDays),
		KmsKeyId:        jsii.String(w.LogKeyARN),
	})
	var redacted []acllogging.Wafv2WebAclLoggingConfigurationRedactedFields
	for _, header := range redactedHeaders {
		redacted = append(redacted, acllogging.Wafv2WebAclLoggingConfigurationRedactedFields{
			SingleHeader: &acllogging.Wafv2WebAclLoggingConfigurationRedactedFieldsSingleHeader{Name: jsii.String(header)},
		})
	}
	var kept []acllogging.Wafv2WebAclLoggingConfigurationLoggingFilterFilterCondition
	for _, action := range keptActions {
		kept = append(kept, acllogging.Wafv2WebAclLoggingConfigurationLoggingFilterFilterCondition{
			ActionCondition: &acllogging.Wafv2WebAclLoggingConfigurationLoggingFilterFilterConditionActionCondition{
				Action: jsii.String(action),
			},
		})
	}
	acllogging.NewWafv2WebAclLoggingConfiguration(w.scope, jsii.String(w.id+"-logging"),
		&acllogging.Wafv2WebAclLoggingConfigurationConfig{
			ResourceArn:           acl.Arn(),
			LogDestinationConfigs: &[]*string{group.Arn()},
			RedactedFields:        redacted,
			LoggingFilter: &acllogging.Wafv2WebAclLoggingConfigurationLoggingFilter{
				DefaultBehavior: jsii.String("DROP"),
				Filter: []acllogging.Wafv2WebAclLoggingConfigurationLoggingFilterFilter{{
					Behavior:    jsii.String("KEEP"),
					Requirement: jsii.String("MEETS_ANY"),
					Condition:   kept,
				}},
			},
		})
	return *group.Name()
}

// matched finds the rule that refused a request, or would have: the last one of a group that did, else one that
// counted. What ended the evaluation is terminatingRuleId: a group, a rule of the web ACL's own, or Default_Action
// where all only counted (AWS WAF Developer Guide, 'Log fields for web ACL traffic').
const matched = `parse @message /.*"terminatingRule":\{"ruleId":"(?<blocking>[^"]+)"/
| parse @message /"nonTerminatingMatchingRules":\[\{"ruleId":"(?<counting>[^"]+)"/
| fields coalesce(blocking, counting, terminatingRuleId) as rule`

// refusedByRule is how often each rule refused somebody (action BLOCK), or would have.
const refusedByRule = matched + `
| stats count(*) as requests, count_distinct(httpRequest.clientIp) as addresses, latest(httpRequest.uri) as latestPath
  by action, rule, terminatingRuleId
| sort requests desc`

// refusedRequests are the requests themselves, the latest first.
const refusedRequests = matched + `
| display @timestamp, action, rule, terminatingRuleId, httpRequest.httpMethod, httpRequest.uri, httpRequest.clientIp,
  httpRequest.country
| sort @timestamp desc
| limit 200`

// saveQueries keeps the queries where an operator looks for them: CloudWatch's Logs Insights, in a folder of the web
// ACL's name.
func (w *webACL) saveQueries(group string) {
	queries := []struct{ id, text string }{{"refused-by-rule", refusedByRule}, {"refused-requests", refusedRequests}}
	for _, query := range queries {
		querydefinition.NewCloudwatchQueryDefinition(w.scope, jsii.String(w.id+"-"+query.id),
			&querydefinition.CloudwatchQueryDefinitionConfig{
				Name:          jsii.String(w.Name + "/web-acl/" + query.id),
				LogGroupNames: jsii.Strings(group),
				QueryString:   jsii.String(query.text),
			})
	}
}
