package main

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops/states"
	"github.com/titan-platform/titan/internal/review"
	"github.com/titan-platform/titan/internal/runner"
)

// allowing are allowances as --allow is given them.
func allowing(texts ...string) []review.Allowance {
	all, err := allowances(texts)
	if err != nil {
		panic(err)
	}
	return all
}

// losing is a bench on which a deployment of prod.second, and of prod after it, would destroy a bucket.
func losing(answers string) *bench {
	b := newBench(answers, under...)
	b.folders["prod.second"].shown = changePlan("aws_s3_bucket", `["delete"]`, `{"bucket":"logs"}`, `null`)
	b.folders["prod"].shown = b.folders["prod.second"].shown
	return b
}

func TestAFindingRefusesADeployment(t *testing.T) {
	b := losing("yes\n")
	if code := b.run(t, runner.Deploy, "prod"); code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	expect(t, "screen", b.out.String(), `synthesized prod, prod-dr in 0 s
it stands on bootstrap.production.eu-west-1, bootstrap.production.eu-central-1, `+
		`account.production.eu-west-1, account.production.eu-central-1, prod.zone
deploy, in this order:
  prod.second    eu-central-1
  prod           eu-west-1       after prod.second
  prod.global    us-east-1       after prod.second and prod
  prod.platform  eu-west-1       after prod.second and prod

      0s  prod.second    planning
      0s  prod.second    1 to add, 0 to change, 0 to destroy

Review of prod.second: 1 to destroy

buckets and backups
    - prod.second  aws_s3_bucket.x

Data loss
  prod.second: aws_s3_bucket.x
    destroyed: all that it holds is lost
      remedy: keep it, or copy what it holds elsewhere first
    or acknowledge it: --allow data-loss=aws_s3_bucket.x

refused: 1 finding is not acknowledged

  prod.second    refused          1 to add, 0 to change, 0 to destroy
  prod           upstream failed  not begun, because of prod.second
  prod.global    upstream failed  not begun, because of prod.second
  prod.platform  upstream failed  not begun, because of prod.second
deploy ended after 0s
`)
	expect(t, "standard error", b.err.String(),
		"the review refuses the plans: take back what it found, or acknowledge it with --allow\n")
}

// A yes that nobody gives acknowledges nothing, and an acknowledgement holds for the one stack that it names.
func TestWhatAcknowledges(t *testing.T) {
	const second, prod = "data-loss=prod.second:aws_s3_bucket.x", "data-loss=prod:aws_s3_bucket.x"
	for name, c := range map[string]struct {
		allow []string
		made  string // of prod.second and prod
		want  string
	}{
		"nothing":            {nil, "", "the review refuses the plans"},
		"one of two":         {[]string{second}, "prod.second", "the review refuses the plans"},
		"both":               {[]string{second, prod}, "prod.second prod", ""},
		"both by an address": {[]string{"data-loss=aws_s3_bucket.x"}, "prod.second prod", ""},
		"another verdict":    {[]string{"outage=aws_s3_bucket.x"}, "", "the review refuses the plans"},
		// Not judged while other stacks wait, whose plans may need it.
		"one too many": {[]string{second, prod, "money=aws_shield_protection.x"}, "prod.second prod",
			"the review refuses the plans"},
	} {
		t.Run(name, func(t *testing.T) {
			b := losing("")
			b.options.yes, b.options.allow = true, allowing(c.allow...)
			code := b.run(t, runner.Deploy, "prod")
			if done := code == exitDone; done != (c.want == "") || !strings.HasPrefix(b.err.String(), c.want) {
				t.Errorf("exit code %d: %s", code, b.err.String())
			}
			var made []string
			for _, stack := range []string{"prod.second", "prod"} {
				if b.folders[stack].made {
					made = append(made, stack)
				}
			}
			if got := strings.Join(made, " "); got != c.made {
				t.Errorf("made %q, want %q", got, c.made)
			}
		})
	}
}

func TestAnIdleAllowanceIsToldWhereNothingChanges(t *testing.T) {
	b := newBench("", append(under, "prod.global")...)
	b.options.allow = allowing("outage=aws_lb.main")
	if code := b.run(t, runner.Deploy, "prod.global"); code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	expect(t, "standard error", b.err.String(),
		"--allow outage=aws_lb.main acknowledged nothing in this run: nothing of that kind was found there; leave it out\n")
}

