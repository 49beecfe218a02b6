package tests

import (
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// topics are a stack's topics and the keys that encrypt them. No committed environment lives in us-east-1, where one of each would do.
var topics = map[string]string{"operations": "encryption/operations_kms", "operations-global": "encryption/global_kms"}

// CloudWatch can't publish to a topic under alias/aws/sns, and nothing says so: the alarm rings and nobody hears it.
func TestTopicsHaveAKeyThatTheirPublishersMayUse(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		for id, keyPath := range topics {
			key := stack.resource(t, "aws_kms_key", keyPath)
			topic := stack.resource(t, "aws_sns_topic", "observability/"+id)
			topic.refers(t, "kms_master_key_id", key)
			topic.has(t, "name", environment.Prefix()+"-operations")
			if topic.at("provider") != key.at("provider") {
				t.Errorf("%s is in another region than its key", topic.Address)
			}
			mayEncrypt := map[any]bool{}
			for _, statement := range policyIn(t, key, "policy").Statements {
				if contains(list(statement.at("Action")), "kms:GenerateDataKey*") {
					mayEncrypt[statement.at("Principal.Service")] = true
				}
			}
			policy := stack.resource(t, "aws_sns_topic_policy", "observability/"+id+"-policy")
			policy.refers(t, "arn", topic)
			for _, statement := range policyIn(t, policy, "policy").Statements {
				if service := statement.at("Principal.Service"); service != nil && !mayEncrypt[service] {
					t.Errorf("%v may publish to %s, and not encrypt with its key", service, topic.Address)
				}
			}
		}
	})
}

func TestWhoMayPublish(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		account := environment.Account.ID
		source := func(arn string) map[string]any {
			return map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": account}, "ArnLike": map[string]any{"aws:SourceArn": arn}}
		}
		alarms := func(region string) map[string]any {
			return source(fmt.Sprintf("arn:aws:cloudwatch:%s:%s:alarm:%s-*", region, account, environment.Prefix()))
		}
		for id, want := range map[string]map[string]any{
			"operations": {
				"cloudwatch.amazonaws.com": alarms(string(environment.Region)), "budgets.amazonaws.com": source("arn:aws:budgets::" + account + ":*"),
				// They do not say for what they act when they publish to an encrypted topic.
				"events.amazonaws.com": nil, "backup.amazonaws.com": nil, "codestar-notifications.amazonaws.com": nil,
			},
			"operations-global": {"cloudwatch.amazonaws.com": alarms("us-east-1")},
		} {
			policy := policyIn(t, stack.resource(t, "aws_sns_topic_policy", "observability/"+id+"-policy"), "policy")
			policy.statement(t, "DenyWithoutTLS").has(t, "Condition.Bool", map[string]string{"aws:SecureTransport": "false"})
			for _, statement := range policy.Statements {
				service, ok := statement.at("Principal.Service").(string)
				if !ok {
					continue
				}
				conditions, expected := want[service]
				if !expected {
					t.Errorf("%s may publish to %s", service, id)
				} else if conditions == nil {
					statement.lacks(t, "Condition")
				} else {
					statement.has(t, "Condition", conditions)
				}
				statement.has(t, "Action", "sns:Publish")
				delete(want, service)
			}
			for service := range want {
				t.Errorf("%s may not publish to %s", service, id)
			}
		}
	})
}

func TestEveryAddressHearsBothTopics(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		heard := map[string]int{}
		for _, subscription := range stack.resources("aws_sns_topic_subscription") {
			heard[fmt.Sprintf("%v %v", subscription.at("protocol"), subscription.at("endpoint"))]++
			global := strings.Contains(fmt.Sprint(subscription.at("topic_arn")), "operations-global")
			if global != (subscription.at("provider") == "aws.global") {
				t.Errorf("%s is in another region than its topic", subscription.Address)
			}
		}
		for protocol, addresses := range map[string][]string{"email": environment.Observability.Emails, "https": environment.Observability.Webhooks} {
			for _, address := range addresses {
				if n := heard[protocol+" "+address]; n != 2 {
					t.Errorf("%s is subscribed to %d topics, want 2", address, n)
				}
				delete(heard, protocol+" "+address)
			}
		}
		if len(heard) > 0 {
			t.Errorf("somebody else hears: %v", heard)
		}
	})
}

// 'Prometheus' Alertmanager joined to them if it is on.'
func TestAlertmanagerMayTellWhereItRuns(t *testing.T) {
	eachEnvironment(t, func(t *testing.T, environment environments.Environment, stack Stack) {
		if !environment.Addons.Alertmanager {
			for _, role := range stack.resources("aws_iam_role") {
				if strings.HasSuffix(fmt.Sprint(role.at("name")), "-alertmanager") {
					t.Errorf("%s, and no Alertmanager", role.Address)
				}
			}
			return
		}
		policy := policyIn(t, stack.resource(t, "aws_iam_role_policy", "alertmanager-role/policy"), "policy")
		policy.statement(t, "TellOfAlerts").refers(t, "Resource", stack.resource(t, "aws_sns_topic", "observability/operations"))
		policy.statement(t, "EncryptAlerts").refers(t, "Resource", stack.resource(t, "aws_kms_key", "encryption/operations_kms"))
	})
}
