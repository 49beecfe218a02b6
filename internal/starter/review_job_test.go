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
	{"id": 3, "user": {"login": "github-actions[bot]"}, "body": "quotes <!-- titan review dev -->"},
	{"id": 4, "user": {"login": "github-actions[bot]"}, "body": "<!-- titan review dev -->\nold"}]`

func commenting(comments string) map[string]string {
	return map[string]string{
		"ENVIRONMENTS": "dev", "PULL_REQUEST": "12", "RUN": "https://run/7", "GH_TOKEN": "token", "COMMENTS": comments,
	}
}

func TestEachEnvironmentHasOneCommentThatIsUpdated(t *testing.T) {
	const post = "gh api --method POST repos/acme/platform/issues/12/comments -F body=@comment.md"
	long := strings.Repeat("é", 70000)
	for name, test := range map[string]struct{ comments, review, call, text string }{
		"first": {"[]", "new", post, "new\n"},
		"later": {twoComments, "new",
			"gh api --method PATCH repos/acme/platform/issues/comments/4 -F body=@comment.md", "new\n"},
		"none": {"[]", "", post,
			"**dev** could not be reviewed: [the run](https://run/7) says why.\n"},
		"long": {"[]", long, post,
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
