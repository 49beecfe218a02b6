package sample_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/eventpattern"
	"github.com/titan-platform/titan/internal/eventpattern/sample"
)

const readme = "README.md"

// values are of a stack called titan-prod; the ARN of its plan is known after an apply and has quotes in it until
// then.
func values() map[string]string {
	return map[string]string{
		"account": "333333333333", "region": "eu-central-1",
		"vaultName": "titan-prod", "vaultARN": "arn:aws:backup:eu-central-1:333333333333:backup-vault:titan-prod",
		"sourceVaultARN":        "arn:aws:backup:eu-central-1:333333333333:backup-vault:titan-prod",
		"destinationVaultARN":   "arn:aws:backup:eu-west-1:333333333333:backup-vault:titan-prod-copies",
		"destinationRegion":     "eu-west-1",
		"restoreTestingPlanARN": `${aws_x.y["a"].arn}`,
		"resourceARN":           "arn:aws:rds:eu-central-1:333333333333:cluster:birthday-db-prod", "resourceType": "Aurora",
		"roleARN":    "arn:aws:iam::333333333333:role/titan-prod-backup",
		"bucketName": "titan-prod-logs", "bucketARN": "arn:aws:s3:::titan-prod-logs", "objectKey": "application/x.gz",
		"pipelineName": "titan-prod", "pipelineARN": "arn:aws:codepipeline:eu-central-1:333333333333:titan-prod",
		"stageName": "Approve", "actionName": "Approve", "groupName": "titan-prod", "serviceName": "birthday-app",
	}
}

func event(t *testing.T, name string) []byte {
	t.Helper()
	made, err := sample.Event(name, values())
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// EventBridge puts the same envelope around every event (EventBridge User Guide, 'Events in Amazon EventBridge').
func TestEveryEventHasTheEnvelope(t *testing.T) {
	for _, name := range sample.Names() {
		made := event(t, name)
		var envelope struct {
			Version, ID, Source, Account, Time, Region string

			DetailType string `json:"detail-type"`
			Resources  []string
			Detail     map[string]any
		}
		if err := json.Unmarshal(made, &envelope); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for field, value := range map[string]string{
			"version": envelope.Version, "id": envelope.ID, "source": envelope.Source, "time": envelope.Time,
			"detail-type": envelope.DetailType,
		} {
			if value == "" {
				t.Errorf("%s: no %s", name, field)
			}
		}
		if envelope.Account != "333333333333" || envelope.Region != "eu-central-1" {
			t.Errorf("%s: account %q, region %q", name, envelope.Account, envelope.Region)
		}
		if len(envelope.Detail) == 0 || envelope.Resources == nil {
			t.Errorf("%s: detail %v, resources %v", name, envelope.Detail, envelope.Resources)
		}
	}
}

// A rule by the vault's own name gets its failures; one by the prefix titan-prod- gets none of titan-prod.
func TestEventsCarryTheStacksNames(t *testing.T) {
	for _, c := range []struct {
		event, pattern string
		want           bool
	}{
		{"backup-job-failed", `{"detail": {"state": ["FAILED"], "backupVaultName": ["titan-prod"]}}`, true},
		{"backup-job-failed", `{"detail": {"state": ["FAILED"], "backupVaultName": [{"prefix": "titan-prod-"}]}}`, false},
		{"copy-job-failed", `{"detail": {"destinationBackupVaultArn": [{"suffix": ":titan-prod-copies"}]}}`, true},
		{"restore-job-failed", `{"detail": {"status": ["FAILED"], "backupVaultArn": [{"exists": true}]}}`, false},
		{"restore-test-failed", `{"detail": {"restoreTestingPlanArn": ["${aws_x.y[\"a\"].arn}"]}}`, true},
		{"s3-object-deleted", `{"detail": {"deletion-type": ["Permanently Deleted"]}}`, false},
		{"s3-object-deleted-permanently", `{"detail": {"bucket": {"name": ["titan-prod-logs"]}}}`, true},
		{"xray-insight-active", `{"detail": {"GroupName": ["titan-prod"], "State": ["ACTIVE"]}}`, true},
		{"guardduty-finding-high", `{"detail": {"severity": [{"numeric": [">=", 7]}]}}`, true},
		{"guardduty-finding-low", `{"detail": {"severity": [{"numeric": [">=", 7]}]}}`, false},
		{"access-analyzer-finding-deleted", `{"detail": {"status": ["ACTIVE"], "isDeleted": [false]}}`, false},
		{"codepipeline-approval-failed", `{"detail": {"state": ["FAILED"], "type": {"category": ["Approval"]}}}`, true},
		{"codepipeline-action-failed", `{"detail": {"state": ["FAILED"], "type": {"category": ["Approval"]}}}`, false},
	} {
		pattern, err := eventpattern.Parse([]byte(c.pattern))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := pattern.Matches(event(t, c.event)); err != nil || got != c.want {
			t.Errorf("%s: matches is %v (%v), want %v: %s", c.event, got, err, c.want, c.pattern)
		}
	}
}

func TestEventRefusesWhatIsMissing(t *testing.T) {
	if _, err := sample.Event("copy-job-lost", values()); err == nil || !strings.Contains(err.Error(), "copy-job-failed") {
		t.Errorf("an unknown name: %v", err)
	}
	for _, name := range sample.Names() {
		for field := range values() {
			if !strings.Contains(source(t, name), "{{."+field+"}}") {
				continue
			}
			without := values()
			delete(without, field)
			if _, err := sample.Event(name, without); err == nil || !strings.Contains(err.Error(), field) {
				t.Errorf("%s without %s: %v", name, field, err)
			}
		}
	}
}

func source(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("events/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestReadmeNamesEverySourceAndField(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	events, fields, found := strings.Cut(string(text), "## Fields")
	if !found {
		t.Fatal("no section Fields")
	}
	var named []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z0-9-]+)` \\| .").FindAllStringSubmatch(events, -1) {
		named = append(named, row[1])
	}
	if names := sample.Names(); !slices.Equal(named, names) {
		t.Errorf("%s names\n%q, and there are\n%q", readme, named, names)
	}
	for field := range values() {
		if !strings.Contains(fields, "`"+field+"`") {
			t.Errorf("%s says nothing of the field %s", readme, field)
		}
	}
}