func TestSavedPlansAreHeldToAReview(t *testing.T) {
	t.Chdir(t.TempDir())
	keep(t, "prod")
	b := losing("")
	b.options.plans, b.options.yes = "plans", true
	if code := b.run(t, runner.Deploy, "prod"); code != exitFailed || b.folders["prod.second"].made {
		t.Errorf("exit code %d, made %v", code, b.folders["prod.second"].made)
	}
	b.options.allow = allowing("data-loss=aws_s3_bucket.x")
	if code := b.run(t, runner.Deploy, "prod"); code != exitDone || !b.folders["prod.second"].made {
		t.Errorf("exit code %d: %s", code, b.err.String())
	}
}

func TestADestructionSaysWhatItLoses(t *testing.T) {
	b := newBench("yes\n", append(under, "prod-dr")...)
	b.folders["prod-dr"].shown = changePlan("aws_rds_cluster", `["delete"]`, `{"deletion_protection":false}`, `null`)
	if code := b.run(t, runner.Destroy, "prod-dr"); code != exitDone || b.folders["prod-dr"].made {
		t.Errorf("exit code %d: %s", code, b.err.String())
	}
	expect(t, "screen", sideBySide(b.out.String()), `synthesized prod, prod-dr in 0 s
destroy, in this order:
  prod-dr.platform  eu-central-1
  prod-dr.global    us-east-1
  prod-dr           eu-central-1    after prod-dr.global and prod-dr.platform

      0s  prod-dr.global    nothing to do
      0s  prod-dr.global    planning
      0s  prod-dr.platform  nothing to do
      0s  prod-dr.platform  planning
      0s  prod-dr           planning
      0s  prod-dr           0 to add, 0 to change, 1 to destroy

Review of prod-dr: 1 to destroy

database
    - prod-dr  aws_rds_cluster.x

Lost with what is destroyed
  prod-dr: aws_rds_cluster.x
    destroyed: all that it holds is lost

what aws_rds_cluster.x holds is lost

      0s  prod-dr           applying
      0s  prod-dr           prod-dr: 1 of 1
      0s  prod-dr           destroyed in 0s: 0 added, 0 changed, 1 destroyed

  prod-dr.platform  unchanged
  prod-dr.global    unchanged
  prod-dr           destroyed
destroy ended after 0s

left of prod-dr, which no state holds (asked eu-central-1, us-east-1):
  nothing that was found
`)
	expect(t, "question", b.err.String(), "Destroy what prod-dr holds (0 to add, 0 to change, 1 to destroy; "+
		"what aws_rds_cluster.x holds is lost)? Only \"yes\" is taken: ")
}

// sideBySide puts what is said of stacks that are planned at the same time, in whatever order that is, in order.
func sideBySide(screen string) string {
	lines := strings.SplitAfter(screen, "\n")
	first := slices.IndexFunc(lines, func(line string) bool { return strings.HasSuffix(line, "planning\n") })
	if first >= 0 && first+4 <= len(lines) {
		slices.Sort(lines[first : first+4]) // two stacks, each with a line at its beginning and its end
	}
	return strings.Join(lines, "")
}

func TestWhatADestructionTakes(t *testing.T) {
	const protected = `{"deletion_protection":true}`
	for name, c := range map[string]struct {
		before string
		yes    bool
		allow  string
		want   string
	}{
		"a yes": {`{}`, false, "", ""},
		"nobody is asked": {`{}`, true, "", "what aws_rds_cluster.x holds is lost, " +
			"which --yes does not acknowledge; add --allow data-loss=prod-dr\n"},
		"nobody, and acknowledged":  {`{}`, true, "data-loss=prod-dr", ""},
		"still protected":           {protected, false, "", "the review refuses the plans"},
		"protected, and no comfort": {protected, true, "data-loss=prod-dr", "the review refuses the plans"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench("yes\n", append(under, "prod-dr")...)
			b.folders["prod-dr"].shown = changePlan("aws_rds_cluster", `["delete"]`, c.before, `null`)
			if b.options.yes = c.yes; c.allow != "" {
				b.options.allow = allowing(c.allow)
			}
			code := b.run(t, runner.Destroy, "prod-dr")
			refused := c.want != ""
			if (code != exitDone) != refused || refused && !strings.HasPrefix(b.err.String(), c.want) {
				t.Errorf("exit code %d: %s", code, b.err.String())
			}
			if b.folders["prod-dr"].made != refused {
				t.Errorf("still there: %v", b.folders["prod-dr"].made)
			}
			shown := strings.Contains(b.out.String(), "deletion_protection is on: AWS refuses to delete it")
			if shown != (c.before == protected) {
				t.Errorf("screen:\n%s", b.out.String())
			}
		})
	}
}

