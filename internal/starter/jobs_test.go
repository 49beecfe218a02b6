package starter

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// with is variables, with others on top.
func with(variables, others map[string]string) map[string]string {
	all := maps.Clone(variables)
	maps.Copy(all, others)
	return all
}

func reviewing(others map[string]string) map[string]string {
	return with(map[string]string{
		"ENVIRONMENT": "dev", "STACKS": "dev,dev.global", "LEFT_OUT": "dev.platform: why.", "DESCRIPTION": "",
		"PLANS": changing, "REVIEW": "## dev\n",
	}, others)
}

func TestAPullRequestIsReviewed(t *testing.T) {
	m := newMachine(t)
	if err := m.run(t, "review", "review", reviewing(map[string]string{"DESCRIPTION": "Moves a bucket.\r\n\r\n" +
		"titan-allow: data-loss=dev:aws_s3_bucket.old\r\n" +
		"titan-allow: outage=dev.global:aws_cloudfront_distribution.cdn[0] $(touch owned)\r\n" +
		"titan-allow: data-loss=develop:aws_s3_bucket.old\r\n" +
		"titan-allow: data-loss=prod:aws_s3_bucket.old\r\n"})); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"go tool titan plan dev --only dev,dev.global --out plans",
		"go tool titan review dev --markdown --allow data-loss=dev:aws_s3_bucket.old " +
			"--allow outage=dev.global:aws_cloudfront_distribution.cdn[0]",
	}
	if got := m.calls(t); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	text := "## dev\n\nNot planned here: dev.platform: why.\n"
	if got := read(t, m.work, "review", "review.md"); got != text {
		t.Errorf("the review is %q, want %q", got, text)
	}
	if got := m.summary(t); got != text {
		t.Errorf("the summary is %q, want %q", got, text)
	}
	if _, err := os.Stat(filepath.Join(m.work, "owned")); err == nil {
		t.Error("the description was run")
	}
}

// A review that refuses fails the job, and is shown all the same. One that could not be made is not shown.
func TestARefusalIsShownAndFails(t *testing.T) {
	m := newMachine(t)
	if err := m.run(t, "review", "review", reviewing(map[string]string{"REVIEW_CODE": "1"})); err == nil {
		t.Error("a refusal succeeds")
	}
	if got := read(t, m.work, "review", "review.md"); !strings.HasPrefix(got, "## dev\n") {
		t.Errorf("the review is %q", got)
	}
	for _, code := range []string{"0", "2"} {
		m = newMachine(t)
		if err := m.run(t, "review", "review", reviewing(map[string]string{"REVIEW": "", "REVIEW_CODE": code})); err == nil {
			t.Errorf("a review of no words and exit code %s succeeds", code)
		}
		if got := read(t, m.work, "review", "review.md"); got != "" {
			t.Errorf("the review is %q", got)
		}
	}
}

// twoComments are somebody's who quotes the workflow's, and the workflow's own.
const twoComments = `[
	{"id": 1, "user": {"login": "somebody"}, "body": "<!-- titan review dev -->\nmine"},
	{"id": 2, "user": {"login": "github-actions[bot]"}, "body": "<!-- titan review dev-two -->\nanother's"},
	{"id": 3, "user": {"login": "github-actions[bot]"}, "body": "<!-- titan review dev -->\nold"}]`

func commenting(comments string) map[string]string {
	return map[string]string{
		"ENVIRONMENTS": "dev", "PULL_REQUEST": "12", "RUN": "https://run/7", "GH_TOKEN": "token", "COMMENTS": comments,
	}
}

func TestEachEnvironmentHasOneCommentThatIsUpdated(t *testing.T) {
	long := strings.Repeat("é", 70000)
	for name, test := range map[string]struct{ comments, review, call, text string }{
		"first": {"[]", "new", "gh api --method POST repos/acme/platform/issues/12/comments -F body=@comment.md", "new\n"},
		"later": {twoComments, "new", "gh api --method PATCH repos/acme/platform/issues/comments/3 -F body=@comment.md", "new\n"},
		"none": {"[]", "", "gh api --method POST repos/acme/platform/issues/12/comments -F body=@comment.md",
			"**dev** could not be reviewed: [the run](https://run/7) says why.\n"},
		"long": {"[]", long, "gh api --method POST repos/acme/platform/issues/12/comments -F body=@comment.md",
			long[:2*60000] + "\n\nCut here: [the run](https://run/7) has all of it.\n"},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t)
			if test.review != "" {
				m.put(t, "reviews/review-dev/review.md", test.review)
			}
			if err := m.run(t, "review", "comment", commenting(test.comments)); err != nil {
				t.Fatal(err)
			}
			calls := m.calls(t)
			if len(calls) != 2 || calls[1] != test.call {
				t.Errorf("got %q, want %q", calls, test.call)
			}
			if got, want := read(t, m.state, "written"), "<!-- titan review dev -->\n"+test.text; got != want {
				t.Errorf("got %.200q, want %.200q", got, want)
			}
		})
	}
}

