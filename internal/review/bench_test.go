package review

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

// large is a plan of a stack larger than any of ours: 900 resources, of which a third changes.
func large(t testing.TB) string {
	var resources []resource
	document := quoted(readOne)
	for i := range 300 {
		name := fmt.Sprint("r", i)
		resources = append(resources,
			planned("aws_iam_role_policy."+name, Update, `{"policy":`+document+`,"role":"r"}`,
				`{"policy":`+quoted(readAll)+`,"role":"r"}`),
			planned("aws_vpc_security_group_ingress_rule."+name, NoOp,
				fmt.Sprintf(
					`{"security_group_id":"sg-%d","ip_protocol":"tcp","from_port":443,"to_port":443,"cidr_ipv4":"10.%d.0.0/16"}`,
					i%20, i%250),
				fmt.Sprintf(
					`{"security_group_id":"sg-%d","ip_protocol":"tcp","from_port":443,"to_port":443,"cidr_ipv4":"10.%d.0.0/16"}`,
					i%20, i%250)),
			planned("aws_ssm_parameter."+name, NoOp, fmt.Sprintf(`{"value":"secret-number-%d"}`, i),
				fmt.Sprintf(`{"value":"secret-number-%d"}`, i)).
				sensitive(`{"value":true}`, `{"value":true}`))
	}
	return planText(t, nil, resources...)
}

// BenchmarkReview reads and reviews five such plans, as of an environment, and writes both forms.
func BenchmarkReview(b *testing.B) {
	text := large(b)
	b.SetBytes(int64(5 * len(text)))
	for b.Loop() {
		var plans []Plan
		for i := range 5 {
			plan, err := Read(strings.NewReader(text))
			if err != nil {
				b.Fatal(err)
			}
			plan.Stack = fmt.Sprint("stack", i)
			plans = append(plans, plan)
		}
		report := Review(plans, Rules{})
		if report.Human(io.Discard) != nil || report.Markdown(io.Discard) != nil || len(report.Failures()) != 1500 {
			b.Fatal(len(report.Failures()))
		}
	}
}
