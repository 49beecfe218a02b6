// Package daemon runs the programs that stand in for AWS and Kubernetes in the background: it waits until they answer,
// and ends them.
package daemon

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// pause is how long a condition is left alone before it is looked at again.
const pause = 50 * time.Millisecond

// Daemon is a program that runs in the background.
type Daemon struct {
	name, log string
	command   *exec.Cmd
	exited    chan struct{} // closed when it has ended
}

// Start starts a command, whose output goes to log: the caller may close that at once. Ctrl-C of a terminal does not
// reach it, and on Linux it ends when this process is killed. name is for messages.
func Start(name string, command *exec.Cmd, log *os.File) (*Daemon, error) {
	command.Stdout, command.Stderr = log, log
	command.SysProcAttr = detached()
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", name, err)
	}
	d := &Daemon{name: name, log: log.Name(), command: command, exited: make(chan struct{})}
	go func() {
		_ = command.Wait() // how it ended does not matter, that it did does
		close(d.exited)
	}()
	return d, nil
}

// Log is the path of the program's log.
func (d *Daemon) Log() string { return d.log }

// PID is its process id.
func (d *Daemon) PID() int { return d.command.Process.Pid }

// Exited is closed when the program has ended, however it ended.
func (d *Daemon) Exited() <-chan struct{} { return d.exited }

// Stop asks the program to end, and kills it where it has not ended after grace.
func (d *Daemon) Stop(grace time.Duration) {
	_ = d.command.Process.Signal(syscall.SIGTERM) // it may have ended
	select {
	case <-d.exited:
	case <-time.After(grace):
		_ = d.command.Process.Kill() // it may have ended now
		<-d.exited
	}
}

// Answers waits until a URL is answered with 200, at most as long as most.
func (d *Daemon) Answers(ctx context.Context, most time.Duration, client *http.Client, url string) error {
	return d.Until(ctx, most, func(ctx context.Context) bool {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return false
		}
		response, err := client.Do(request)
		if err != nil {
			return false
		}
		defer func() { _ = response.Body.Close() }() // only the status was wanted
		return response.StatusCode == http.StatusOK
	})
}

// Until waits until a condition holds, at most as long as most. An error has the end of the program's log.
func (d *Daemon) Until(ctx context.Context, most time.Duration, condition func(context.Context) bool) error {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	for !condition(ctx) {
		select {
		case <-d.exited:
			return fmt.Errorf("%s ended at once: %s", d.name, d.lastWords())
		case <-ctx.Done():
			return fmt.Errorf("%s is not ready: %w: %s", d.name, ctx.Err(), d.lastWords())
		case <-time.After(pause):
		}
	}
	return nil
}

// lastWords are the end of the log.
func (d *Daemon) lastWords() string {
	content, err := os.ReadFile(d.log)
	if err != nil {
		return err.Error()
	}
	return string(content[max(0, len(content)-1000):])
}
