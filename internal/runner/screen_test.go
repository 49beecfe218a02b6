package runner

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/internal/terraform"
)

// terminal is what stands on a terminal of some width, without colours, after what was written to it.
func terminal(t *testing.T, columns int, written string) []string {
	t.Helper()
	lines := []string{""}
	row := 0
	for _, part := range regexp.MustCompile(`\x1b\[(\d*)([A-Za-z])|\n|[^\x1b\n]+`).FindAllStringSubmatch(written, -1) {
		switch {
		case part[0] == "\n":
			if row++; row == len(lines) {
				lines = append(lines, "")
			}
		case part[2] == "A":
			up, err := strconv.Atoi(part[1])
			if err != nil || up > row {
				t.Fatalf("%q moves above the first line", part[0])
			}
			row -= up
		case part[2] == "J":
			lines = append(lines[:row], "")
		case part[2] == "m":
		default:
			for text := []rune(lines[row] + part[0]); ; text = text[columns:] {
				if len(text) <= columns {
					lines[row] = string(text)
					break
				}
				lines[row] = string(text[:columns])
				lines, row = append(lines, ""), row+1
			}
		}
	}
	return lines
}

// twoStacks is a run of two stacks, side by side, as its events, the seconds between them in their order.
func twoStacks(human *Human) {
	start := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	show := func(second int, event Event) {
		event.Time = start.Add(time.Duration(second) * time.Second)
		human.Show(event)
	}
	show(0, Event{
		Type:   Begun,
		Verb:   Deploy,
		Stacks: []Place{{"local.zone", "us-east-1", nil}, {"local", "eu-west-1", nil}},
	})
	show(1, Event{Type: Planned, Stack: "local", Counts: &terraform.Counts{Add: 3, Remove: 1}, Changes: []Change{
		{terraform.Create, "aws_kms_key.encryption_data_kms_75D89180", ""},
		{terraform.Create, "aws_lb.loadbalancer_alb_A40065EB", ""},
		{terraform.Replace, "aws_lb_target_group.loadbalancer_ingress_0DE61E0F", "cannot_update"},
		{"read", "data.aws_ami.cluster_node", ""}}})
	for _, address := range []string{
		"aws_lb.loadbalancer_alb_A40065EB", "aws_kms_key.encryption_data_kms_75D89180",
		"aws_lb_target_group.loadbalancer_ingress_0DE61E0F", "aws_sns_topic.loadbalancer_topic_0DE61E0F",
	} {
		show(2, Event{Type: Began, Stack: "local", Action: terraform.Create, Address: address})
	}
	waiting := []Waiting{
		{Stack: "local.zone", Doing: "planning", Seconds: 9},
		{Stack: "local", Doing: "applying", Seconds: 9, Resources: 4},
	}
	show(10, Event{Type: Beat, Waiting: waiting})
	show(13, Event{
		Type:    Completed,
		Stack:   "local",
		Action:  terraform.Create,
		Address: "aws_kms_key.encryption_data_kms_75D89180",
	})
	show(14, Event{
		Type:    Completed,
		Stack:   "local",
		Action:  terraform.Delete,
		Address: "aws_lb_target_group.loadbalancer_ingress_0DE61E0F",
	})
	show(15, Event{Type: Beat, Waiting: waiting[1:]})
	show(16, Event{
		Type:    Errored,
		Stack:   "local",
		Action:  terraform.Create,
		Address: "aws_lb.loadbalancer_alb_A40065EB",
		Seconds: 14,
	})
	show(17, Event{Type: Beat, Waiting: waiting[1:]})
	show(18, Event{Type: Failed, Stack: "local", Text: "no such subnet"})
}

func TestAPipeGetsALineAModule(t *testing.T) {
	var pipe bytes.Buffer
	twoStacks(NewHuman(&pipe))
	want := `deploy, in this order:
  local.zone  us-east-1
  local       eu-west-1

      1s  local       3 to add, 0 to change, 1 to destroy
      + aws_kms_key.encryption_data_kms_75D89180
      + aws_lb.loadbalancer_alb_A40065EB
    -/+ aws_lb_target_group.loadbalancer_ingress_0DE61E0F   (it can't be changed in place)
     <= data.aws_ami.cluster_node
     10s  local.zone  waiting: planning (9s)
     10s  local       0 of 4, waiting for aws_kms_key.encryption_data_kms (8s), aws_lb.loadbalancer_alb (8s), aws_lb_target_group.loadbalancer_ingress (8s) and 1 more
     13s  local       encryption: 1 of 1
     15s  local       2 of 4, waiting for aws_lb.loadbalancer_alb (13s) and aws_sns_topic.loadbalancer_topic (13s)
     16s  local       FAILED aws_lb.loadbalancer_alb_A40065EB (create) in 14s
     17s  local       2 of 4, waiting for aws_sns_topic.loadbalancer_topic (15s)
     18s  local       failed: no such subnet
`
	want = strings.Replace(want, "     <= data.aws_ami.cluster_node\n", "", 1)
	want = strings.Replace(want, "      + aws_kms", "     <= data.aws_ami.cluster_node\n      + aws_kms", 1)
	if diff := cmp.Diff(want, pipe.String()); diff != "" {
		t.Error(diff)
	}
}

