package failover

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/runner"
)

// run fails over, or goes back, with a yes to everything.
func (w *world) run(change func(*Options)) (said string, err error) {
	var out bytes.Buffer
	options := Options{
		Environment: "prod", Folder: w.folder, Out: &out, Now: func() time.Time { return w.now }, Stacks: stacksOf{w},
		Account: func(context.Context, environments.Account) (AWS, error) { return w.aws(), nil },
	}
	if change != nil {
		change(&options)
	}
	err = Run(w.t.Context(), options)
	return out.String(), err
}

func back(o *Options) { o.Back = true }

func (w *world) must(change func(*Options)) string {
	w.t.Helper()
	said, err := w.run(change)
	if err != nil {
		w.t.Fatalf("%v\nafter\n%s", err, said)
	}
	return said
}

// file is an environment's file without its comments.
func (w *world) file(name string) string {
	content, err := os.ReadFile(filepath.Join(w.folder, name+".yaml"))
	if err != nil {
		w.t.Fatal(err)
	}
	return string(content)
}

func (w *world) expectData(environment, want string) {
	w.t.Helper()
	if got := w.clusters[environment].data; got != want {
		w.t.Errorf("%s holds %q, want %q", environment, got, want)
	}
}

// TestTheCircleTwice goes through a failover in an outage and back, twice, and looks at every turn where users write
// and what is kept.
func TestTheCircleTwice(t *testing.T) {
	w := newWorld(t)
	w.write("one", "prod")
	w.backUp()
	w.write("two, lost", "prod")

	w.lost = homeRegion
	w.must(func(o *Options) { o.Lost = []environments.Region{homeRegion} })
	w.expectData("prod-dr", "first, one")
	w.write("three", "prod-dr")
	if w.called[homeRegion] > 0 {
		t.Errorf("the lost region was called %d times", w.called[homeRegion])
	}
	w.secrets[awayRegion]["db-credentials-prod"].value = "renewed away"
	w.lost = ""
	w.write("four", "prod-dr") // the region is back, untouched
	w.expectData("prod", "first, one, two, lost")

	w.must(back)
	w.expectData("prod", "first, one, three, four")
	if got := w.secrets[homeRegion]["db-credentials-prod"].value; got != "renewed away" {
		t.Errorf("at home the password is %q", got)
	}
	w.write("five", "prod")
	for _, gone := range []string{"fenced", "outdated"} {
		if strings.Contains(w.file("prod"), gone) {
			t.Errorf("prod.yaml still says %s:\n%s", gone, w.file("prod"))
		}
	}

	if _, err := w.run(nil); err == nil || !strings.Contains(err.Error(), "that has the newer data") {
		t.Errorf("a copy from before the way back was taken: %v", err)
	}
	w.backUp()
	w.lost = homeRegion
	w.must(nil) // it finds out by itself
	w.expectData("prod-dr", "first, one, three, four, five")
	w.write("six", "prod-dr")
	w.lost = ""
	w.must(back)
	w.expectData("prod", "first, one, three, four, five, six")
	w.write("seven", "prod")
	want := []string{"failback-20260203", "failback-20260203-2"}
	all, err := environments.Load(w.folder, "prod-dr")
	if err != nil || !slices.Equal(all[0].Database.Snapshots, want) {
		t.Errorf("snapshots %v, want %v: %v", all[0].Database.Snapshots, want, err)
	}
}

func TestALivingWriterIsStoppedAndStartedForTheWayBack(t *testing.T) {
	w := newWorld(t)
	w.backUp()
	said := w.must(nil)
	if !strings.Contains(said, "stop the old writer") || w.clusters["prod"].status != "stopping" {
		t.Errorf("the writer is %s after\n%s", w.clusters["prod"].status, said)
	}
	if got := w.parameter["prod-dr"]; got != "sha256:2" {
		t.Errorf("delivered %s, and prod ran sha256:2", got)
	}
	w.write("away", "prod-dr")
	w.must(back)
	w.expectData("prod", "first, away")
}

// TestInterruptedAnywhereItGoesOn fails the calls of a failover and of the way back, each in turn, and runs it again.
func TestInterruptedAnywhereItGoesOn(t *testing.T) {
	seen := map[string]bool{}
	for i, call := range thereAndBack(t, 0) {
		if isRead(call) && seen[call] {
			continue // a question that is asked again fails alike
		}
		seen[call] = true
		if thereAndBack(t, i+1); t.Failed() {
			t.Fatalf("interrupted at call %d, %s", i+1, call)
		}
	}
	if len(seen) < 40 {
		t.Errorf("only %d calls were interrupted", len(seen))
	}
}

