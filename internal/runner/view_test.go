package runner

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/internal/review"
	"github.com/titan-platform/titan/internal/terraform"
)

// deployment is a run as its events, each at a second.
var deployment = []struct {
	second float64
	event  Event
}{
	{0, Event{Type: Begun, Verb: Deploy, Stacks: []Place{
		{"prod.second", "eu-central-1", nil}, {"prod", "eu-west-1", []string{"prod.second"}},
		{"prod.global", "us-east-1", []string{"prod"}}, {"prod.platform", "eu-west-1", []string{"prod"}}}}},
	{0, Event{Type: Planning, Stack: "prod.second"}},
	{7, Event{Type: Unchanged, Stack: "prod.second"}},
	{7, Event{Type: Planning, Stack: "prod"}},
	{9, Event{Type: Warned, Stack: "prod", Text: "Deprecated attribute", Address: "aws_vpc.main"}},
	{17, Event{Type: Beat, Waiting: []Waiting{{Stack: "prod", Doing: "planning", Seconds: 10}}}},
	{19, Event{Type: Planned, Stack: "prod", Counts: &terraform.Counts{Add: 2, Change: 1, Remove: 2}, Changes: []Change{
		{terraform.Delete, "aws_sqs_queue.old", "delete_because_no_resource_config"},
		{terraform.Replace, "aws_lb_target_group.ingress", "cannot_update"},
		{terraform.Update, "aws_eks_node_group.system", ""},
		{terraform.Create, "aws_vpc_endpoint.sts", ""},
		{"read", "data.aws_ami.node", "read_because_config_unknown"}}}},
	{19, Event{Type: Reviewed, Text: "review: nothing that holds data is touched\n", Findings: []review.Finding{{
		Verdict: review.Outage, Severity: review.Warning, Rule: "restarts", Stack: "prod",
		Address: "aws_eks_node_group.system", Type: "aws_eks_node_group", Summary: "restarts"}}}},
	{19,
		Event{
			Type:  Asking,
			Text:  "Apply?",
			Waits: []Wait{{"prod.global", []string{"prod"}}, {"prod.platform", []string{"prod"}}},
		}},
	{29, Event{Type: Note, Stack: "other", Text: "held back until the answer"}},
	{31, Event{Type: Answered, Text: "yes"}},
	{31, Event{Type: Applying, Stack: "prod"}},
	{31, Event{Type: Began, Stack: "prod", Action: terraform.Create, Address: "aws_vpc_endpoint.sts"}},
	{41, Event{Type: Beat, Waiting: []Waiting{
		{
			Stack:     "prod",
			Doing:     "applying",
			Seconds:   10,
			Resources: 3,
			Address:   "aws_vpc_endpoint.sts",
			Action:    terraform.Create,
			Longest:   10,
		}}}},
	{75, Event{Type: Completed, Stack: "prod", Action: terraform.Create, Address: "aws_vpc_endpoint.sts", Seconds: 44}},
	{75.2,
		Event{Type: Completed, Stack: "prod", Action: terraform.Update, Address: "aws_eks_node_group.system", Seconds: 0}},
	{76, Event{Type: Applied, Stack: "prod", Counts: &terraform.Counts{Add: 2, Change: 1, Remove: 2}, Seconds: 45}},
	{76, Event{Type: Note, Stack: "prod", Text: "health checks follow the new target group"}},
	{77, Event{Type: Planning, Stack: "prod.global"}},
	{77, Event{Type: Planning, Stack: "prod.platform"}},
	{80, Event{Type: Planned, Stack: "prod.global", Counts: &terraform.Counts{}}},
	{81,
		Event{
			Type:    Errored,
			Stack:   "prod.global",
			Action:  terraform.Create,
			Address: "aws_route53_record.alias",
			Seconds: 3,
		}},
	{81, Event{Type: Stale, Stack: "prod.global"}},
	{82,
		Event{
			Type:  Failed,
			Stack: "prod.platform",
			Text:  "terraform plan in \"x\": exit status 1\nError: no such cluster\n  with helm_release.app\n",
		}},
	{83, Event{Type: Interrupted}},
	{3700, Event{Type: Finished, Verb: Deploy, Results: []Result{
		{Stack: "prod.second", Outcome: OutcomeUnchanged},
		{Stack: "prod", Outcome: OutcomeApplied, Counts: terraform.Counts{Add: 2, Change: 1, Remove: 2}, Seconds: 45},
		{Stack: "prod.global", Outcome: OutcomeInterrupted, Counts: terraform.Counts{Add: 1}, Seconds: 3},
		{Stack: "prod.platform", Outcome: OutcomeFailed},
		{Stack: "prod.app", Outcome: OutcomeUpstreamFailed, Because: []string{"prod.platform"}},
		{Stack: "prod.more", Outcome: OutcomePlanned, Counts: terraform.Counts{Change: 1}},
		{Stack: "prod.late", Outcome: OutcomeNotBegun, Because: []string{"prod.more"}}}}},
}