func deploying(plans string) map[string]string {
	return map[string]string{
		"ENVIRONMENT": "dev", "BUCKET": "state", "STACKS": "dev,dev.global", "LEFT_OUT": "", "PLANS": plans, "REVIEW": "## dev\n",
		"ALLOW": "data-loss=dev:aws_s3_bucket.old data-loss=prod:aws_s3_bucket.old", "KEY": "plans/dev/7-1.tgz",
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
	if got, want := m.summary(t), "## dev\nStill to be planned: dev.global. Run the workflow deploy again.\n"; got != want {
		t.Errorf("the summary is %q, want %q", got, want)
	}
}

func TestWithoutChangesNobodyIsAsked(t *testing.T) {
	m := newMachine(t)
	if err := m.run(t, "deploy-environment", "plan", with(deploying(idle), map[string]string{"LEFT_OUT": "dev.platform: why."})); err != nil {
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
	if err := m.run(t, "deploy-environment", "plan", with(deploying(changing), map[string]string{"REVIEW_CODE": "1"})); err == nil {
		t.Error("a refusal succeeds")
	}
	if text := strings.Join(m.calls(t), "\n"); strings.Contains(text, "aws s3 cp") {
		t.Errorf("kept: %s", text)
	}
}

func drifting(plans string) map[string]string {
	return map[string]string{
		"ENVIRONMENT": "dev", "STACKS": "dev,dev.global", "LEFT_OUT": "dev.platform: why.", "PLANS": plans, "REVIEW": "## dev\n",
	}
}

func TestDriftIsReviewedAndRefusesNothing(t *testing.T) {
	for plans, want := range map[string]string{changing: "## dev\n\nNot planned: dev.platform: why.\n", idle: ""} {
		m := newMachine(t)
		if err := m.run(t, "drift", "plan", with(drifting(plans), map[string]string{"REVIEW_CODE": "1"})); err != nil {
			t.Fatal(err)
		}
		if got := read(t, m.work, "drift", "drift.md"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if _, err := os.Stat(filepath.Join(m.work, "drift", "drift.md")); err != nil {
			t.Error(err)
		}
	}
}

const twoIssues = `[{"number": 4, "title": "Drift in dev-two"}, {"number": 5, "title": "Drift in dev"}]`

func issuing(issues string) map[string]string {
	return map[string]string{"ENVIRONMENTS": "dev", "RUN": "https://run/7", "GH_TOKEN": "token", "GH_REPO": "acme/platform", "ISSUES": issues}
}

// drifted is an environment whose drift is known; empty is none.
func drifted(text string) func(*testing.T, machine) {
	return func(t *testing.T, m machine) { t.Helper(); m.put(t, "drifts/drift-dev/drift.md", text) }
}

func TestDriftHasOneIssueAnEnvironment(t *testing.T) {
	for name, test := range map[string]struct {
		issues, call string
		prepare      func(*testing.T, machine)
	}{
		"found":       {"[]", "gh issue create --title Drift in dev --body-file issue.md", drifted("found")},
		"still there": {twoIssues, "gh issue edit 5 --body-file issue.md", drifted("found")},
		"gone":        {twoIssues, "gh issue close 5 --comment AWS is again what branch main says: https://run/7", drifted("")},
		"never there": {"[]", "", drifted("")},
		"not known":   {twoIssues, "", func(*testing.T, machine) {}},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t)
			test.prepare(t, m)
			if err := m.run(t, "drift", "issue", issuing(test.issues)); err != nil {
				t.Fatal(err)
			}
			calls := slices.DeleteFunc(m.calls(t), func(call string) bool { return strings.HasPrefix(call, "gh issue list") })
			if got := strings.Join(calls, "\n"); got != test.call {
				t.Errorf("got %q, want %q", got, test.call)
			}
			text := read(t, m.state, "written")
			if found := strings.HasSuffix(text, "\n\nfound\n"); found != strings.Contains(test.call, "issue.md") {
				t.Errorf("the issue says %q", text)
			}
		})
	}
}
