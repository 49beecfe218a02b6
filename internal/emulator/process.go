package emulator

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"time"
)

const (
	startDeadline = 30 * time.Second // it takes one second; a busy machine takes more
	stopDeadline  = 5 * time.Second
	startAttempts = 3 // a port that was free may be taken by the time the emulator binds it
)

// nobody is a proxy that refuses every connection: no program listens at port 1.
const nobody = "http://127.0.0.1:1"

// process is a running emulator.
type process struct {
	command *exec.Cmd
	port    int
	exited  chan struct{} // closed when it has ended
}

// startProcess starts the emulator on a free port of the loopback interface and waits until it answers.
func startProcess(ctx context.Context, program, account string, log *os.File, extra ...string) (*process, error) {
	var err error
	for range startAttempts {
		var p *process
		if p, err = tryStart(ctx, program, account, log, extra...); err == nil {
			return p, nil
		}
	}
	return nil, fmt.Errorf("starting the emulator (its log: %s): %w", log.Name(), err)
}

func tryStart(ctx context.Context, program, account string, log *os.File, extra ...string) (*process, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	command := exec.Command(program)
	command.Env = append(append(caller(),
		// It delivers to HTTP subscribers, and has none here.
		"http_proxy="+nobody, "https_proxy="+nobody, "no_proxy=127.0.0.1,localhost",
		"BIND_HOST=127.0.0.1", // its own default is every interface
		"GATEWAY_PORT="+strconv.Itoa(port),
		"MINISTACK_ACCOUNT_ID="+account,
		"LOG_LEVEL=WARNING",
	), extra...)
	command.Stdout, command.Stderr = log, log
	command.SysProcAttr = detached()
	if err := command.Start(); err != nil {
		return nil, err
	}
	p := &process{command: command, port: port, exited: make(chan struct{})}
	go func() {
		_ = command.Wait() // how it ended does not matter, that it did does
		close(p.exited)
	}()
	if err := p.ready(ctx); err != nil {
		p.stop()
		return nil, err
	}
	return p, nil
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("looking for a free port: %w", err)
	}
	defer func() { _ = listener.Close() }() // only its number was wanted
	return listener.Addr().(*net.TCPAddr).Port, nil
}

func (p *process) url() string { return fmt.Sprintf("http://127.0.0.1:%d", p.port) }

// ready waits until the emulator answers.
func (p *process) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startDeadline)
	defer cancel()
	for {
		if healthy(ctx, p.url()+"/_ministack/health") {
			return nil
		}
		select {
		case <-p.exited:
			return errors.New("it ended at once")
		case <-ctx.Done():
			return fmt.Errorf("it did not answer: %w", ctx.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func healthy(ctx context.Context, url string) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	defer func() { _ = response.Body.Close() }() // only the status was wanted
	return response.StatusCode == http.StatusOK
}

// stop ends the emulator by its own process id.
func (p *process) stop() {
	_ = p.command.Process.Signal(syscall.SIGTERM) // it may have ended
	select {
	case <-p.exited:
	case <-time.After(stopDeadline):
		_ = p.command.Process.Kill() // it may have ended now
		<-p.exited
	}
}
