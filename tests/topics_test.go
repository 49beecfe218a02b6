package tests

import (
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/order"
)

// topicKinds are the stacks that have a topic: alarms tell a topic of their own region.
var topicKinds = []order.Kind{order.Environment, order.Global}

// prefixOf begins the names of what a stack makes.
func prefixOf(t *testing.T, stack Stack) string {
	t.Helper()
	environment := environmentOf(t, stack.Name)
	switch tabled(t, stack.Name).Kind {
	case order.Second:
		return environment.SecondPrefix()
	case order.Global:
		return environment.GlobalPrefix()
	}
	return environment.Prefix()
}

// CloudWatch can't publish to a topic under alias/aws/sns, and nothing says so: the alarm rings and nobody hears it.
func TestTopicsHaveAKeyThatTheirPublishersMayUse(t *testing.T) {
	for _, kind := range topicKinds {
		eachOf(t, kind, func(t *testing.T, _ environments.Environment, stack Stack) {
			key := stack.Resource(t, "aws_kms_key", "encryption/operations_kms")
			topic := stack.Resource(t, "aws_sns_topic", "observability/operations")
			topic.WantReference(t, "kms_master_key_id", key)
			topic.WantValue(t, "name", prefixOf(t, stack)+"-operations")
			mayEncrypt := map[any]bool{}
			for _, statement := range policyIn(t, key, "policy").Statements {
				if contains(synth.List(statement.At("Action")), "kms:GenerateDataKey*") {
					mayEncrypt[statement.At("Principal.Service")] = true
				}
			}
			policy := stack.Resource(t, "aws_sns_topic_policy", "observability/operations-policy")
			policy.WantReference(t, "arn", topic)
			for _, statement := range policyIn(t, policy, "policy").Statements {
				if service := statement.At("Principal.Service"); service != nil && !mayEncrypt[service] {
					t.Errorf("%v may publish to %s, and not encrypt with its key", service, topic.Address)
				}
			}
		})
	}
}

func TestWhoMayPublish(t *testing.T) {
	for _, kind := range topicKinds {
		eachOf(t, kind, func(t *testing.T, environment environments.Environment, stack Stack) {
			account := environment.Account.ID
			source := func(arn string) map[string]any {
				return map[string]any{
					"StringEquals": map[string]any{"aws:SourceAccount": account},
					"ArnLike":      map[string]any{"aws:SourceArn": arn},
				}
			}
			region := tabled(t, stack.Name).Region
			want := map[string]map[string]any{
				"cloudwatch.amazonaws.com": source(fmt.Sprintf("arn:aws:cloudwatch:%s:%s:alarm:%s-*",
					region, account, prefixOf(t, stack))),
			}
			if kind == order.Environment {
				want["budgets.amazonaws.com"] = source("arn:aws:budgets::" + account + ":*")
				// They do not say for what they act when they publish to an encrypted topic.
				for _, service := range []string{"events", "backup"} {
					want[service+".amazonaws.com"] = nil
				}
			}
			policy := policyIn(t, stack.Resource(t, "aws_sns_topic_policy", "observability/operations-policy"), "policy")
			policy.statement(t, "DenyWithoutTLS").
				WantValue(t, "Condition.Bool", map[string]string{"aws:SecureTransport": "false"})
			name := stack.Resource(t, "aws_sns_topic", "observability/operations").At("name")
			topic := fmt.Sprintf("arn:aws:sns:%s:%s:%s", region, account, name)
			for _, statement := range policy.Statements {
				statement.WantValue(t, "Resource", topic)
				service, ok := statement.At("Principal.Service").(string)
				if !ok {
					continue
				}
				conditions, expected := want[service]
				if !expected {
					t.Errorf("%s may publish to %s", service, topic)
				} else if conditions == nil {
					statement.WantAbsent(t, "Condition")
				} else {
					statement.WantValue(t, "Condition", conditions)
				}
				statement.WantValue(t, "Action", "sns:Publish")
				delete(want, service)
			}
			for service := range want {
				t.Errorf("%s may not publish to %s", service, topic)
			}
		})
	}
}

func TestEveryAddressHearsBothTopics(t *testing.T) {
	for _, kind := range topicKinds {
		eachOf(t, kind, func(t *testing.T, environment environments.Environment, stack Stack) {
			heard := map[string]int{}
			for _, subscription := range stack.Resources("aws_sns_topic_subscription") {
				heard[fmt.Sprintf("%v %v", subscription.At("protocol"), subscription.At("endpoint"))]++
				subscription.WantReference(t, "topic_arn", stack.Resource(t, "aws_sns_topic", "observability/operations"))
			}
			settings := environment.Observability
			for protocol, addresses := range map[string][]string{"email": settings.Emails, "https": settings.Webhooks} {
				for _, address := range addresses {
					if n := heard[protocol+" "+address]; n != 1 {
						t.Errorf("%s is subscribed %d times, want once", address, n)
					}
					delete(heard, protocol+" "+address)
				}
			}
			if len(heard) > 0 {
				t.Errorf("somebody else hears: %v", heard)
			}
		})
	}
}

// 'Prometheus' Alertmanager joined to them if it is on.'
func TestAlertmanagerMayTellWhereItRuns(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		if !environment.Addons.Alertmanager {
			for _, role := range stack.Resources("aws_iam_role") {
				if strings.HasSuffix(fmt.Sprint(role.At("name")), "-alertmanager") {
					t.Errorf("%s, and no Alertmanager", role.Address)
				}
			}
			return
		}
		policy := policyIn(t, stack.Resource(t, "aws_iam_role_policy", "alertmanager-role/policy"), "policy")
		policy.statement(t, "TellOfAlerts").
			WantReference(t, "Resource", stack.Resource(t, "aws_sns_topic", "observability/operations"))
		policy.statement(t, "EncryptAlerts").
			WantReference(t, "Resource", stack.Resource(t, "aws_kms_key", "encryption/operations_kms"))
	})
}
