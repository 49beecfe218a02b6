package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/review"
	"github.com/titan-platform/titan/internal/runner"
)

// changePlan is a plan that changes one resource, in Terraform's JSON form.
func changePlan(kind, actions, before, after string) string {
	return fmt.Sprintf(`{"format_version":"1.2","planned_values":{"root_module":{}},"resource_changes":[{"address":"%s.x",`+
		`"mode":"managed","type":%q,"name":"x","change":{"actions":%s,"before":%s,"after":%s}}]}`, kind, kind, actions, before, after)
}

// judge runs a review on the fixture and returns the exit code.
func (b *bench) judge(t *testing.T, o reviewOptions) int {
	t.Helper()
	o.run = b.options
	b.out.Reset()
	b.err.Reset()
	command, _, err := newRoot(b.terminal).Find([]string{"review"})
	if err != nil {
		t.Fatal(err)
	}
	return exitCode(t.Context(), runReview(t.Context(), o), b.terminal, command)
}

func TestPlansOfATargetAreReviewed(t *testing.T) {
	t.Chdir(t.TempDir())
	b := newBench("", under...)
	b.options.out = "plans"
	if code := b.run(t, runner.Plan, "prod"); code != exitDone {
		t.Fatal(b.err.String())
	}
	b.folders["prod.second"].shown = changePlan("aws_s3_bucket", `["delete"]`, `{"bucket":"logs"}`, `null`)
	o := reviewOptions{target: "prod", plans: "plans"}
	if code := b.judge(t, o); code != exitFailed || b.folder != "plans" {
		t.Errorf("exit code %d, from %q", code, b.folder)
	}
	expect(t, "screen", b.out.String(), `Review of prod.second: 1 to destroy

buckets and backups
    - prod.second  aws_s3_bucket.x

Data loss
  prod.second: aws_s3_bucket.x
    destroyed: all that it holds is lost
      remedy: keep it, or copy what it holds elsewhere first
    or acknowledge it: --allow data-loss=aws_s3_bucket.x

warning: prod is not planned yet, and not reviewed: it comes after prod.second
warning: prod.global is not planned yet, and not reviewed: it comes after prod, prod.second
warning: prod.platform is not planned yet, and not reviewed: it comes after prod, prod.second

refused: 1 finding is not acknowledged
`)
	expect(t, "standard error", b.err.String(), "the review refuses the plans: take back what it found, or acknowledge it with --allow\n")

	o.allow = []review.Allowance{{Verdict: review.DataLoss, Address: "prod.second:aws_s3_bucket.x"}}
	if code := b.judge(t, o); code != exitDone {
		t.Errorf("acknowledged: exit code %d: %s", code, b.err.String())
	}
	o.markdown = true
	if code := b.judge(t, o); code != exitDone || !strings.HasPrefix(b.out.String(), "### ") {
		t.Errorf("Markdown: exit code %d: %s", code, b.out.String())
	}
}

func TestWhatCannotBeReviewed(t *testing.T) {
	t.Chdir(t.TempDir())
	b := newBench("", under...)
	keep(t, "prod")
	b.folders["prod.second"].shown = " "
	if err := os.WriteFile("prod.json", []byte(`{"format_version":`), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		options reviewOptions
		want    string
	}{
		"no such folder":         {reviewOptions{target: "prod", plans: "others"}, "`plan TARGET --out others` makes them"},
		"a folder elsewhere":     {reviewOptions{target: "prod", plans: "../plans"}, "--plans"},
		"of another target":      {reviewOptions{target: "prod.global", plans: "plans"}, "are of prod, not of prod.global"},
		"of nobody":              {reviewOptions{target: "prodd", plans: "plans"}, `did you mean "prod"?`},
		"a plan that is not one": {reviewOptions{target: "prod", plans: "plans"}, "stack prod.second: reading a plan: it is empty"},
		"a truncated file":       {reviewOptions{files: []string{"prod.json"}}, `"prod.json": reading a plan: it ends in the middle`},
		"no file":                {reviewOptions{files: []string{"none.json"}}, "no such file"},
		"two of one stack":       {reviewOptions{files: []string{"prod.json", "a/prod.json"}}, ""},
	} {
		if code := b.judge(t, c.options); code != exitUsage || !strings.Contains(b.err.String(), c.want) {
			t.Errorf("%s: exit code %d: %s", name, code, b.err.String())
		}
	}
}

// The database of a standby is a copy: another one to restore it from is what a failover does.
func TestTheFilesSayWhoseDatabaseIsACopy(t *testing.T) {
	t.Chdir(t.TempDir())
	b := newBench("")
	const before = `{"snapshot_identifier":"a","skip_final_snapshot":false,"final_snapshot_identifier":"last"}`
	plan := strings.Replace(changePlan("aws_rds_cluster", `["delete","create"]`, before, strings.Replace(before, `"a"`, `"b"`, 1)),
		`"change":{`, `"change":{"replace_paths":[["snapshot_identifier"]],`, 1)
	for name, want := range map[string]int{"prod-dr.json": exitDone, "prod.json": exitFailed} {
		if err := os.WriteFile(name, []byte(plan), 0o600); err != nil {
			t.Fatal(err)
		}
		if code := b.judge(t, reviewOptions{files: []string{name}}); code != want {
			t.Errorf("%s: exit code %d\n%s", name, code, b.out.String())
		}
	}
}

func TestAnInterruptedReview(t *testing.T) {
	t.Chdir(t.TempDir())
	b := newBench("", under...)
	keep(t, "prod")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := runReview(ctx, reviewOptions{run: b.options, target: "prod", plans: "plans"})
	if code := exitCode(ctx, err, b.terminal, newRoot(b.terminal)); code != exitCancelled {
		t.Errorf("exit code %d: %v", code, err)
	}
}

func TestTheHelpOfAReview(t *testing.T) {
	terminal, out, _ := screen()
	if code := run(t.Context(), terminal, []string{"review", "--help"}); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	for _, want := range []string{"Exit codes:\n  0    nothing refuses the plans\n  1 ", "Examples:\n  titan"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("help lacks %q:\n%s", want, out.String())
		}
	}
}
