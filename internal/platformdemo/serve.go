package platformdemo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/titan-platform/titan/internal/daemon"
	"github.com/titan-platform/titan/internal/kubernetes"
)

// Serve runs a control plane for an environment until the context ends, with its files in dir, an ignored folder. It
// leaves none of them.
func Serve(ctx context.Context, dir, environment string, programs kubernetes.Programs, kwok string) (err error) {
	unlock, err := hold(dir)
	if err != nil {
		return err
	}
	defer unlock()
	run, err := filepath.Abs(runDir(dir)) // the kubeconfig is read from anywhere
	if err != nil {
		return err
	}
	if err := os.RemoveAll(run); err != nil { // of one that was killed
		return fmt.Errorf("emptying %q: %w", run, err)
	}
	if err := os.MkdirAll(run, 0o700); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(run)) }()
	session := Session{PID: os.Getpid(), Environment: environment, Version: programs.Version, Started: time.Now().UTC()}
	if err := daemon.WriteSession(sessionFile(dir), session); err != nil {
		return err
	}
	server, err := kubernetes.Start(ctx, programs, run)
	if err != nil {
		return err
	}
	defer server.Stop()
	controllers, err := server.StartControllers(ctx, programs, kwok, run)
	if err != nil {
		return err
	}
	defer controllers.Stop()
	session.Kubeconfig = server.Kubeconfig
	if err := daemon.WriteSession(sessionFile(dir), session); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return nil
	case <-server.Exited():
		return errors.New("the API server ended by itself")
	}
}

// Clean removes what a session of dir left that was killed. One that runs keeps what it has.
func Clean(dir string) error {
	unlock, err := hold(dir)
	if running := (*RunningError)(nil); errors.As(err, &running) {
		return nil
	}
	if err != nil {
		return err
	}
	defer unlock()
	if err := os.RemoveAll(runDir(dir)); err != nil {
		return fmt.Errorf("removing what a control plane left: %w", err)
	}
	return nil
}
