// Package platformdemo shows an environment's platform on this machine: a real Kubernetes control plane with simulated
// nodes, and on it what <env>.platform installs, by Helm.
package platformdemo

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

const (
	startDeadline = 5 * time.Second  // for a control plane that begins to write its session
	stopDeadline  = 60 * time.Second // for one that ends: five programs, each by itself or after ten seconds
	pause         = 50 * time.Millisecond
)

// Session is a control plane that outlives the command that started it.
type Session struct {
	PID         int       `json:"pid"` // of the process that runs all of its programs
	Environment string    `json:"environment"`
	Version     string    `json:"version"`    // of Kubernetes
	Kubeconfig  string    `json:"kubeconfig"` // path; empty until it is ready
	Started     time.Time `json:"started"`
}

// Ready is whether it takes requests.
func (s *Session) Ready() bool { return s.Kubeconfig != "" }

// RunningError says that there is a control plane already.
type RunningError struct{ Session Session }

// Error says which.
func (e *RunningError) Error() string {
	return fmt.Sprintf("a platform is shown already: that of %q, by process %d, since %s",
		e.Session.Environment, e.Session.PID, e.Session.Started.Local().Format(time.TimeOnly))
}

func runDir(dir string) string { return filepath.Join(dir, "run") }

func sessionFile(dir string) string { return filepath.Join(runDir(dir), "session.json") }

// Find is the session of dir that runs or starts, nil where there is none. What was left by a process that is gone is
// none: the system takes a lock back from a process that ends, however it ends.
func Find(dir string) (*Session, error) {
	for end := time.Now().Add(startDeadline); ; time.Sleep(pause) {
		held, err := isHeld(dir)
		if err != nil || !held {
			return nil, err
		}
		text, err := os.ReadFile(sessionFile(dir))
		if errors.Is(err, fs.ErrNotExist) && time.Now().Before(end) {
			continue // it begins or ends
		}
		if err != nil {
			return nil, fmt.Errorf("reading the session: %w", err)
		}
		var session Session
		if err := json.Unmarshal(text, &session); err != nil {
			return nil, fmt.Errorf("reading the session in %q: %w", sessionFile(dir), err)
		}
		return &session, nil
	}
}

// Stop ends the session of dir by its process id, and waits until it has ended.
func (s *Session) Stop(dir string) error {
	if err := syscall.Kill(s.PID, syscall.SIGTERM); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("stopping the control plane, process %d: %w", s.PID, err)
	}
	for end := time.Now().Add(stopDeadline); time.Now().Before(end); time.Sleep(pause) {
		if held, err := isHeld(dir); err != nil || !held {
			return err
		}
	}
	return fmt.Errorf("stopping the control plane: process %d does not end", s.PID)
}
