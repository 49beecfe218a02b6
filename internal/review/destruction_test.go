package review

import "testing"

// destroyed is a report on the destruction of what a plan deletes.
func destroyed(t *testing.T, resources ...resource) Report {
	t.Helper()
	return Review([]Plan{planOf(t, "prod", resources...)}, Rules{Destroying: true})
}

func TestADestructionLosesDataAndInterruptsByPurpose(t *testing.T) {
	report := destroyed(t,
		planned("aws_lb", Delete, `{"enable_deletion_protection":false}`, ""),
		planned("aws_rds_cluster.a", Delete, `{"skip_final_snapshot":true}`, ""),
		planned("aws_s3_bucket", Delete, `{}`, ""),
		planned("aws_backup_vault_policy", Delete, `{}`, ""))
	want := `data-loss lost aws_rds_cluster.a: destroyed: all that it holds is lost, and no final snapshot is taken
data-loss lost aws_s3_bucket.x: destroyed: all that it holds is lost`
	if got := told(report); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if report.ExitCode() != 0 || report.Lost() != "what 2 resources hold is lost" {
		t.Errorf("exit code %d, %q", report.ExitCode(), report.Lost())
	}
}

func TestWhatAWSStillProtectsBlocksADestruction(t *testing.T) {
	for _, c := range []struct{ kind, before, want string }{
		{"aws_lb", `{"enable_deletion_protection":true}`,
			"data-loss blocked aws_lb.x: enable_deletion_protection is on: AWS refuses to delete it"},
		{"aws_instance", `{"disable_api_termination":true}`,
			"data-loss blocked aws_instance.x: disable_api_termination is on: AWS refuses to delete it"},
		{"aws_lb", `{"enable_deletion_protection":false}`, ""},
	} {
		report := destroyed(t, planned(c.kind, Delete, c.before, ""))
		found := ""
		for _, f := range report.blocks() {
			found = told(Report{Findings: []Finding{f}})
		}
		if found != c.want || (report.ExitCode() == 1) != (c.want != "") {
			t.Errorf("%s %s: %q, exit code %d", c.kind, c.before, found, report.ExitCode())
		}
	}
	plans := []Plan{planOf(t, "prod", planned("aws_rds_cluster", Delete, `{"deletion_protection":true}`, ""))}
	allow := []Allowance{{DataLoss, "aws_rds_cluster.x"}}
	if report := Review(plans, Rules{Destroying: true, Allow: allow}); len(report.Failures()) != 1 {
		t.Errorf("an acknowledgement helps against AWS: %v", report.Findings)
	}
}

// Taking protection off is refused, unless the file acknowledges it; and then that alone is taken off.
func TestAFileAcknowledgesThatProtectionIsOff(t *testing.T) {
	resources := []resource{
		planned("aws_rds_cluster", Update,
			`{"deletion_protection":true,"skip_final_snapshot":false,"backup_retention_period":35}`,
			`{"deletion_protection":false,"skip_final_snapshot":true,"backup_retention_period":7}`),
		planned("aws_lb", Update, `{"enable_deletion_protection":true}`, `{"enable_deletion_protection":false}`),
		planned("aws_backup_vault_policy", Delete, `{}`, ""),
		planned("aws_kms_key", Update, `{"deletion_window_in_days":30}`, `{"deletion_window_in_days":7}`),
	}
	for stack, want := range map[string]int{"prod": 1, "staging": 6} {
		report := Review([]Plan{planOf(t, stack, resources...)}, Rules{Unprotected: []string{"prod"}})
		if got := len(report.Failures()); got != want || got+len(report.Declarations()) != 6 {
			t.Errorf("%s: %d failures, want %d:\n%s", stack, got, want, told(report))
		}
	}
}
