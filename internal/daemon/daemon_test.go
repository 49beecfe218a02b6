package daemon

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// soon is more than what is waited for here takes.
const soon = 30 * time.Second

// started is a shell script that runs, and its log.
func started(t *testing.T, script string) *Daemon {
	t.Helper()
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	d, err := Start("script", exec.Command("sh", "-c", script), log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Stop(soon) })
	return d
}

func TestAProgramThatEndsSaysItsLastWords(t *testing.T) {
	err := started(t, "echo no space left on device; exit 3").
		Until(t.Context(), soon, func(context.Context) bool { return false })
	if err == nil || !strings.Contains(err.Error(), "script ended at once: no space left on device") {
		t.Errorf("got %v", err)
	}
}

func TestAnswersWaitsForA200(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if asked++; asked < 3 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	defer server.Close()
	d := started(t, "exec sleep 600")
	if err := d.Answers(t.Context(), soon, server.Client(), server.URL); err != nil || asked != 3 {
		t.Errorf("got %v after %d questions, want none after 3", err, asked)
	}
	server.Close()
	err := d.Answers(t.Context(), 3*pause, server.Client(), server.URL)
	if err == nil || !strings.Contains(err.Error(), "script is not ready: context deadline exceeded") {
		t.Errorf("got %v", err)
	}
}

func TestAProgramThatDoesNotEndIsKilled(t *testing.T) {
	d := started(t, "trap '' TERM; echo ready; while :; do sleep 1; done")
	if err := d.Until(t.Context(), soon, func(context.Context) bool { return d.lastWords() == "ready\n" }); err != nil {
		t.Fatal(err)
	}
	d.Stop(pause)
	if state := d.command.ProcessState; state == nil || state.String() != "signal: killed" {
		t.Errorf("it ended by %v, want to be killed", state)
	}
}

func TestFreePortsDiffer(t *testing.T) {
	ports, err := FreePorts(3)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(ports)
	if len(slices.Compact(ports)) != 3 {
		t.Errorf("got %v, want three that differ", ports)
	}
}