// onScreen is what a run of twoStacks writes to a terminal.
func onScreen(columns, rows int, colour bool) string {
	var written bytes.Buffer
	human := NewHuman(&written)
	human.WithoutChanges = true
	human.Screen = &Screen{Size: func() (int, int) { return columns, rows }, Colour: colour}
	twoStacks(human)
	return written.String()
}

func TestAScreenRewritesWhatIsWaitedFor(t *testing.T) {
	written := onScreen(80, 24, true)
	at := strings.Index(written, "encryption: 1 of 1") // what stood there by then
	want := []string{
		"deploy, in this order:", "  local.zone  us-east-1", "  local       eu-west-1", "",
		"      1s  local       3 to add, 0 to change, 1 to destroy",
		"     13s  local       encryption: 1 of 1",
		"     10s  local.zone  waiting: planning (9s)",
		"     10s  local       0 of 4",
		"            waiting for aws_kms_key.encryption_data_kms (8s), aws_lb.loadbalan…",
		"",
	}
	middle := written[:at+strings.Index(written[at:], "\x1b[")]
	if diff := cmp.Diff(want, terminal(t, 80, middle)); diff != "" {
		t.Error(diff)
	}
	want = append(want[:6:6],
		"     16s  local       FAILED aws_lb.loadbalancer_alb_A40065EB (create) in 14s",
		"     18s  local       failed: no such subnet",
		"     17s  local       2 of 4",
		"            waiting for aws_sns_topic.loadbalancer_topic (15s)",
		"            loadbalancer: 1 of 3",
		"")
	if diff := cmp.Diff(want, terminal(t, 80, written)); diff != "" {
		t.Error(diff)
	}
	if n := strings.Count(written, red); n != 2 {
		t.Errorf("%d texts are red, want the resource and the stack that failed", n)
	}
}

// On a terminal of any size, each screen ends in what it would be on a wide one, cut off: nothing is left above.
func TestANarrowScreenIsNotWrapped(t *testing.T) {
	for _, size := range [][2]int{{30, 24}, {80, 3}, {30, 2}, {3, 24}, {1, 1}, {0, 0}} {
		written := onScreen(size[0], size[1], false)
		wide := 1000
		lines := terminal(t, wide, written)
		var stand []string
		for _, line := range lines {
			if strings.Contains(line, "waiting") || strings.Contains(line, " of 4") {
				stand = append(stand, line)
			}
		}
		if len(stand) > 2 {
			t.Errorf("%v: what was waited for before is left:\n%s", size, strings.Join(stand, "\n"))
		}
		for _, last := range regexp.MustCompile(`\x1b\[(\d+)A`).FindAllStringSubmatch(written, -1) {
			if up, _ := strconv.Atoi(last[1]); size[1] > 0 && up >= size[1] {
				t.Errorf("%v: %d lines are rewritten, more than stand on it", size, up)
			}
		}
	}
}

func TestNothingIsColouredWithoutColours(t *testing.T) {
	if written := onScreen(80, 24, false); strings.Contains(written, red) || strings.Contains(written, plain) {
		t.Errorf("it is: %q", written)
	}
	var screen *Screen
	if got := screen.red("text"); got != "text" {
		t.Errorf("a pipe gets %q", got)
	}
}

// A question stands alone, and what is waited for comes back after the answer.
func TestNothingIsRewrittenBelowAQuestion(t *testing.T) {
	var written bytes.Buffer
	human := NewHuman(&written)
	human.Screen = &Screen{Size: func() (int, int) { return 80, 24 }}
	beat := Event{Type: Beat, Waiting: []Waiting{{Stack: "dev", Doing: "applying"}}}
	for _, event := range []Event{{Type: Begun}, beat, {Type: Asking}} {
		human.Show(event)
	}
	fmt.Fprint(&written, "Apply? ")
	asked := written.Len()
	human.Show(beat)
	if written.Len() != asked {
		t.Errorf("a beat is written into the question: %q", written.String()[asked:])
	}
	lines := terminal(t, 80, written.String())
	if len(lines) < 2 || lines[len(lines)-1] != "Apply? " || strings.Contains(strings.Join(lines, ""), "applying") {
		t.Errorf("it is not asked below the run:\n%s", strings.Join(lines, "\n"))
	}
	human.Show(Event{Type: Answered})
	human.Show(beat)
	if !strings.Contains(written.String()[asked:], "applying") {
		t.Error("what is waited for does not come back")
	}
}
