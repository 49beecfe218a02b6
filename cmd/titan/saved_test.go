package main

import (
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/runner"
)

func TestPlansAreKeptAndAppliedByAnotherRun(t *testing.T) {
	t.Chdir(t.TempDir())
	b := newBench("", under...)
	b.options.out = "plans"
	if code := b.run(t, runner.Plan, "prod"); code != exitDone || b.folder != "plans" {
		t.Fatalf("exit code %d, synthesized to %q: %s", code, b.folder, b.err.String())
	}

	b.options.out, b.options.plans, b.options.yes = "", "plans", true
	b.synthesized, b.folder, b.interactive = nil, "", false
	b.out.Reset()
	if code := b.run(t, runner.Deploy, "prod"); code != exitDone {
		t.Fatalf("exit code %d: %s", code, b.err.String())
	}
	if b.synthesized != nil || b.folder != "plans" {
		t.Errorf("synthesized %v, and applied from %q", b.synthesized, b.folder)
	}
	expect(t, "screen", b.out.String(), `deploy, in this order:
  prod.second  eu-central-1

      0s  prod.second  1 to add, 0 to change, 0 to destroy

Review of prod.second: 1 to add

others
    + prod.second  thing.prod.second

nothing is lost, opened, interrupted or bought

      0s  prod.second  applying
      0s  prod.second  prod.second: 1 of 1
      0s  prod.second  applied in 0s: 1 added, 0 changed, 0 destroyed

  prod.second  applied
deploy ended after 0s
not planned, because it comes after what was applied: prod, prod.global, prod.platform. Plan prod again
`)

	b.options.plans, b.options.out = "", "plans"
	for _, stack := range []string{"prod", "prod.global", "prod.platform"} {
		b.folders[stack].made = true
	}
	b.run(t, runner.Plan, "prod")
	b.options.out, b.options.plans = "", "plans"
	b.out.Reset()
	if code := b.run(t, runner.Deploy, "prod"); code != exitDone {
		t.Errorf("exit code %d: %s", code, b.err.String())
	}
	expect(t, "screen", b.out.String(), "nothing to do: no plan in \"plans\" changes anything\n")
}

func TestOnlyPlansOfTheTargetAreApplied(t *testing.T) {
	t.Chdir(t.TempDir())
	b := newBench("", under...)
	b.options.yes, b.options.plans = true, "plans"
	for _, c := range []struct {
		name   string
		change func()
		code   int
		want   string
	}{
		{"none are there", func() {}, exitFailed, "`plan TARGET --out plans` makes them"},
		{"elsewhere", func() { b.options.plans = "../plans" }, exitUsage, `--plans is "../plans", and must be a folder of its own in the project's`},
		{"of another", func() { b.options.plans = "plans"; keep(t, "prod") }, exitUsage, `the plans in "plans" are of prod, not of prod.global`},
		{"a part of them", func() { b.options.only = []string{"prod.global"} }, exitUsage, "--only"},
		{"where stacks are synthesized to", func() { b.options.plans = outDir }, exitUsage, "must be a folder of its own"},
		{"the project's folder itself", func() { b.options.plans = "." }, exitUsage, "must be a folder of its own"},
	} {
		b.options.plans, b.options.only = "plans", nil
		b.err.Reset()
		c.change()
		target := "prod.global"
		if b.options.only != nil {
			target = "prod"
		}
		code := b.run(t, runner.Deploy, target, b.options.only...)
		if code != c.code || !strings.Contains(b.err.String(), c.want) {
			t.Errorf("%s: exit code %d: %s", c.name, code, b.err.String())
		}
	}
	b.options.plans, b.options.out = "", "a/plans"
	b.err.Reset()
	if code := b.run(t, runner.Plan, "prod"); code != exitUsage || !strings.Contains(b.err.String(), "--out") {
		t.Errorf("plans kept elsewhere: exit code %d: %s", code, b.err.String())
	}
}

// keep leaves plans of a target.
func keep(t *testing.T, target string) {
	t.Helper()
	b := newBench("", under...)
	b.options.out = "plans"
	b.run(t, runner.Plan, target)
}
