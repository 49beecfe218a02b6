package emulator

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"time"

	"github.com/titan-platform/titan/internal/daemon"
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
	*daemon.Daemon
	port int
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
	ports, err := daemon.FreePorts(1)
	if err != nil {
		return nil, err
	}
	command := exec.Command(program)
	command.Env = append(append(caller(),
		// It delivers to HTTP subscribers, and has none here.
		"http_proxy="+nobody, "https_proxy="+nobody, "no_proxy=127.0.0.1,localhost",
		"BIND_HOST=127.0.0.1", // its own default is every interface
		"GATEWAY_PORT="+strconv.Itoa(ports[0]),
		"MINISTACK_ACCOUNT_ID="+account,
		"LOG_LEVEL=WARNING",
	), extra...)
	running, err := daemon.Start("ministack", command, log)
	if err != nil {
		return nil, err
	}
	p := &process{running, ports[0]}
	if err := p.Answers(ctx, startDeadline, http.DefaultClient, p.url()+"/_ministack/health"); err != nil {
		p.stop()
		return nil, err
	}
	return p, nil
}

func (p *process) url() string { return fmt.Sprintf("http://127.0.0.1:%d", p.port) }

// stop ends the emulator by its own process id.
func (p *process) stop() { p.Stop(stopDeadline) }