func show(view View) {
	start := time.Date(2026, 11, 28, 12, 0, 0, 0, time.FixedZone("CET", 3600))
	for _, one := range deployment {
		one.event.Time = start.Add(time.Duration(one.second * float64(time.Second)))
		view.Show(one.event)
	}
}

func TestNothingIsWrittenIntoAQuestion(t *testing.T) {
	var screen bytes.Buffer
	human := NewHuman(&screen)
	human.Show(Event{Type: Begun})
	human.Show(Event{Type: Asking})
	human.Show(Event{Type: Note, Text: "news"})
	if strings.Contains(screen.String(), "news") {
		t.Errorf("it is:\n%s", screen.String())
	}
	human.Show(Event{Type: Answered})
	if !strings.Contains(screen.String(), "news") {
		t.Errorf("it is lost:\n%s", screen.String())
	}
}

func TestHumanViewOfADestroy(t *testing.T) {
	var screen bytes.Buffer
	human, start := NewHuman(&screen), time.Now()
	counts := terraform.Counts{Remove: 3}
	for _, event := range []Event{
		{Type: Begun, Verb: Destroy, Stacks: []Place{{"dev", "eu-west-1", nil}}},
		{Type: Applied, Stack: "dev", Counts: &counts, Seconds: 5},
		{Type: Asking},
		{Type: Note, Stack: "dev", Text: "held back until the interrupt"},
		{Type: Interrupted},
		{Type: Errored, Stack: "dev", Action: terraform.Delete, Address: "aws_vpc.main", Seconds: 2},
		{
			Type:    Finished,
			Verb:    Destroy,
			Results: []Result{{Stack: "dev", Outcome: OutcomeApplied, Counts: counts, Seconds: 5}},
		},
	} {
		event.Time = start
		human.Show(event)
	}
	want := `destroy, in this order:
  dev  eu-west-1

      0s  dev  destroyed in 5s: 0 added, 0 changed, 3 destroyed

      0s  dev  held back until the interrupt

interrupted: nothing more is begun; waiting for Terraform to save its state (Ctrl-C again leaves it to itself)
      0s  dev  STOPPED aws_vpc.main (delete) in 2s

  dev  destroyed        0 added, 0 changed, 3 destroyed in 5s
destroy ended after 0s
`
	if diff := cmp.Diff(want, screen.String()); diff != "" {
		t.Error(diff)
	}
}

func TestHumanView(t *testing.T) {
	var screen bytes.Buffer
	show(NewHuman(&screen))
	want := `deploy, in this order:
  prod.second    eu-central-1
  prod           eu-west-1       after prod.second
  prod.global    us-east-1       after prod
  prod.platform  eu-west-1       after prod

      0s  prod.second    planning
      7s  prod.second    nothing to do
      7s  prod           planning
      9s  prod           warning: Deprecated attribute aws_vpc.main
     17s  prod           waiting: planning (10s)
     19s  prod           2 to add, 1 to change, 2 to destroy
     <= data.aws_ami.node
      + aws_vpc_endpoint.sts
      ~ aws_eks_node_group.system
    -/+ aws_lb_target_group.ingress   (it can't be changed in place)
      - aws_sqs_queue.old   (it is not in the configuration any more)

review: nothing that holds data is touched

planned after that:
  prod.global    waits for prod
  prod.platform  waits for prod

     29s  other          held back until the answer
     31s  prod           applying
     41s  prod           0 of 5, waiting for aws_vpc_endpoint.sts (10s)
   1m15s  prod           sts: 1 of 1
   1m15s  prod           system: 1 of 1
   1m16s  prod           applied in 45s: 2 added, 1 changed, 2 destroyed
   1m16s  prod           health checks follow the new target group
   1m17s  prod.global    planning
   1m17s  prod.platform  planning
   1m20s  prod.global    only outputs change
   1m21s  prod.global    FAILED aws_route53_record.alias (create) in 3s
   1m21s  prod.global    the plan is stale: the state was changed after it was made; planning anew
   1m22s  prod.platform  failed: no such cluster

interrupted: nothing more is begun; waiting for Terraform to save its state (Ctrl-C again leaves it to itself)

  prod.second    unchanged
  prod           applied          2 added, 1 changed, 2 destroyed in 45s
  prod.global    interrupted      1 added, 0 changed, 0 destroyed in 3s
  prod.platform  failed
  prod.app       upstream failed  not begun, because of prod.platform
  prod.more      planned          0 to add, 1 to change, 0 to destroy
  prod.late      not begun        waits for prod.more
deploy ended after 1h01m40s
`
	if diff := cmp.Diff(want, screen.String()); diff != "" {
		t.Error(diff)
	}
}

