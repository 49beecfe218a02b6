package platformdemo

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/internal/daemon"
	"github.com/titan-platform/titan/internal/kubernetes"
)

// heldVariable has this test's program hold the session of a folder until it is told to end.
const heldVariable = "TITAN_TEST_HELD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(heldVariable); dir != "" {
		holdFor(dir)
	}
	os.Exit(m.Run())
}

func holdFor(dir string) {
	if _, err := hold(dir); err != nil {
		os.Exit(1)
	}
	if err := os.MkdirAll(runDir(dir), 0o700); err != nil {
		os.Exit(1)
	}
	session := Session{PID: os.Getpid(), Environment: "prod", Kubeconfig: "there", Started: time.Now()}
	if err := daemon.WriteSession(sessionFile(dir), session); err != nil {
		os.Exit(1)
	}
	select {} // until a signal
}

// held starts a process that holds the session of a folder, and waits until it does.
func held(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), heldVariable+"="+dir)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = command.Process.Kill() }) // it may have ended
	for range 100 {
		if _, err := os.Stat(sessionFile(dir)); err == nil {
			return command
		}
		time.Sleep(pause)
	}
	t.Fatal("no session is written")
	return nil
}

func TestASecondControlPlaneIsRefused(t *testing.T) {
	dir := t.TempDir()
	if session, err := Find(dir); session != nil || err != nil {
		t.Fatalf("an empty folder has the session %v, %v", session, err)
	}
	process := held(t, dir)
	err := Serve(t.Context(), dir, "dev", kubernetes.Programs{}, "")
	if running := (*RunningError)(nil); !errors.As(err, &running) || running.Session.PID != process.Process.Pid {
		t.Errorf("a second one: %v", err)
	}
	if err := Clean(dir); err != nil {
		t.Error(err)
	}
	session, err := Find(dir)
	if err != nil || session == nil || !session.Ready() {
		t.Fatalf("got the session %v, %v", session, err)
	}
	go func() { _ = process.Wait() }() // or it is a zombie
	if err := session.Stop(dir); err != nil {
		t.Error(err)
	}
	if session, err := Find(dir); session != nil || err != nil {
		t.Errorf("after its end there is the session %v, %v", session, err)
	}
}

// The system takes the lock of a killed process back; its files are in nobody's way.
func TestAKilledControlPlaneIsNone(t *testing.T) {
	dir := t.TempDir()
	process := held(t, dir)
	_ = process.Process.Kill()
	_ = process.Wait()
	if session, err := Find(dir); session != nil || err != nil {
		t.Errorf("got the session %v, %v", session, err)
	}
	if err := Clean(dir); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(runDir(dir)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("its files are still there: %v", err)
	}
}

// What does not start leaves nothing but the lock.
func TestAControlPlaneThatFailsLeavesNothing(t *testing.T) {
	dir, programs := t.TempDir(), t.TempDir()
	etcd := filepath.Join(programs, "etcd")
	if err := os.WriteFile(etcd, []byte("#!/bin/sh\necho no space left on device\nexit 1\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	err := Serve(t.Context(), dir, "dev", kubernetes.Programs{Etcd: etcd}, "")
	if err == nil || !strings.Contains(err.Error(), "no space left on device") {
		t.Errorf("got %v", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 || left[0].Name() != filepath.Base(lockFile(dir)) {
		t.Errorf("left: %v, %v", left, err)
	}
}