func TestProtectionIsTakenOffFirst(t *testing.T) {
	for target, want := range map[string]string{
		"prod-dr": `prod-dr is protected; nothing was changed. Take the protection off first:
  prod-dr.yaml: protection: "off", and acknowledge: [protection-off]
  go tool titan deploy prod-dr
`,
		"prod.platform": `prod.platform is protected; nothing was changed. Take the protection off first:
  prod.yaml: protection: "off", and acknowledge: [protection-off]
  go tool titan deploy prod.platform
`,
		"account.production.eu-west-1": `account.production.eu-west-1 is protected; nothing was changed. Take the protection off first:
  accounts/production.yaml: protection: "off"
  go tool titan deploy account.production.eu-west-1
`,
	} {
		b := newBench("yes\n", append(under, "prod", "prod-dr")...)
		b.options.environments = func() ([]environments.Environment, error) {
			all := fixture()
			for i := range all {
				all[i].Protection, all[i].Account.Protection = environments.ProtectionFull, environments.ProtectionFull
			}
			return all, nil
		}
		if code := b.run(t, runner.Destroy, target); code != exitFailed || b.synthesized != nil {
			t.Errorf("%s: exit code %d, synthesized %v", target, code, b.synthesized)
		}
		expect(t, target, b.err.String(), want)
	}
}

const homeBucket = "titan-state-333333333333-eu-west-1"

func TestAnEnvironmentWithoutAFileIsNotForgotten(t *testing.T) {
	t.Setenv(environmentsVariable, "")
	left := map[string][]states.State{homeBucket: {
		{Stack: "old", Resources: 12}, {Stack: "old.zone", Resources: 1}, {Stack: "prod", Resources: 3},
		{Stack: "prod-dr.zone", Resources: 1}, {Stack: "account.production.eu-west-1", Resources: 5},
	}}
	for _, target := range []string{"prod", "prod.zone", "account.production.eu-west-1"} {
		b := newBench("yes\n", under...)
		b.kept.states = left
		if code := b.run(t, runner.Deploy, target); code != exitFailed || strings.Contains(b.out.String(), "planning") {
			t.Errorf("%s: exit code %d\n%s", target, code, b.out.String())
		}
		expect(t, target, b.err.String(), `environments without a file still hold resources, which nothing manages any more; nothing was changed:
  old: 12 in s3://`+homeBucket+`/old/terraform.tfstate
  old.zone: 1 in s3://`+homeBucket+`/old.zone/terraform.tfstate
Put each file back, and destroy what it says:
  environments/old.yaml (git log --diff-filter=D -- environments/old.yaml), then go tool titan destroy old
`)
		want := []string{homeBucket + " in eu-west-1", "titan-state-333333333333-eu-central-1 in eu-central-1"}
		if diff := cmp.Diff(want, b.kept.asked); diff != "" {
			t.Error(diff)
		}
	}
	b := newBench("yes\n", append(under, "prod-dr")...)
	b.kept.states = left
	if b.run(t, runner.Plan, "prod"); b.kept.asked != nil {
		t.Error("a plan changes nothing, and asked")
	}
	if b.run(t, runner.Deploy, "prod.second"); b.kept.asked != nil {
		t.Error("a part of an environment must do without a region, and asked")
	}
	b = newBench("yes\n", append(under, "prod-dr")...)
	b.kept.states = left
	if code := b.run(t, runner.Destroy, "prod-dr"); code != exitDone {
		t.Errorf("a destruction of another environment: exit code %d: %s", code, b.err.String())
	}
	b = newBench("yes\n", "bootstrap.production.eu-west-1")
	b.kept.states = left
	if code := b.run(t, runner.Destroy, "bootstrap.production.eu-west-1"); code != exitFailed || b.kept.asked == nil {
		t.Errorf("the bucket of the orphan's state: exit code %d: %s", code, b.err.String())
	}
}

func TestWhereAWSCannotBeAskedThatIsSaid(t *testing.T) {
	b := newBench("", under...)
	b.options.yes, b.kept.broken = true, errors.New(`listing the states in bucket "x": AccessDenied`)
	if code := b.run(t, runner.Deploy, "prod"); code != exitDone {
		t.Errorf("exit code %d: %s", code, b.err.String())
	}
	want := "whether an environment without a file still holds resources was not found out: " +
		"listing the states in bucket \"x\": AccessDenied\n"
	if !strings.Contains(b.out.String(), want) {
		t.Errorf("screen:\n%s", b.out.String())
	}
}
