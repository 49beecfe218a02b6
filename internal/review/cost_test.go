package review

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// costing is a plan in a region, as a reader has it.
func costing(t *testing.T, region string, resources ...resource) Plan {
	t.Helper()
	text, err := json.Marshal(map[string]any{
		"format_version": "1.2", "planned_values": map[string]any{}, "resource_changes": resources,
		"configuration": map[string]any{"provider_config": map[string]any{"aws": map[string]any{
			"name": "aws", "expressions": map[string]any{"region": map[string]any{"constant_value": region}}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := Read(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	plan.Stack = "prod"
	return plan
}

func TestCostOfPlans(t *testing.T) {
	const (
		small = `{"instance_class":"db.r8g.large","engine":"aurora-postgresql"}`
		large = `{"instance_class":"db.r8g.xlarge","engine":"aurora-postgresql"}`
	)
	waiting := planned("aws_vpc_endpoint.ec2", Create, "", `{"vpc_endpoint_type":"Interface"}`)
	waiting.Change.AfterUnknown = json.RawMessage(`{"subnet_ids":true}`)
	kept := planned("aws_nat_gateway.a", Update, `{"subnet_id":"subnet-1"}`, `{"subnet_id":"subnet-1"}`)
	for name, test := range map[string]struct {
		region string
		change resource
		want   string
	}{
		"a larger instance": {"eu-west-1", planned("aws_rds_cluster_instance", Update, small, large),
			"costs about 220 USD a month more, at list prices"},
		"a smaller instance": {"eu-west-1", planned("aws_rds_cluster_instance", Update, large, small),
			"costs about 220 USD a month less, at list prices"},
		"nothing that is paid": {"eu-west-1", planned("aws_iam_role", Create, "", `{"name":"x"}`), ""},
		"no more than before":  {"eu-west-1", kept, ""},
		"a region without": {"sa-east-1", planned("aws_kms_key", Create, "", `{}`),
			"what has no price changes too: kms key in sa-east-1"},
		"zones not known yet": {"eu-west-1", waiting,
			"what has no price changes too: the zones of what stands in subnets that are not made yet"},
		"what is taken away": {"us-east-1", planned("aws_nat_gateway", Delete, `{}`, ""),
			"costs about 37 USD a month less, at list prices"},
	} {
		t.Run(name, func(t *testing.T) {
			report := Review([]Plan{costing(t, test.region, test.change)}, Rules{})
			if have := report.Cost.String(); have != test.want {
				t.Errorf("%q, want %q", have, test.want)
			}
			var human, markdown bytes.Buffer
			if err := report.Human(&human); err != nil {
				t.Fatal(err)
			}
			if err := report.Markdown(&markdown); err != nil {
				t.Fatal(err)
			}
			for _, text := range []string{human.String(), markdown.String()} {
				if shown := strings.Contains(text, costTitle); shown != (test.want != "") {
					t.Errorf("it is told of: %t\n%s", shown, text)
				}
			}
		})
	}
}
