package runner

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// recording is a Terraform that says what another one said, at its times: testdata/bootstrap.jsonl is what 1.11.4 said
// of the demo's bootstrap stack, without what nobody reads.
type recording struct {
	View
	lines  []recordedLine
	beat   chan time.Time
	beaten chan struct{} // a beat is shown
	fails  string        // the address that can't be made

	mutex sync.Mutex
	clock time.Time
}

type recordedLine struct {
	terraform.Message
	Time time.Time `json:"@timestamp"`
}

func readRecording(t *testing.T) *recording {
	t.Helper()
	text, err := os.ReadFile("testdata/bootstrap.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	r := &recording{beat: make(chan time.Time), beaten: make(chan struct{})}
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		var line recordedLine
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		r.lines = append(r.lines, line)
	}
	r.clock = r.lines[0].Time
	return r
}

// Show hands an event on.
func (r *recording) Show(event Event) {
	r.View.Show(event)
	if event.Type == Beat {
		r.beaten <- struct{}{}
	}
}

func (r *recording) now() time.Time {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.clock
}

// say hands on the lines up to the one after the last of a type, with a beat every 15 seconds of their time.
func (r *recording) say(watch func(terraform.Message)) error {
	next := r.now().Add(15 * time.Second)
	for len(r.lines) > 0 {
		line := r.lines[0]
		r.lines = r.lines[1:]
		for ; next.Before(line.Time); next = next.Add(15 * time.Second) {
			r.at(next)
			r.beat <- next
			<-r.beaten
		}
		r.at(line.Time)
		if line.Type == terraform.ApplyCompleteMessage && line.Hook.Resource.Address == r.fails {
			line.Type = terraform.ApplyErroredMessage
			watch(line.Message)
			return errors.New("terraform apply: exit status 1\nError: AccessDenied")
		}
		watch(line.Message)
		if line.Type == terraform.SummaryMessage {
			return nil
		}
	}
	return nil
}

func (r *recording) at(moment time.Time) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.clock = moment
}

// folderOfRecording is the Terraform of a recording, whose own Show is a view's.
type folderOfRecording struct{ *recording }

func (r folderOfRecording) Init(context.Context) error { return nil }

func (r folderOfRecording) Plan(_ context.Context, _ string, _ bool, watch func(terraform.Message)) (bool, error) {
	return true, r.say(watch)
}

func (r folderOfRecording) Show(context.Context, string) ([]byte, error) { return nil, nil }

func (r folderOfRecording) Apply(_ context.Context, _ string, watch func(terraform.Message)) error {
	return r.say(watch)
}

func (r folderOfRecording) Resources(context.Context) ([]string, error) { return nil, nil }

// deployed is what a person sees of the recording.
func (r *recording) deployed(screen *Screen) (string, error) {
	var written bytes.Buffer
	human := NewHuman(&written)
	human.WithoutChanges, human.Screen = true, screen
	r.View = human
	run := &Runner{
		Terraform: func(order.Stack) Terraform { return folderOfRecording{r} }, View: r, Now: r.now,
		Beat: func() <-chan time.Time { return r.beat },
	}
	_, err := run.Run(context.Background(), Deploy, []order.Stack{{
		Name:   "bootstrap",
		Kind:   order.Bootstrap,
		Region: "eu-west-1",
	}})
	return written.String(), err
}

func TestARecordedApplyInAPipe(t *testing.T) {
	got, err := readRecording(t).deployed(nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wholeApply, got); diff != "" {
		t.Error(diff)
	}
}

func TestARecordedApplyThatFailsInTheMiddle(t *testing.T) {
	recorded := readRecording(t)
	recorded.fails = "aws_kms_key.state_kms"
	got, err := recorded.deployed(nil)
	if err == nil {
		t.Fatal("it did not fail")
	}
	if diff := cmp.Diff(brokenApply, got); diff != "" {
		t.Error(diff)
	}
}

// On a screen the same lines stand at the end, and nothing of what was waited for.
func TestARecordedApplyOnANarrowScreen(t *testing.T) {
	const columns = 44
	got, err := readRecording(t).deployed(&Screen{Size: func() (int, int) { return columns, 10 }})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(wholeApply) {
		if !strings.Contains(line, "waiting") {
			lines = append(lines, line)
		}
	}
	want := terminal(t, columns, strings.Join(lines, ""))
	if diff := cmp.Diff(want, terminal(t, columns, got)); diff != "" {
		t.Error(diff)
	}
}

const wholeApply = `deploy, in this order:
  bootstrap  eu-west-1

      0s  bootstrap  planning
      0s  bootstrap  19 to add, 0 to change, 0 to destroy
      0s  bootstrap  applying
     15s  bootstrap  14 of 19, waiting for aws_kms_key.state_kms (10s), aws_s3_bucket_lifecycle_configuration.state_lifecycle (8s) and aws_s3_bucket_lifecycle_configuration.access-logs_lifecycle (8s)
     30s  bootstrap  17 of 19, waiting for aws_s3_bucket_lifecycle_configuration.state_lifecycle (23s) and aws_s3_bucket_lifecycle_configuration.access-logs_lifecycle (23s)
     45s  bootstrap  17 of 19, waiting for aws_s3_bucket_lifecycle_configuration.state_lifecycle (38s) and aws_s3_bucket_lifecycle_configuration.access-logs_lifecycle (38s)
   1m00s  bootstrap  17 of 19, waiting for aws_s3_bucket_lifecycle_configuration.state_lifecycle (53s) and aws_s3_bucket_lifecycle_configuration.access-logs_lifecycle (53s)
   1m02s  bootstrap  access-logs: 8 of 8
   1m02s  bootstrap  state: 11 of 11
   1m02s  bootstrap  applied in 1m02s: 19 added, 0 changed, 0 destroyed

  bootstrap  applied          19 added, 0 changed, 0 destroyed in 1m02s
deploy ended after 1m02s
`

const brokenApply = `deploy, in this order:
  bootstrap  eu-west-1

      0s  bootstrap  planning
      0s  bootstrap  19 to add, 0 to change, 0 to destroy
      0s  bootstrap  applying
     15s  bootstrap  14 of 19, waiting for aws_kms_key.state_kms (10s), aws_s3_bucket_lifecycle_configuration.state_lifecycle (8s) and aws_s3_bucket_lifecycle_configuration.access-logs_lifecycle (8s)
     18s  bootstrap  FAILED aws_kms_key.state_kms (create) in 13s
     18s  bootstrap  failed: AccessDenied

  bootstrap  failed           14 added, 0 changed, 0 destroyed in 18s
deploy ended after 18s
`
