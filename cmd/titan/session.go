package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/titan-platform/titan/internal/emulator"
)

// emulatorDeadline leaves time for the emulator's first installation.
const emulatorDeadline = 3 * time.Minute

// startedSession is the running emulator for an environment's account; fresh is whether it had to be started, and is
// therefore empty.
func startedSession(ctx context.Context, environment string) (session *emulator.Session, fresh bool, err error) {
	account, err := accountOf(environment)
	if err != nil {
		return nil, false, err // said here, not in a log
	}
	unlock, err := emulator.StartLock(workDir)
	if err != nil {
		return nil, false, err
	}
	defer unlock()
	if session, err = emulator.Find(workDir); err != nil {
		return nil, false, err
	}
	if session != nil && session.Account != account {
		return nil, false, fmt.Errorf("the running emulator is account %q, but environments/%s.yaml says %q; "+
			"stop it: %s emulator stop", session.Account, environment, account, program)
	}
	if session != nil {
		return session, false, nil
	}
	if _, err := emulator.Install(ctx, workDir); err != nil {
		return nil, false, err
	}
	session, err = startServer(ctx, environment)
	return session, true, err
}

// startServer starts the emulator as a process that outlives this command and its terminal, and waits until it
// answers.
func startServer(ctx context.Context, environment string) (*emulator.Session, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("starting the emulator: %w", err)
	}
	logFile := filepath.Join(workDir, "emulator-serve.log")
	log, err := os.Create(logFile)
	if err != nil {
		return nil, fmt.Errorf("starting the emulator: %w", err)
	}
	defer func() { _ = log.Close() }() // the child has its own
	server := exec.Command(self, "emulator", "serve", environment)
	server.Env = append(os.Environ(), temporaryVariable+"="+usersTemporary) // it outlives this program's
	server.Stdout, server.Stderr = log, log
	server.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := server.Start(); err != nil {
		return nil, fmt.Errorf("starting the emulator: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	ctx, cancel := context.WithTimeout(ctx, emulatorDeadline)
	defer cancel()
	for {
		if session, err := emulator.Find(workDir); session != nil || err != nil {
			return session, err
		}
		select {
		case err := <-ended:
			said, _ := os.ReadFile(logFile) // whatever it got to say
			return nil, fmt.Errorf("the emulator ended at once (%v): %s", err, strings.TrimSpace(string(said)))
		case <-ctx.Done():
			_ = server.Process.Signal(syscall.SIGTERM) // it may have ended
			return nil, fmt.Errorf("starting the emulator: %w; its log: %s", ctx.Err(), logFile)
		case <-time.After(100 * time.Millisecond):
		}
	}
}
