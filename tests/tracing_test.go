package tests

import (
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/irsa/workload"
	"github.com/titan-platform/titan/stacks/order"
)

// The document's filter is service("*app-service*"): X-Ray compares the name as a whole, so it would match nothing.
func TestTraceGroupMatchesTheApplicationsName(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		group := stack.Resource(t, "aws_xray_group", "tracing/app_tracing")
		group.WantValue(t, "group_name", "app-tracing-group-"+environment.Name)
		group.WantValue(t, "filter_expression", `service("`+environment.Application.Name+`-service")`)
		if strings.Contains(fmt.Sprint(group.At("filter_expression")), "*") {
			t.Errorf("a star in %v stands for itself", group.At("filter_expression"))
		}
		stack.Resource(t, "aws_xray_sampling_rule", "tracing/sampling").
			WantValue(t, "service_name", environment.Application.Name+"-service")
	})
}

// The document's role trusts eks.amazonaws.com, the control plane: no pod could take it.
func TestTraceRoleIsTheCollectors(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		role := stack.Resource(t, "aws_iam_role", "tracing/xray_role")
		role.WantValue(t, "name", "xray-eks-role-"+environment.Name)
		collector := workload.Tracing(workload.Scope{})
		trust := policyIn(t, role, "assume_role_policy").statement(t, "ServiceAccount")
		trust.WantValue(t, "Action", "sts:AssumeRoleWithWebIdentity")
		trust.WantReference(t, "Principal.Federated", stack.Resource(t, "aws_iam_openid_connect_provider", "cluster/oidc"))
		if claims := fmt.Sprint(trust.At("Condition.StringEquals")); !strings.Contains(claims,
			"system:serviceaccount:"+collector.Namespace+":"+collector.ServiceAccount) {
			t.Errorf("the role is not for the collector alone: %s", claims)
		}
		if strings.Contains(fmt.Sprint(role.At("assume_role_policy")), "eks.amazonaws.com") {
			t.Error("the role trusts the control plane")
		}
	})
}

// The document's policy lacks xray:GetSamplingStatisticSummaries, which sampling by X-Ray's rules asks for.
func TestTracePolicyLetsTheCollectorSample(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		policy := stack.Resource(t, "aws_iam_policy", "tracing/xray_policy")
		policy.WantValue(t, "name", "xray-eks-policy-"+environment.Name)
		policyIn(t, policy, "policy").statement(t, "WriteTraces").WantValue(t, "Action", []string{
			"xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets",
			"xray:GetSamplingStatisticSummaries",
		})
		attachment := stack.Resource(t, "aws_iam_role_policy_attachment", "tracing/xray_role_attach")
		attachment.WantReference(t, "policy_arn", policy)
		attachment.WantReference(t, "role", stack.Resource(t, "aws_iam_role", "tracing/xray_role"))
	})
}

func TestSamplingIsTheFiles(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		rule := stack.Resource(t, "aws_xray_sampling_rule", "tracing/sampling")
		rule.WantValue(t, "version", 1)
		rule.WantValue(t, "reservoir_size", 1)
		rule.WantValue(t, "fixed_rate", float64(environment.Tracing.SamplingPercent)/100)
		if priority, _ := rule.At("priority").(float64); priority >= 10000 {
			t.Errorf("priority %v is not before X-Ray's default", priority)
		}
	})
}

func TestInsightsAreTold(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		group := stack.Resource(t, "aws_xray_group", "tracing/app_tracing")
		group.WantValue(t, "insights_configuration.insights_enabled", environment.Tracing.Insights)
		group.WantValue(t, "insights_configuration.notifications_enabled", environment.Tracing.Insights)
		if environment.Tracing.Insights {
			stack.Resource(t, "aws_cloudwatch_event_target", "tracing/insights-target").
				WantReference(t, "arn", stack.Resource(t, "aws_sns_topic", "observability/operations"))
		}
	})
}

// X-Ray's encryption is once per account and region: two environments that set it would undo each other's. Destroying
// the setting changes nothing in X-Ray, so a key of the environment's would be gone while X-Ray still asks for it.
func TestTraceEncryptionIsTheAccounts(t *testing.T) {
	for _, one := range order.All(loaded) {
		declared, want := stack(t, one.Name), 0
		if one.Kind == order.Account {
			want = 1
		}
		configs := declared.Resources("aws_xray_encryption_config")
		if len(configs) != want {
			t.Errorf("%s has %d encryption settings, want %d", one.Name, len(configs), want)
		}
		for _, config := range configs {
			config.WantValue(t, "type", "KMS")
			key := declared.Block(t, "data", "aws_kms_key", "traces/key")
			key.WantValue(t, "key_id", "alias/aws/xray")
			config.WantValue(t, "key_id", "${data."+key.Address+".arn}")
		}
	}
}