// jsonLines are the lines of some types of events.
var jsonLines = map[Type]string{
	Begun: `{"time":"2026-11-28T11:00:00Z","type":"begun","verb":"deploy",` +
		`"stacks":[{"stack":"prod.second","region":"eu-central-1"},` +
		`{"stack":"prod","region":"eu-west-1","after":["prod.second"]},` +
		`{"stack":"prod.global","region":"us-east-1","after":["prod"]},` +
		`{"stack":"prod.platform","region":"eu-west-1","after":["prod"]}]}`,
	Reviewed: `{"time":"2026-11-28T11:00:19Z","type":"reviewed","text":"review: nothing that holds data is touched\n",` +
		`"findings":[{"verdict":"outage","severity":"warning","rule":"restarts","stack":"prod",` +
		`"address":"aws_eks_node_group.system","type":"aws_eks_node_group","summary":"restarts"}]}`,
	Asking: `{"time":"2026-11-28T11:00:19Z","type":"asking","text":"Apply?",` +
		`"waits":[{"stack":"prod.global","for":["prod"]},{"stack":"prod.platform","for":["prod"]}]}`,
	Errored: `{"time":"2026-11-28T11:01:21Z","type":"errored","stack":"prod.global",` +
		`"address":"aws_route53_record.alias","action":"create","seconds":3}`,
	Applied: `{"time":"2026-11-28T11:01:16Z","type":"applied","stack":"prod","seconds":45,` +
		`"counts":{"add":2,"change":1,"remove":2}}`,
	Failed: `{"time":"2026-11-28T11:01:22Z","type":"failed","stack":"prod.platform",` +
		`"text":"terraform plan in \"x\": exit status 1\nError: no such cluster\n  with helm_release.app\n"}`,
	Finished: `{"time":"2026-11-28T12:01:40Z","type":"finished","verb":"deploy",` +
		`"results":[{"stack":"prod.second","outcome":"unchanged","counts":{"add":0,"change":0,"remove":0}},` +
		`{"stack":"prod","outcome":"applied","counts":{"add":2,"change":1,"remove":2},"seconds":45},` +
		`{"stack":"prod.global","outcome":"interrupted","counts":{"add":1,"change":0,"remove":0},"seconds":3},` +
		`{"stack":"prod.platform","outcome":"failed","counts":{"add":0,"change":0,"remove":0}},` +
		`{"stack":"prod.app","outcome":"upstream failed","counts":{"add":0,"change":0,"remove":0},` +
		`"because":["prod.platform"]},{"stack":"prod.more","outcome":"planned","counts":{"add":0,"change":1,"remove":0}},` +
		`{"stack":"prod.late","outcome":"not begun","counts":{"add":0,"change":0,"remove":0},"because":["prod.more"]}]}`,
}

func TestJSONViewIsALineAnEvent(t *testing.T) {
	var text bytes.Buffer
	show(NewJSON(&text))
	lines := strings.Split(strings.TrimSuffix(text.String(), "\n"), "\n")
	if len(lines) != len(deployment) {
		t.Fatalf("%d lines of %d events", len(lines), len(deployment))
	}
	seen := 0
	for i, one := range deployment {
		if want, listed := jsonLines[one.event.Type]; listed {
			seen++
			if diff := cmp.Diff(want, lines[i]); diff != "" {
				t.Error(diff)
			}
		}
	}
	if seen < len(jsonLines) {
		t.Errorf("only %d of %d types of events came", seen, len(jsonLines))
	}
}

// TestBeatsTellWhatIsWaitedFor has a beat come in the middle of an apply.
func TestBeatsTellWhatIsWaitedFor(t *testing.T) {
	w := newWorld()
	beat := make(chan time.Time)
	w.stack["b"].apply = func(context.Context) error {
		beat <- time.Time{}
		beat <- time.Time{} // taken once the first is shown
		return nil
	}
	r, view := w.runner()
	r.Beat = func() <-chan time.Time { return beat }
	start := time.Now()
	var ticks int
	r.Now = func() time.Time { ticks++; return start.Add(time.Duration(ticks) * time.Second) }
	if _, err := r.Run(t.Context(), Deploy, chain[:2]); err != nil {
		t.Fatal(err)
	}
	beats := view.of(Beat)
	if len(beats) == 0 || len(beats[0].Waiting) != 1 {
		t.Fatalf("beats: %v", beats)
	}
	got := beats[0].Waiting[0]
	if got.Stack != "b" || got.Doing != "applying" || got.Resources != 1 || got.Address != "thing.b" || got.Longest < 1 ||
		got.Seconds <= got.Longest {
		t.Errorf("got %+v", got)
	}
}
