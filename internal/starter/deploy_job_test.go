package starter

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func deploying(plans string) map[string]string {
	return map[string]string{
		"ENVIRONMENT": "dev", "BUCKET": "state", "STACKS": "dev,dev.global", "LEFT_OUT": "", "PLANS": plans,
		"REVIEW": "## dev\n",
		"ALLOW":  "data-loss=dev:aws_s3_bucket.old data-loss=prod:aws_s3_bucket.old", "KEY": "plans/dev/7-1.tgz",
	}
}

// kept has the plans in the bucket.
func kept(t *testing.T, m machine) {
	t.Helper()
	if err := m.on(t).run(t, "deploy-environment", "plan", deploying(changing)); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(m.state, "calls")); err != nil {
		t.Fatal(err)
	}
}

// What is approved is applied: the plans go through the bucket as they are, and are gone from it after that.
func TestWhatWasApprovedIsApplied(t *testing.T) {
	m := newMachine(t)
	if err := m.run(t, "deploy-environment", "plan", deploying(changing)); err != nil {
		t.Fatal(err)
	}
	if got, want := m.output(t), "changes=true\nkey=plans/dev/7-1.tgz\n"; got != want {
		t.Errorf("the plan's outputs are %q, want %q", got, want)
	}
	later := m.on(t)
	if err := later.run(t, "deploy-environment", "apply", deploying("")); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"go tool titan plan dev --only dev,dev.global --out plans",
		"go tool titan review dev --markdown --allow data-loss=dev:aws_s3_bucket.old",
		"aws s3 cp plans.tgz s3://state/plans/dev/7-1.tgz --only-show-errors",
		"aws s3 cp s3://state/plans/dev/7-1.tgz plans.tgz --only-show-errors",
		"go tool titan deploy dev --plans plans --yes",
		"aws s3 rm s3://state/plans/dev/7-1.tgz --only-show-errors",
	}
	if got := m.calls(t); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := os.Stat(filepath.Join(later.work, "plans/stacks/dev/.terraform")); err == nil {
		t.Error("the providers went along")
	}
	summary := "## dev\nStill to be planned: dev.global. Run the workflow deploy again.\n"
	if got, want := m.summary(t), summary; got != want {
		t.Errorf("the summary is %q, want %q", got, want)
	}
}

func TestWithoutChangesNobodyIsAsked(t *testing.T) {
	m := newMachine(t)
	leaving := with(deploying(idle), map[string]string{"LEFT_OUT": "dev.platform: why."})
	if err := m.run(t, "deploy-environment", "plan", leaving); err != nil {
		t.Fatal(err)
	}
	if got := m.output(t); got != "changes=false\n" {
		t.Errorf("the outputs are %q", got)
	}
	if got := m.summary(t); got != "Not planned here: dev.platform: why.\n" {
		t.Errorf("the summary is %q", got)
	}
	if calls := m.calls(t); len(calls) != 1 {
		t.Errorf("got %q, want the plan alone", calls)
	}
}

// A refused plan is not kept, so that nobody is asked to approve it.
func TestARefusedPlanIsNotKept(t *testing.T) {
	m := newMachine(t)
	refused := with(deploying(changing), map[string]string{"REVIEW_CODE": "1"})
	if err := m.run(t, "deploy-environment", "plan", refused); err == nil {
		t.Error("a refusal succeeds")
	}
	if text := strings.Join(m.calls(t), "\n"); strings.Contains(text, "aws s3 cp") {
		t.Errorf("kept: %s", text)
	}
}
