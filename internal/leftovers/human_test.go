package leftovers

import (
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// What stays for one reason is counted: a vault has a recovery point a day.
func TestWhatStaysIsCounted(t *testing.T) {
	r := Report{Environment: "dev", Regions: []environments.Region{home, "us-east-1"}}
	for i := range 5 {
		arn := fmt.Sprintf("arn:aws:backup:eu-west-1:%s:recovery-point:%d", id, i)
		r.Leftovers = append(r.Leftovers, Leftover{ARN: arn, Type: "backup:recovery-point", Group: Expected, Note: "stays"})
	}
	var text strings.Builder
	if err := r.Human(&text, func(stack string) string { return stack }); err != nil {
		t.Fatal(err)
	}
	const want = `left of dev, which no state holds (asked eu-west-1, us-east-1):

stays by design, or goes by itself (5):
  5 of backup:recovery-point: stays
    arn:aws:backup:eu-west-1:123456789012:recovery-point:0
    arn:aws:backup:eu-west-1:123456789012:recovery-point:1
    arn:aws:backup:eu-west-1:123456789012:recovery-point:2
    and 2 more
`
	if text.String() != want {
		t.Errorf("got\n%s\nwant\n%s", text.String(), want)
	}
}

// An ARN says its type and its name in AWS's ways, which differ by service; so do the ids of terraform import.
func TestWhatAnARNNames(t *testing.T) {
	s := &search{Search: (&cloud{}).search(), region: home}
	for resource, want := range map[string]struct{ kind, id string }{
		"ec2:eu-west-1:1:natgateway/nat-1": {"aws_nat_gateway", "nat-1"},
		"s3:::titan-dev-logs":              {"aws_s3_bucket", "titan-dev-logs"},
		"rds:eu-west-1:1:cluster-snapshot:rds:birthday-db-dev-2026-11-29": {"aws_db_cluster_snapshot",
			"rds:birthday-db-dev-2026-11-29"},
		"logs:eu-west-1:1:log-group:/aws/eks/titan-dev-cluster/cluster:*": {"aws_cloudwatch_log_group",
			"/aws/eks/titan-dev-cluster/cluster"},
		"ssm:eu-west-1:1:parameter/titan-dev/app/image": {"aws_ssm_parameter", "/titan-dev/app/image"},
		"iam::1:role/platform/titan-dev-nodes":          {"aws_iam_role", "titan-dev-nodes"},
		"sqs:eu-west-1:1:jobs": {"aws_sqs_queue",
			"https://sqs.eu-west-1.amazonaws.com/1/jobs"},
		"elasticloadbalancing:eu-west-1:1:targetgroup/titan-dev/2": {"aws_lb_target_group",
			"arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/titan-dev/2"},
		"wafv2:us-east-1:1:global/webacl/titan-dev/8-9": {"aws_wafv2_web_acl",
			"8-9/titan-dev/CLOUDFRONT"},
		"dynamodb:eu-west-1:1:stream/x":                                      {"dynamodb:stream", ""},
		"elasticloadbalancing:eu-west-1:1:listener-rule/app/titan-dev/1/2/3": {"elasticloadbalancing:listener-rule", ""},
	} {
		l := s.leftover("arn:aws:"+resource, nil)
		if l.Type != want.kind || l.ID != want.id {
			t.Errorf("%s: %s %q, want %s %q", resource, l.Type, l.ID, want.kind, want.id)
		}
		if l.kind.terraform == "" && l.Group == Loose {
			t.Errorf("%s: of a type that nobody knows, and counted as holding nothing", resource)
		}
	}
	if l := s.leftover("no ARN", nil); l.Group != Data || l.Removable() {
		t.Errorf("%+v", l)
	}
}
