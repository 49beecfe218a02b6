package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// background is a command of this program's that outlives the one that starts it, and its terminal.
type background struct {
	what      string // for messages: the emulator
	log       string // file that it writes to
	deadline  time.Duration
	arguments []string
}

// start starts it and waits until it is ready. One that is not in time, or no longer wanted, is asked to end.
func (b background) start(ctx context.Context, ready func() (bool, error)) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("starting %s: %w", b.what, err)
	}
	log, err := os.Create(b.log)
	if err != nil {
		return fmt.Errorf("starting %s: %w", b.what, err)
	}
	defer func() { _ = log.Close() }() // the child has its own
	server := exec.Command(self, b.arguments...)
	server.Env = append(os.Environ(), temporaryVariable+"="+usersTemporary) // it outlives this program's
	server.Stdout, server.Stderr = log, log
	server.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := server.Start(); err != nil {
		return fmt.Errorf("starting %s: %w", b.what, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	ctx, cancel := context.WithTimeout(ctx, b.deadline)
	defer cancel()
	for {
		if done, err := ready(); done || err != nil {
			return err
		}
		select {
		case err := <-ended:
			said, _ := os.ReadFile(b.log) // whatever it got to say
			return fmt.Errorf("%s ended at once (%v): %s", b.what, err, strings.TrimSpace(string(said)))
		case <-ctx.Done():
			_ = server.Process.Signal(syscall.SIGTERM) // it may have ended
			return fmt.Errorf("starting %s: %w; its log: %s", b.what, ctx.Err(), b.log)
		case <-time.After(100 * time.Millisecond):
		}
	}
}
