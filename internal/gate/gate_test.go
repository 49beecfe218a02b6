package gate

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/review"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/stacks/order"
)

// plan deletes a bucket, or what else has a name.
func plan(stack, kind string) runner.PlannedStack {
	return runner.PlannedStack{Stack: order.Stack{Name: stack}, Plan: fmt.Appendf(nil,
		`{"format_version":"1.2","planned_values":{"root_module":{}},"resource_changes":[{"address":"%s.x",`+
			`"mode":"managed","type":%q,"name":"x",`+
			`"change":{"actions":["delete"],"before":{},"after":null}}]}`, kind, kind)}
}

func proposal(waits bool, plans ...runner.PlannedStack) runner.Proposal {
	p := runner.Proposal{Plans: plans}
	if waits {
		p.Waits = []runner.Wait{{Stack: "later", For: []string{"prod"}}}
	}
	return p
}

func allow(t *testing.T, texts ...string) (all []review.Allowance) {
	t.Helper()
	for _, text := range texts {
		allowance, err := review.ParseAllowance(text)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, allowance)
	}
	return all
}

// An allowance may be meant for a plan to come, so it is idle only when no stack waits any more.
func TestAllowancesAreJudgedOverTheWholeRun(t *testing.T) {
	const bucket, key = "data-loss=aws_s3_bucket.x", "data-loss=aws_kms_key.x"
	for name, c := range map[string]struct {
		allow   []string
		refused string // the proposals that are, of first and second
		idle    bool   // at the end
	}{
		"each is needed":            {[]string{bucket, key}, "", false},
		"the second needs another":  {[]string{bucket}, "second", false},
		"the first needs another":   {[]string{key}, "first", false},
		"one is needed by neither":  {[]string{bucket, key, "money=aws_eip.x"}, "second", true},
		"none where some are found": {nil, "first second", false},
	} {
		g := New(runner.Deploy, "prod", review.Rules{Allow: allow(t, c.allow...)})
		var refused []string
		for when, p := range []runner.Proposal{
			proposal(true, plan("prod", "aws_s3_bucket")), proposal(false, plan("prod.global", "aws_kms_key")),
		} {
			verdict, err := g.Review(t.Context(), p)
			if err != nil {
				t.Fatal(err)
			}
			if verdict.Refused != nil {
				refused = append(refused, []string{"first", "second"}[when])
			}
		}
		if got := strings.Join(refused, " "); got != c.refused {
			t.Errorf("%s: refused %q, want %q", name, got, c.refused)
		}
		if err := g.Idle(); (err != nil) != c.idle {
			t.Errorf("%s: at the end %v", name, err)
		}
	}
}

func TestAProposalIsOneReport(t *testing.T) {
	g := New(runner.Deploy, "prod", review.Rules{})
	both := proposal(false, plan("prod.second", "aws_s3_bucket"), plan("prod", "aws_s3_bucket"))
	verdict, err := g.Review(t.Context(), both)
	if err != nil || !errors.Is(verdict.Refused, ErrRefused) || len(verdict.Findings) != 2 {
		t.Errorf("%+v, %v", verdict, err)
	}
	for _, want := range []string{
		"Review of prod.second, prod: 2 to destroy\n", "--allow data-loss=prod.second:aws_s3_bucket.x\n",
		"refused: 2 findings are not acknowledged\n",
	} {
		if !strings.Contains(verdict.Text, want) {
			t.Errorf("the report lacks %q:\n%s", want, verdict.Text)
		}
	}
	empty := runner.PlannedStack{Stack: order.Stack{Name: "prod"}}
	_, err = g.Review(t.Context(), proposal(false, empty))
	if err == nil || !strings.HasPrefix(err.Error(), "stack prod: reading a plan") {
		t.Errorf("no plan: %v", err)
	}
}

func TestAYesAcknowledgesADestructionOnlyWhereSomebodyIsAsked(t *testing.T) {
	for name, c := range map[string]struct {
		verb  runner.Verb
		asked bool
		allow []string
		want  string
	}{
		"somebody": {runner.Destroy, true, nil, ""},
		"nobody": {runner.Destroy, false, nil, "what aws_s3_bucket.x holds is lost, which --yes does not acknowledge; " +
			"add --allow data-loss=prod"},
		"nobody, and it is said": {runner.Destroy, false, []string{"data-loss=prod"}, ""},
		"of another target":      {runner.Destroy, false, []string{"data-loss=prod-dr"}, ErrRefused.Error()},
		"in a deployment":        {runner.Deploy, true, []string{"data-loss=prod"}, ErrRefused.Error()},
	} {
		g := New(c.verb, "prod", review.Rules{Allow: allow(t, c.allow...)})
		p := proposal(false, plan("prod", "aws_s3_bucket"))
		p.Asked = c.asked
		verdict, err := g.Review(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if verdict.Refused != nil {
			got = verdict.Refused.Error()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
