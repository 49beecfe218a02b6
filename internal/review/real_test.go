package review

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/internal/terraform"
)

// TestAPlanOfTheRealProvider plans a configuration against a state, both in testdata/real, without asking AWS: what
// the provider marks as sensitive, replaces and computes is its own. It is skipped where the provider is not found.
func TestAPlanOfTheRealProvider(t *testing.T) {
	plugins, err := terraform.PluginDir()
	if err != nil || plugins == "" {
		t.Skip("the provider is not found: set ", terraform.PluginDirVariable)
	}
	if _, err := exec.LookPath("terraform"); err != nil {
		t.Skip(err)
	}
	folder := t.TempDir()
	for from, to := range map[string]string{"main.tf.json": "main.tf.json", "state.json": "terraform.tfstate"} {
		content, err := os.ReadFile(filepath.Join("testdata", "real", from))
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, to), content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	w := terraform.Workspace{Dir: folder, Env: terraform.EnvironmentFrom(plugins)}
	if err := w.Init(t.Context()); err != nil {
		t.Skip(err) // another version lies there
	}
	if _, err := w.Plan(t.Context(), "plan", "-refresh=false"); err != nil {
		t.Fatal(err)
	}
	shown, err := w.ShowPlan(t.Context(), "plan")
	if err != nil {
		t.Fatal(err)
	}
	plan, err := Read(bytes.NewReader(shown))
	if err != nil {
		t.Fatal(err)
	}
	plan.Stack = "prod"
	report := Review([]Plan{plan}, Rules{})
	const want = `data-loss aws_rds_cluster.db: replaced: all that it holds is lost
data-loss aws_rds_cluster.db: backup_retention_period is lowered: older backups are deleted
data-loss aws_rds_cluster.db: deletion_protection is switched off: the service would let it be deleted
data-loss aws_s3_bucket.gone: destroyed: all that it holds is lost
data-loss aws_s3_bucket_versioning.kept: versioning_configuration.status stops: what is overwritten is lost
data-loss aws_cloudwatch_log_group.log: retention_in_days is lowered: older logs are deleted
exposure aws_vpc_security_group_ingress_rule.a: newly allows tcp 5432 from 10.0.128.0/17
exposure aws_s3_bucket_policy.kept: policy newly allows
outage aws_rds_cluster.db: replaced: nothing answers meanwhile
money aws_shield_subscription.s: binds to Shield Advanced for a year, 3,000 dollars a month, and can't be undone`
	if diff := cmp.Diff(want, told(report)); diff != "" {
		t.Error(diff)
	}
	output := shown4711(t, report)
	for _, want := range []string{"master_password: (sensitive) → (sensitive)", "key/bbbb\"   forces the replacement",
		"its block is gone from the configuration", "(was aws_sns_topic.old)"} {
		if !strings.Contains(output, want) {
			t.Errorf("lacks %q:\n%s", want, output)
		}
	}
	if strings.Contains(output, "known after the apply") {
		t.Errorf("what the provider computes is shown:\n%s", output)
	}
}

// shown4711 is all that a review says, in which no secret of the test data may be.
func shown4711(t *testing.T, report Report) string {
	t.Helper()
	output := shown(t, report)
	if strings.Contains(output, "4711") {
		t.Errorf("a secret is shown:\n%s", output)
	}
	return output
}
