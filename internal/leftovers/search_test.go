package leftovers

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/internal/awsops/states"
)

const (
	topic  = "arn:aws:sns:eu-west-1:" + id + ":titan-dev-alarms"
	queue  = "arn:aws:sqs:eu-west-1:" + id + ":titan-dev-jobs"
	bucket = "arn:aws:s3:::titan-dev-logs"
	group  = "arn:aws:ec2:eu-west-1:" + id + ":security-group/sg-1"
	nat    = "arn:aws:ec2:eu-west-1:" + id + ":natgateway/nat-1"

	attributes = `<GetTopicAttributesResponse><GetTopicAttributesResult/></GetTopicAttributesResponse>`
)

// tagOf is EC2's answer about what has tags.
func tagOf(ids ...string) string {
	text := `<DescribeTagsResponse><tagSet>`
	for _, one := range ids {
		text += `<item><resourceId>` + one + `</resourceId><key>Name</key><value>x</value></item>`
	}
	return text + `</tagSet></DescribeTagsResponse>`
}

func TestNothingIsLeft(t *testing.T) {
	c := newCloud(t)
	report := c.search().Run(t.Context())
	if len(report.Leftovers)+len(report.Unknown) > 0 {
		t.Errorf("%+v", report)
	}
	if diff := cmp.Diff([]string{"eu-west-1", "us-east-1"}, strings.Split(list(report.Regions), ", ")); diff != "" {
		t.Error(diff)
	}
}

// What is asked for are dev's tags as they are: neither those of dev2 nor of another project, whatever AWS answers.
func TestNobodyElsesAreNamed(t *testing.T) {
	c := newCloud(t)
	c.tags(`"dev"`, of(topic, "dev"), strings.ReplaceAll(of(topic+"2", "dev2"), `"dev"`, `"dev2"`),
		strings.Replace(of(topic+"-other", "dev"), `"titan"`, `"titan-other"`, 1))
	c.says("sns GetTopicAttributes", attributes)
	role := func(name string) string {
		return `<member><RoleName>` + name + `</RoleName><Arn>arn:aws:iam::` + id + `:role/` + name + `</Arn></member>`
	}
	c.says("iam ListRoles", roles(role("titan-dev-nodes"), role("titan-dev-2-nodes"), role("titan-dev2-nodes")))
	c.does("iam ListRoleTags", func(one call) string {
		name := map[string]string{"titan-dev-nodes": "dev", "titan-dev-2-nodes": "dev-2"}[one.form.Get("RoleName")]
		if name == "" {
			t.Errorf("asked about %s", one.form.Get("RoleName"))
		}
		return `<ListRoleTagsResponse><ListRoleTagsResult><IsTruncated>false</IsTruncated><Tags>` +
			`<member><Key>environment</Key><Value>` + name + `</Value></member>` +
			`<member><Key>project</Key><Value>titan</Value></member></Tags></ListRoleTagsResult></ListRoleTagsResponse>`
	})
	want := []string{topic, "arn:aws:iam::" + id + ":role/titan-dev-nodes"}
	if diff := cmp.Diff(want, arns(t.Context(), c.search(), Loose)); diff != "" {
		t.Error(diff)
	}
	const asked = `{"TagFilters":[{"Key":"environment","Values":["dev"]},{"Key":"project","Values":["titan"]}]}`
	for _, one := range c.calls {
		if one.service == "tagging" && strings.Contains(one.body, `"environment"`) && one.body != asked {
			t.Errorf("asked %s", one.body)
		}
	}
}

func TestWhatAStateHoldsIsNoLeftover(t *testing.T) {
	c := newCloud(t)
	c.tags(`"dev"`, of(topic, "dev"), of(group, "dev"), of(nat, "dev"), of(queue, "dev"))
	c.says("ec2 DescribeTags", tagOf("sg-1", "nat-1"))
	held := []states.Resource{
		{Type: "aws_sns_topic", ARN: topic, ID: topic}, {Type: "aws_security_group", ARN: group, ID: "sg-1"},
		{Type: "aws_nat_gateway", ID: "nat-1"}, // it has no ARN in a state
		{Type: "aws_cloudwatch_log_group", ID: "titan-dev-jobs"},
	}
	if found := arns(t.Context(), c.search(held...), Loose); found != nil {
		t.Errorf("left %v", found)
	}
	if diff := cmp.Diff([]string{queue}, arns(t.Context(), c.search(held...), Data)); diff != "" {
		t.Error("a name that another type of things has:", diff)
	}
}

func TestPagesAreReadToTheirEnd(t *testing.T) {
	c := newCloud(t)
	c.says("sns GetTopicAttributes", attributes)
	c.does("tagging GetResources", func(one call) string {
		switch {
		case one.region != string(home) || !strings.Contains(one.body, `"environment"`):
			return empty["tagging GetResources"]
		case strings.Contains(one.body, `"PaginationToken":"two"`):
			return `{"PaginationToken":"","ResourceTagMappingList":[` + of(topic+"-2", "dev") + `]}`
		}
		return `{"PaginationToken":"two","ResourceTagMappingList":[` + of(topic, "dev") + `]}`
	})
	if diff := cmp.Diff([]string{topic, topic + "-2"}, arns(t.Context(), c.search(), Loose)); diff != "" {
		t.Error(diff)
	}
}

// A region that does not answer is asked once, and the others as always.
func TestALostRegionIsSaid(t *testing.T) {
	c := newCloud(t)
	c.answers["tagging GetResources"] = func(one call) (int, string) {
		if one.region == string(home) {
			return http.StatusServiceUnavailable, ""
		}
		return http.StatusOK, empty["tagging GetResources"]
	}
	report := c.search().Run(t.Context())
	want := []string{"what carries the tags of dev in eu-west-1: nothing answered Resource Groups Tagging API " +
		"GetResources; check the way to the region, and run it again"}
	if diff := cmp.Diff(want, report.Unknown); diff != "" || len(c.made("tagging")) != 2 || len(c.made("iam")) != 1 {
		t.Error(diff, c.calls)
	}
}

// A permission that is missing makes its question unknown, and leaves the others.
func TestAMissingPermissionIsSaid(t *testing.T) {
	c := newCloud(t)
	c.refuses("tagging GetResources", http.StatusBadRequest, `{"__type":"AccessDeniedException"}`)
	c.refuses("iam ListRoles", http.StatusForbidden,
		`<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>`)
	report := c.search().Run(t.Context())
	const denied = ": the caller may not call Resource Groups Tagging API GetResources; run it as a caller who may"
	want := []string{
		"what carries the tags of dev in eu-west-1" + denied,
		"what carries the tags of dev in us-east-1" + denied,
		"roles of the environment in us-east-1: the caller may not call IAM ListRoles; run it as a caller who may",
	}
	if diff := cmp.Diff(want, report.Unknown); diff != "" || len(report.Leftovers) > 0 {
		t.Error(diff, report.Leftovers)
	}
}
