package gate

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/internal/review"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// admits lets an address into a security group that stands.
func admits(stack, name string) runner.PlannedStack {
	return runner.PlannedStack{Stack: order.Stack{Name: stack}, Plan: fmt.Appendf(nil,
		`{"format_version":"1.2","planned_values":{"root_module":{}},`+
			`"resource_changes":[{"address":"aws_vpc_security_group_ingress_rule.%s",`+
			`"mode":"managed","type":"aws_vpc_security_group_ingress_rule","name":%q,`+
			`"change":{"actions":["create"],"before":null,`+
			`"after":{"security_group_id":"sg-1","ip_protocol":"tcp","from_port":443,"to_port":443,`+
			`"cidr_ipv4":"198.51.100.0/24"}}}]}`, name, name)}
}

// quietly shows nothing.
type quietly struct{}

func (quietly) Show(runner.Event) {}

// TestWhatWasAgreedToIsNotAskedAgain interrupts a run, and goes on: what it had agreed to passes as long as the stack
// is the same one, and nothing else does.
func TestWhatWasAgreedToIsNotAskedAgain(t *testing.T) {
	for name, c := range map[string]struct {
		ends     runner.Type // of the first run
		stack    string      // of the second
		rule     string
		synth    string
		refused  bool
		readable bool
	}{
		"the same":                        {runner.Failed, "dev", "a", "1", false, true},
		"another rule":                    {runner.Failed, "dev", "b", "1", true, true},
		"another stack":                   {runner.Failed, "dev.global", "a", "1", true, true},
		"the stack is another one by now": {runner.Failed, "dev", "a", "2", true, true},
		"it came to its end":              {runner.Applied, "dev", "a", "1", true, true},
		"it was found done":               {runner.Unchanged, "dev", "a", "1", true, true},
		"nothing is synthesized":          {runner.Failed, "dev", "a", "1", true, false},
	} {
		t.Run(name, func(t *testing.T) {
			synthesized, readable := "1", true
			unfinished := &Unfinished{Folder: t.TempDir() + "/unfinished", Configuration: func(string) (string, error) {
				if !readable {
					return "", errors.New("no such file")
				}
				return synthesized, nil
			}}
			first := New(runner.Deploy, "dev", review.Rules{Allow: allow(t, "exposure=aws_vpc_security_group_ingress_rule.a")})
			first.Unfinished = unfinished
			if verdict, err := first.Review(t.Context(), proposal(false, admits("dev", "a"))); err != nil ||
				verdict.Refused != nil {
				t.Fatal(verdict.Refused, err)
			}
			for _, event := range []runner.Type{runner.Applying, c.ends} {
				first.Watch(quietly{}).Show(runner.Event{Type: event, Stack: "dev", Time: time.Time{}})
			}

			synthesized, readable = c.synth, c.readable
			second := New(runner.Deploy, "dev", review.Rules{})
			second.Unfinished = unfinished
			verdict, err := second.Review(t.Context(), proposal(false, admits(c.stack, c.rule)))
			if err != nil || (verdict.Refused != nil) != c.refused {
				t.Errorf("refused: %v, %v\n%s", verdict.Refused, err, verdict.Text)
			}
		})
	}
}

// TestWhatIsLeftIsAgreedToUntilTheEnd interrupts twice: the second run creates what the first did not get to.
func TestWhatIsLeftIsAgreedToUntilTheEnd(t *testing.T) {
	unfinished := &Unfinished{Folder: t.TempDir(), Configuration: func(string) (string, error) { return "1", nil }}
	rules := review.Rules{Allow: allow(t, "exposure=aws_vpc_security_group_ingress_rule.a")}
	for range 3 {
		g := New(runner.Deploy, "dev", rules)
		g.Unfinished = unfinished
		verdict, err := g.Review(t.Context(), proposal(false, admits("dev", "a")))
		if err != nil || verdict.Refused != nil {
			t.Fatal(verdict.Refused, err)
		}
		g.Watch(quietly{}).Show(runner.Event{Type: runner.Applying, Stack: "dev"})
		rules = review.Rules{}
	}
}

