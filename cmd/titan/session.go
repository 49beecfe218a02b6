package main

import (
	"context"
	"fmt"
	"path/filepath"
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
func startServer(ctx context.Context, environment string) (session *emulator.Session, err error) {
	server := background{
		what: "the emulator", log: filepath.Join(workDir, "emulator-serve.log"), deadline: emulatorDeadline,
		arguments: []string{"emulator", "serve", environment},
	}
	err = server.start(ctx, func() (bool, error) {
		session, err = emulator.Find(workDir)
		return session != nil, err
	})
	return session, err
}
