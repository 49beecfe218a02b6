package scan

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

func TestSuppressionsAreWellFormed(t *testing.T) {
	if _, err := Suppressions(); err != nil {
		t.Error(err)
	}
}

func TestSuppressionsThatAreRefused(t *testing.T) {
	const good = "- {check: CKV_AWS_1, resource: aws_kms_key.encryption_*, reason: a reason that is long enough}\n"
	for name, c := range map[string]struct{ text, want string }{
		"a whole type": {strings.Replace(good, "encryption_*", "*", 1), "not a whole type"},
		"every type":   {strings.Replace(good, "aws_kms_key.encryption_*", `aws_*.x`, 1), "not a whole type"},
		"no reason": {strings.Replace(good, "a reason that is long enough", "because", 1),
			`reason is "because"; say why`},
		"no check": {strings.Replace(good, "CKV_AWS_1", "all", 1), `check is "all"; name one check`},
		"a typo":   {strings.Replace(good, "reason:", "reson:", 1), "field reson not found"},
		"a name": {strings.Replace(good, "reason:", `environments: [prod], reason:`, 1),
			`environments has "prod"; allowed: development, staging, production, standby,`},
		"no stack": {strings.Replace(good, "reason:", `stacks: ["["], reason:`, 1), `stack is "[", which is no pattern`},
		"not a pattern": {strings.Replace(good, "aws_kms_key.encryption_*", `"aws_kms_key.encryption_["`, 1),
			"which is no pattern"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := parse([]byte(c.text), nil); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestNoMoreSuppressionsThanAllowed(t *testing.T) {
	if err := tooMany(make([]Suppression, 31)); err != nil {
		t.Error(err)
	}
	list := make([]Suppression, 32)
	if err := tooMany(list); err == nil || !strings.Contains(err.Error(), "32 suppressions, at most 31 are allowed") {
		t.Errorf("got %v", err)
	}
	if list[0].OnRequest = "github_workflows"; tooMany(list) != nil {
		t.Error("what is on request counts")
	}
}

// What holds for development holds for any of that tier, whatever it is called.
func TestAnEnvironmentIsOfKinds(t *testing.T) {
	all, err := environments.Load("../../environments", "")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"dev":     "development single-region unprotected",
		"prod":    "production",
		"prod-dr": "production standby",
		"staging": "staging",
	}
	for _, e := range all {
		of := KindsOf(e)
		slices.Sort(of)
		if want, known := want[e.Name]; known && strings.Join(of, " ") != want {
			t.Errorf("%s is %v, want %s", e.Name, of, want)
		}
	}
}

func TestOwnSuppressions(t *testing.T) {
	dir := t.TempDir()
	if list, err := Own(dir, nil); len(list) != 0 || err != nil {
		t.Errorf("without a file: %v, %v", list, err)
	}
	file := filepath.Join(dir, OwnFile)
	if err := os.Mkdir(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(
		"- {check: CKV_AWS_134, resource: aws_elasticache_cluster.cache_*, environments: [acme], " +
			"reason: its cache holds nothing to be kept}")
	list, err := Own(dir, []string{"acme"})
	if err != nil {
		t.Fatal(err)
	}
	for environment, stand := range map[string]int{"acme": 0, "other": 1} {
		finding := Finding{Environment: environment, Check: "CKV_AWS_134", Resource: "aws_elasticache_cluster.cache_1"}
		if standing, _, _ := Judge([]Finding{finding}, list); len(standing) != stand {
			t.Errorf("%s: %d stand", environment, len(standing))
		}
	}
	_, err = Own(dir, []string{"other"})
	if err == nil || !strings.Contains(err.Error(), file) ||
		!strings.Contains(err.Error(), `environments has "acme"; allowed: development,`) {
		t.Errorf("an environment that is gone: %v", err)
	}
}

func TestJudge(t *testing.T) {
	findings := []Finding{
		{
			Environment: "dev",
			Kinds:       []string{"development"},
			Check:       "CKV_AWS_338",
			Resource:    "aws_cloudwatch_log_group.network_flow-logs_D7C94307",
		},
		{Environment: "prod", Check: "CKV_AWS_338", Resource: "aws_cloudwatch_log_group.network_flow-logs_D7C94307"},
		{Environment: "dev", Check: "CKV_AWS_18", Resource: "aws_s3_bucket.state_bucket_803B4E61"},
	}
	standing, suppressed, idle := Judge(findings, []Suppression{
		{
			Check:        "CKV_AWS_338",
			Resource:     "aws_cloudwatch_log_group.network_flow-logs_*",
			Environments: []string{"development"},
		},
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
	list := []Suppression{{
		Check:    "CKV_AWS_144",
		Resource: "aws_s3_bucket.logs_*",
		Stacks:   []string{"bootstrap.*", "*.second"},
	}}
	for stack, want := range map[string]int{"prod": 1, "prod.second": 0, "bootstrap.production.eu-west-1": 0, "": 1} {
		finding := Finding{Environment: "prod", Stack: stack, Check: "CKV_AWS_144", Resource: "aws_s3_bucket.logs_1"}
		if standing, _, _ := Judge([]Finding{finding}, list); len(standing) != want {
			t.Errorf("stack %q: %d stand, want %d", stack, len(standing), want)
		}
	}
}

func TestOneReasonForTwoAddresses(t *testing.T) {
	list, err := parse(
		[]byte(
			"- {check: CKV_AWS_1, resource: aws_s3_bucket.a_*, also: [aws_s3_bucket.b_*], "+
				"reason: a reason that is long enough}\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	standing, suppressed, idle := Judge([]Finding{{Environment: "dev", Check: "CKV_AWS_1", Resource: "aws_s3_bucket.b_1"}},
		expanded(list))
	if len(standing) != 0 || len(suppressed) != 1 || len(idle) != 1 || idle[0].Resource != "aws_s3_bucket.a_*" {
		t.Errorf("standing %v, suppressed %v, idle %v", standing, suppressed, idle)
	}
	if _, err := parse(
		[]byte(
			"- {check: CKV_AWS_1, resource: aws_s3_bucket.a_*, also: [aws_s3_bucket.*], "+
				"reason: a reason that is long enough}\n"), nil); err == nil {
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
