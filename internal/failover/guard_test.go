package failover

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/stacks/order"
)

// plan proposes one that changes a resource.
func plan(actions, kind string) runner.Proposal {
	const form = `{"resource_changes": [{"address": "%[2]s.x", "type": "%[2]s", "change": {"actions": [%[1]s]}}]}`
	return proposal(fmt.Sprintf(form, actions, kind))
}

func proposal(plan string) runner.Proposal {
	return runner.Proposal{Plans: []runner.PlannedStack{{Stack: order.Stack{Name: "prod"}, Plan: []byte(plan)}}}
}

func TestPlansThatEndDataAreAskedAbout(t *testing.T) {
	const replaced = `"delete", "create"`
	for name, c := range map[string]struct {
		plan     runner.Proposal
		replaces []string
		question string // that a person is asked
		text     string // of the review
	}{
		"the database is replaced": {plan(replaced, "aws_rds_cluster"), clusterType, "It ends aws_rds_cluster.x", ""},
		"in no such step": {plan(replaced, "aws_rds_cluster"), nil, "It ends aws_rds_cluster.x",
			"The plan of prod ends what holds data and is not part of this step: aws_rds_cluster.x."},
		"beside it": {plan(`"delete"`, "aws_s3_bucket"), clusterType, "It ends aws_s3_bucket.x",
			"The plan of prod ends what holds data and is not part of this step: aws_s3_bucket.x."},
		"without data":     {plan(replaced, "aws_rds_cluster_instance"), nil, "", ""},
		"changed in place": {plan(`"update"`, "aws_rds_cluster"), nil, "", ""},
	} {
		asked := ""
		g := &guard{replaces: c.replaces, asker: func(question string) (bool, error) { asked = question; return true, nil }}
		verdict, err := g.review(t.Context(), c.plan)
		if err != nil || verdict.Refused != nil || verdict.Text != c.text {
			t.Errorf("%s: %+v, %v", name, verdict, err)
		}
		for range 2 {
			if yes, err := g.ask("Apply?"); err != nil || !yes {
				t.Errorf("%s: %v, %v", name, yes, err)
			}
			if !strings.HasPrefix(asked, c.question) || (asked == "") != (c.question == "") {
				t.Errorf("%s: asked %q", name, asked)
			}
			c.question, asked = "", "" // the next plan of the step is another one
		}
	}
}

func TestWithNobodyToAskUnexpectedEndsAreRefused(t *testing.T) {
	g := &guard{replaces: clusterType}
	verdict, err := g.review(t.Context(), plan(`"delete"`, "aws_s3_bucket"))
	if err != nil || !errors.Is(verdict.Refused, errUnasked) ||
		!strings.Contains(verdict.Text, "look at it with `titan plan prod`") {
		t.Errorf("%+v, %v", verdict, err)
	}
	verdict, err = g.review(t.Context(), plan(`"delete", "create"`, "aws_rds_cluster"))
	if yes, asking := g.ask("Apply?"); err != nil || verdict.Refused != nil || !yes || asking != nil {
		t.Errorf("what the step replaces: %+v, %v, %v, %v", verdict, err, yes, asking)
	}
}

func TestAPlanThatCantBeReadIsNotApplied(t *testing.T) {
	if _, err := (&guard{}).review(t.Context(), proposal("{")); err == nil {
		t.Error("it was")
	}
	gone := errors.New("gone")
	g := &guard{asker: func(string) (bool, error) { return false, gone }, ended: []string{"x"}}
	if yes, err := g.ask("Apply?"); yes || !errors.Is(err, gone) {
		t.Errorf("%v, %v", yes, err)
	}
}