// TestWhatIsHalfMadeIsMadeAnew leaves a resource half made, which Terraform replaces, and another made.
func TestWhatIsHalfMadeIsMadeAnew(t *testing.T) {
	unfinished := &Unfinished{Folder: t.TempDir(), Configuration: func(string) (string, error) { return "1", nil }}
	first := New(runner.Deploy, "dev", review.Rules{})
	first.Unfinished = unfinished
	if _, err := first.Review(t.Context(), proposal(false, keys("dev", `"create"`, ""))); err != nil {
		t.Fatal(err)
	}
	view := first.Watch(quietly{})
	view.Show(runner.Event{Type: runner.Applying, Stack: "dev"})
	view.Show(runner.Event{Type: runner.Completed, Action: terraform.Create, Stack: "dev", Address: "aws_kms_key.made"})

	for reason, want := range map[string]string{
		"replace_because_tainted":       "data-loss=aws_kms_key.made",
		"replace_because_cannot_update": "data-loss=aws_kms_key.half data-loss=aws_kms_key.made",
	} {
		second := New(runner.Deploy, "dev", review.Rules{})
		second.Unfinished = unfinished
		verdict, err := second.Review(t.Context(), proposal(false, keys("dev", `"delete","create"`, reason)))
		if err != nil {
			t.Fatal(err)
		}
		var refused []string
		for _, f := range verdict.Findings {
			if f.Severity == review.Failure {
				refused = append(refused, string(f.Verdict)+"="+f.Address)
			}
		}
		slices.Sort(refused)
		if got := strings.Join(slices.Compact(refused), " "); got != want {
			t.Errorf("%s: refused %q, want %q\n%s", reason, got, want, verdict.Text)
		}
	}
}

// keys does something with two KMS keys.
func keys(stack, actions, reason string) runner.PlannedStack {
	var changes []string
	for _, name := range []string{"half", "made"} {
		before := "null"
		if reason != "" {
			before = `{"key_id":"k"}`
		}
		changes = append(changes, fmt.Sprintf(
			`{"address":"aws_kms_key.%s","mode":"managed","type":"aws_kms_key","name":%[1]q,`+
				`"action_reason":%q,"change":{"actions":[%s],"before":%s,"after":{"key_id":"k"}}}`, name, reason, actions, before))
	}
	return runner.PlannedStack{Stack: order.Stack{Name: stack}, Plan: fmt.Appendf(nil,
		`{"format_version":"1.2","planned_values":{"root_module":{}},"resource_changes":[%s]}`, strings.Join(changes, ","))}
}

// TestAProposalIsReviewedWhileAnotherIsApplied because stacks that do not wait for each other run side by side.
func TestAProposalIsReviewedWhileAnotherIsApplied(t *testing.T) {
	g := New(runner.Deploy, "dev", review.Rules{})
	g.Unfinished = &Unfinished{Folder: t.TempDir(), Configuration: func(string) (string, error) { return "1", nil }}
	view, applied := g.Watch(quietly{}), make(chan bool)
	go func() {
		defer close(applied)
		view.Show(runner.Event{Type: runner.Applying, Stack: "dev"})
		for i := range 200 {
			view.Show(runner.Event{
				Type:    runner.Completed,
				Action:  terraform.Create,
				Stack:   "dev",
				Address: fmt.Sprint("aws_eip.x", i),
			})
		}
	}()
	for i := range 200 {
		if _, err := g.Review(t.Context(), proposal(false, admits(fmt.Sprint("stack", i), "a"))); err != nil {
			t.Fatal(err)
		}
	}
	<-applied
}

// TestADestructionAgreesToNothing because what it creates is none of its purpose.
func TestADestructionAgreesToNothing(t *testing.T) {
	unfinished := &Unfinished{Folder: t.TempDir(), Configuration: func(string) (string, error) { return "1", nil }}
	if err := unfinished.keep("dev", agreement{"1", []string{"aws_vpc_security_group_ingress_rule.a"}}); err != nil {
		t.Fatal(err)
	}
	g := New(runner.Destroy, "dev", review.Rules{})
	g.Unfinished = unfinished
	verdict, err := g.Review(t.Context(), proposal(false, admits("dev", "a")))
	if err != nil || verdict.Refused == nil {
		t.Errorf("%v\n%s", err, verdict.Text)
	}
}
