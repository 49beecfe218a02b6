package nameclash

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// stack is one of production's account in a region, with resources as their JSON.
func stack(name, region, resources string) Stack {
	return Stack{name, fmt.Appendf(nil, `{"provider": {"aws": [{"region": %q, "allowed_account_ids": ["333333333333"]},
		{"alias": "second", "region": "eu-central-1", "allowed_account_ids": ["333333333333"]}]}, "resource": {%s}}`,
		region, resources)}
}

func TestFindComparesWithinTheReachOfAName(t *testing.T) {
	const topic = `"aws_sns_topic": {"it": {"name": "alarms"}}`
	home, far := "eu-west-1", "eu-central-1"
	for name, c := range map[string]struct {
		stacks []Stack
		want   string // the name and where it may be once; empty is no clash
	}{
		"a topic in one region": {[]Stack{stack("a", home, topic), stack("b", home, topic)},
			"aws_sns_topic alarms | account 333333333333 in eu-west-1"},
		"a topic in two regions": {[]Stack{stack("a", home, topic), stack("b", far, topic)}, ""},
		"a topic by a second provider": {[]Stack{
			stack("a", home, `"aws_sns_topic": {"it": {"name": "alarms", "provider": "aws.second"}}`),
			stack("b", far, topic),
		},
			"aws_sns_topic alarms | account 333333333333 in eu-central-1"},
		"a topic in two accounts": {[]Stack{
			stack("a", home, topic),
			{"b", []byte(strings.ReplaceAll(string(stack("b", home, topic).JSON), "333", "444"))},
		}, ""},
		"a topic twice in a stack": {[]Stack{
			stack("a", home, `"aws_sns_topic": {"it": {"name": "alarms"}, "other": {"name": "alarms"}}`),
		},
			"aws_sns_topic alarms | account 333333333333 in eu-west-1"},
		"a topic that AWS names": {[]Stack{
			stack("a", home,
				`"aws_sns_topic": {"it": {"name_prefix": "alarms-"}, "other": {"name": "${var.name}"}, `+
					`"more": {"name": "${var.name}"}}`),
		}, ""},
		"a role in two regions": {[]Stack{
			stack("a", home, `"aws_iam_role": {"it": {"name": "deploy"}}`),
			stack("b", far, `"aws_iam_role": {"it": {"name": "deploy"}}`),
		},
			"aws_iam_role deploy | account 333333333333"},
		"alarms of two types": {[]Stack{
			stack("a", home,
				`"aws_cloudwatch_metric_alarm": {"it": {"alarm_name": "down"}}, `+
					`"aws_cloudwatch_composite_alarm": {"it": {"alarm_name": "down"}}`),
		},
			"alarm down | account 333333333333 in eu-west-1"},
		"a secret and a replica": {[]Stack{stack("a", home,
			`"aws_secretsmanager_secret": {"it": {"name": "login", "replica": [{"region": "eu-central-1"}]}}`),
			stack("b", far, `"aws_secretsmanager_secret": {"it": {"name": "login"}}`)},
			"aws_secretsmanager_secret login | account 333333333333 in eu-central-1"},
		"a setting": {[]Stack{
			stack("a", home, `"aws_ebs_encryption_by_default": {"it": {}}`),
			stack("b", home, `"aws_ebs_encryption_by_default": {"it": {}}`),
		},
			"aws_ebs_encryption_by_default | account 333333333333 in eu-west-1"},
		"releases of a cluster": {[]Stack{
			stack("a", home,
				`"helm_release": {"x": {"name": "app", "namespace": "web"}, "y": {"name": "app", "namespace": "web"}}`),
		},
			"helm_release app web | the cluster of stack a"},
		"releases of two clusters": {[]Stack{
			stack("a", home, `"helm_release": {"x": {"name": "app", "namespace": "web"}}`),
			stack("b", home, `"helm_release": {"x": {"name": "app", "namespace": "web"}}`),
		}, ""},
		"namespaces": {[]Stack{
			stack("a", home,
				`"kubernetes_namespace": {"x": {"metadata": {"name": "web"}}, "y": {"metadata": [{"name": "web"}]}}`),
		},
			"kubernetes_namespace web | the cluster of stack a"},

		// Types that the table does not have.
		"tables": {[]Stack{
			stack("a", home, `"aws_dynamodb_table": {"it": {"name": "locks", "hash_key": "id"}}`),
			stack("b", home, `"aws_dynamodb_table": {"x": {"name": "locks", "billing_mode": "x"}}`),
		},
			"aws_dynamodb_table locks | account 333333333333 in eu-west-1"},
		"queues under two keys": {[]Stack{
			stack("a", home,
				`"aws_sqs_queue": {"x": {"name": "q", "kms_master_key_id": "${aws_kms_key.a.id}"}, `+
					`"y": {"name": "q", "kms_master_key_id": "${aws_kms_key.b.id}"}}`),
		},
			"aws_sqs_queue q | account 333333333333 in eu-west-1"},
		"functions by their own word": {[]Stack{
			stack("a", home, `"aws_lambda_function": {"x": {"function_name": "f"}}`),
			stack("b", home, `"aws_lambda_function": {"x": {"function_name": "f"}}`),
		},
			"aws_lambda_function f | account 333333333333 in eu-west-1"},
		"parts of two wholes": {[]Stack{
			stack("a", home,
				`"aws_lambda_alias": {"x": {"name": "live", "function_name": "${aws_lambda_function.x.arn}"}, `+
					`"y": {"name": "live", "function_name": "${aws_lambda_function.y.arn}"}}`),
		}, ""},
		"parts of one whole": {[]Stack{
			stack("a", home,
				`"aws_lambda_alias": {"x": {"name": "live", "function_name": "${aws_lambda_function.x.arn}"}, `+
					`"y": {"name": "live", "function_name": "${aws_lambda_function.x.arn}"}}`),
		},
			"aws_lambda_alias live | account 333333333333 in eu-west-1, within ${aws_lambda_function.x.arn}"},
		"users, which have no region": {[]Stack{
			stack("a", home, `"aws_iam_user": {"x": {"name": "u"}}`),
			stack("b", far, `"aws_iam_user": {"x": {"name": "u"}}`),
		},
			"aws_iam_user u | account 333333333333"},
		"what another provider makes": {[]Stack{stack("a", home, `"random_pet": {"x": {"name": "p"}, "y": {"name": "p"}}`)},
			""},
	} {
		t.Run(name, func(t *testing.T) {
			clashes, err := Find(c.stacks)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, clash := range clashes {
				got = append(got, clash.Name+" | "+clash.Where)
			}
			if strings.Join(got, "\n") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestCheckSaysPlacesAndRemedy(t *testing.T) {
	const topic = `"aws_sns_topic": {"it": {"name": "alarms"}}`
	err := Check([]Stack{stack("prod", "eu-west-1", topic), stack("prod-dr.second", "eu-west-1", topic)})
	const want = "aws_sns_topic alarms would be made by prod: aws_sns_topic.it and by prod-dr.second: aws_sns_topic.it, " +
		"and account 333333333333 in eu-west-1 has it once: " +
		"rename an environment's file, set another project in an account's file, " +
		"or give one of the resources another name where it is declared"
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	if err := Check([]Stack{stack("prod", "eu-west-1", topic)}); err != nil {
		t.Errorf("one topic: %v", err)
	}
	if err := Check([]Stack{{"prod", []byte("{")}}); err == nil ||
		!strings.HasPrefix(err.Error(), `reading the names in stack "prod": `) {
		t.Errorf("no JSON: %v", err)
	}
}

func TestUnknownTypesAreNamed(t *testing.T) {
	got, err := Unknown([]Stack{
		stack("prod", "eu-west-1",
			`"aws_dynamodb_table": {"it": {"name": "locks"}}, "aws_sns_topic": {"it": {"name": "alarms"}}, `+
				`"aws_eip": {"it": {}}`),
	})
	if want := []string{`prod: aws_dynamodb_table.it has name "locks"`}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}