// thereAndBack fails over and goes back, each once more where it was interrupted, and returns the calls made.
func thereAndBack(t *testing.T, failAt int) []string {
	w := newWorld(t)
	w.write("one", "prod")
	w.backUp()
	w.failAt = failAt
	for _, c := range []struct {
		change    func(*Options)
		to, holds string
		writes    string
	}{{nil, "prod-dr", "first, one", "two"}, {back, "prod", "first, one, two", "three"}} {
		if _, err := w.run(c.change); err != nil {
			if !errors.Is(err, errInterrupted) {
				t.Error(err)
			}
			w.must(c.change)
		}
		w.expectData(c.to, c.holds)
		w.write(c.writes, c.to)
	}
	return w.calls
}

// isRead is whether a call changes nothing.
func isRead(call string) bool {
	verb, _, _ := strings.Cut(call, " ")
	return slices.Contains([]string{"describe", "list", "read", "look", "compare"}, verb)
}

func TestADryRunChangesNothing(t *testing.T) {
	w := newWorld(t)
	arn := w.backUp()
	before := w.file("prod") + w.file("prod-dr")
	said := w.must(func(o *Options) { o.DryRun = true })
	for _, want := range []string{"1. choose the recovery point", "to do: " + arn + ", taken 2026-02-03", "undo "} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in\n%s", want, said)
		}
	}
	for _, call := range w.calls {
		if !isRead(call) {
			t.Errorf("it called %s", call)
		}
	}
	if w.file("prod")+w.file("prod-dr") != before {
		t.Error("it wrote files")
	}
}

func TestANoStopsBeforeWhatCantBeUndone(t *testing.T) {
	for _, c := range []struct{ no, served string }{
		{"Begin?", "prod"},
		{"It ends aws_rds_cluster.a, which can't be undone.", "nobody"},
		{"Let users into prod-dr?", "nobody"},
	} {
		w := newWorld(t)
		w.backUp()
		said, err := w.run(func(o *Options) {
			o.Ask = func(question string) (bool, error) { return !strings.HasPrefix(question, c.no), nil }
		})
		if !errors.Is(err, runner.ErrDeclined) {
			t.Errorf("no to %q: %v\n%s", c.no, err, said)
		}
		w.write("after a no", c.served)
		w.must(nil)
		w.write("after another run", "prod-dr")
	}
}

func TestTheWayBackWantsAFailoverThatWasActivated(t *testing.T) {
	w := newWorld(t)
	if said := w.must(back); !strings.Contains(said, "prod serves.") {
		t.Errorf("without a failover:\n%s", said)
	}
	w.backUp()
	_, err := w.run(func(o *Options) {
		o.Ask = func(question string) (bool, error) { return !strings.HasPrefix(question, "Let users"), nil }
	})
	if !errors.Is(err, runner.ErrDeclined) {
		t.Fatal(err)
	}
	_, err = w.run(back)
	if err == nil || !strings.Contains(err.Error(), "prod.yaml is fenced: true, and prod-dr.yaml is active: false") {
		t.Errorf("after half a failover: %v", err)
	}
}

func TestASnapshotOfAnInterruptedWayBackIsTakenAgainUnlessNothingWasWritten(t *testing.T) {
	for answer, want := range map[bool]string{true: "first, one", false: "first, one, two"} {
		w := newWorld(t)
		w.backUp()
		w.must(nil)
		w.write("one", "prod-dr")
		_, err := w.run(func(o *Options) {
			o.Back = true
			o.Ask = func(question string) (bool, error) { return !strings.HasPrefix(question, "It ends"), nil }
		})
		if !errors.Is(err, runner.ErrDeclined) {
			t.Fatal(err)
		}
		w.write("two", "prod-dr") // the person who paused it has gone home
		w.must(func(o *Options) {
			o.Back = true
			o.Ask = func(question string) (bool, error) { return answer || !strings.Contains(question, "was taken"), nil }
		})
		w.expectData("prod", want)
	}
}

func TestLostRegionsThatNobodyCanFailOverWithout(t *testing.T) {
	for lost, want := range map[environments.Region]string{
		"us-east-1": "us-east-1 is lost, from where DNS", "eu-central-1": "eu-central-1 is lost, where prod-dr is",
	} {
		w := newWorld(t)
		w.backUp()
		w.lost = lost
		if _, err := w.run(nil); err == nil || !strings.HasPrefix(err.Error(), want) || len(w.calls) > 0 {
			t.Errorf("%s: %v after %v", lost, err, w.calls)
		}
	}
	w := newWorld(t)
	if _, err := w.run(func(o *Options) { o.Back, o.Lost = true, []environments.Region{homeRegion} }); err == nil {
		t.Error("it went back to a lost region")
	}
}

func TestAnEnvironmentOfNoPair(t *testing.T) {
	w := newWorld(t)
	_, err := w.run(func(o *Options) { o.Environment = "staging" })
	if err == nil || err.Error() != `"staging" is in no pair; there are: prod with prod-dr` {
		t.Errorf("got %v", err)
	}
}
