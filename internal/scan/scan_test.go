package scan

import (
	"fmt"
	"strings"
	"testing"
)

func TestSuppressionsAreWellFormed(t *testing.T) {
	if _, err := Suppressions(); err != nil {
		t.Error(err)
	}
}

func TestSuppressionsThatAreRefused(t *testing.T) {
	const good = "- {check: CKV_AWS_1, resource: aws_kms_key.encryption_*, reason: a reason that is long enough}\n"
	for name, c := range map[string]struct{ text, want string }{
		"a whole type":  {strings.Replace(good, "encryption_*", "*", 1), "not a whole type"},
		"every type":    {strings.Replace(good, "aws_kms_key.encryption_*", `aws_*.x`, 1), "not a whole type"},
		"no reason":     {strings.Replace(good, "a reason that is long enough", "because", 1), `reason is "because"; say why`},
		"no check":      {strings.Replace(good, "CKV_AWS_1", "all", 1), `check is "all"; name one check`},
		"a typo":        {strings.Replace(good, "reason:", "reson:", 1), "field reson not found"},
		"too many":      {strings.Repeat(good, 32), "32 suppressions, at most 31 are allowed"},
		"no stack":      {strings.Replace(good, "reason:", `stacks: ["["], reason:`, 1), `stack is "[", which is no pattern`},
		"not a pattern": {strings.Replace(good, "aws_kms_key.encryption_*", `"aws_kms_key.encryption_["`, 1), "which is no pattern"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := parse([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestJudge(t *testing.T) {
	findings := []Finding{
		{Environment: "dev", Check: "CKV_AWS_338", Resource: "aws_cloudwatch_log_group.network_flow-logs_D7C94307"},
		{Environment: "prod", Check: "CKV_AWS_338", Resource: "aws_cloudwatch_log_group.network_flow-logs_D7C94307"},
		{Environment: "dev", Check: "CKV_AWS_18", Resource: "aws_s3_bucket.state_bucket_803B4E61"},
	}
	standing, suppressed, idle := Judge(findings, []Suppression{
		{Check: "CKV_AWS_338", Resource: "aws_cloudwatch_log_group.network_flow-logs_*", Environments: []string{"dev"}},
		{Check: "CKV_AWS_18", Resource: "aws_s3_bucket.other_*"},
	})
	if got := fmt.Sprint(standing); got != fmt.Sprint(findings[1:]) {
		t.Errorf("standing: %s", got)
	}
	if len(suppressed) != 1 || len(idle) != 1 || idle[0].Check != "CKV_AWS_18" {
		t.Errorf("suppressed %v, idle %v", suppressed, idle)
	}
}

func TestSuppressionOfSomeStacks(t *testing.T) {
	list := []Suppression{{Check: "CKV_AWS_144", Resource: "aws_s3_bucket.logs_*", Stacks: []string{"bootstrap.*", "*.second"}}}
	for stack, want := range map[string]int{"prod": 1, "prod.second": 0, "bootstrap.production.eu-west-1": 0, "": 1} {
		finding := Finding{Environment: "prod", Stack: stack, Check: "CKV_AWS_144", Resource: "aws_s3_bucket.logs_1"}
		if standing, _, _ := Judge([]Finding{finding}, list); len(standing) != want {
			t.Errorf("stack %q: %d stand, want %d", stack, len(standing), want)
		}
	}
}

func TestOneReasonForTwoAddresses(t *testing.T) {
	list, err := parse([]byte("- {check: CKV_AWS_1, resource: aws_s3_bucket.a_*, also: [aws_s3_bucket.b_*], reason: a reason that is long enough}\n"))
	if err != nil {
		t.Fatal(err)
	}
	standing, suppressed, idle := Judge([]Finding{{Environment: "dev", Check: "CKV_AWS_1", Resource: "aws_s3_bucket.b_1"}}, list)
	if len(standing) != 0 || len(suppressed) != 1 || len(idle) != 1 || idle[0].Resource != "aws_s3_bucket.a_*" {
		t.Errorf("standing %v, suppressed %v, idle %v", standing, suppressed, idle)
	}
	if _, err := parse([]byte("- {check: CKV_AWS_1, resource: aws_s3_bucket.a_*, also: [aws_s3_bucket.*], reason: a reason that is long enough}\n")); err == nil {
		t.Error("a whole type beside an address was taken")
	}
}

func TestReportThatSawNothingIsAnError(t *testing.T) {
	for _, report := range []string{
		`{"passed":0,"failed":0,"resource_count":0}`, // what checkov prints when it finds no file of its framework
		`{"results":{"failed_checks":[]},"summary":{"passed":0,"parsing_errors":1,"resource_count":1}}`,
		`not JSON`,
	} {
		if _, err := read("dev", []byte(report)); err == nil {
			t.Errorf("taken for a clean bill of health: %s", report)
		}
	}
}
