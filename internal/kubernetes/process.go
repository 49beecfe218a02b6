package kubernetes

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// stopDeadline is how long a program may take to end by itself.
const stopDeadline = 10 * time.Second

// process is a program that runs in the background and logs to a file.
type process struct {
	name, log string
	command   *exec.Cmd
	exited    chan struct{}
}

func run(dir, name, program string, arguments ...string) (*process, error) {
	log, err := os.Create(filepath.Join(dir, name+".log"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = log.Close() }() // the program has its own handle
	p := &process{name: name, log: log.Name(), command: exec.Command(program, arguments...), exited: make(chan struct{})}
	p.command.Stdout, p.command.Stderr = log, log
	p.command.SysProcAttr = detached()
	if err := p.command.Start(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", name, err)
	}
	go func() {
		_ = p.command.Wait() // how it ended does not matter, that it did does
		close(p.exited)
	}()
	return p, nil
}

func (p *process) stop() {
	_ = p.command.Process.Signal(syscall.SIGTERM) // it may have ended
	select {
	case <-p.exited:
	case <-time.After(stopDeadline):
		_ = p.command.Process.Kill() // it may have ended now
		<-p.exited
	}
}

// ready waits until the URL answers 200.
func (p *process) ready(ctx context.Context, client *http.Client, url string) error {
	return p.until(ctx, func() bool {
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

// appears waits until there is a file.
func (p *process) appears(ctx context.Context, path string) error {
	return p.until(ctx, func() bool { return exists(path) })
}

func (p *process) until(ctx context.Context, condition func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, readyDeadline)
	defer cancel()
	for !condition() {
		select {
		case <-p.exited:
			return fmt.Errorf("%s ended at once: %s", p.name, p.lastWords())
		case <-ctx.Done():
			return fmt.Errorf("%s is not ready: %w: %s", p.name, ctx.Err(), p.lastWords())
		case <-time.After(50 * time.Millisecond):
		}
	}
	return nil
}

// lastWords are the end of the log.
func (p *process) lastWords() string {
	content, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	return string(content[max(0, len(content)-1000):])
}

// trusting is a client that trusts one certificate and carries a token.
func trusting(authority, token string) (*http.Client, error) {
	certificate, err := os.ReadFile(authority)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(certificate)
	return &http.Client{Transport: bearer{token, &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS13}}}}, nil
}

type bearer struct {
	token string
	next  http.RoundTripper
}

func (b bearer) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	request.Header.Set("Authorization", "Bearer "+b.token)
	return b.next.RoundTrip(request)
}

// freePorts are ports of loopback that nobody listens on. All are held until the last is found, so that they differ.
func freePorts(count int) ([]int, error) {
	var ports []int
	for range count {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, fmt.Errorf("looking for a free port: %w", err)
		}
		defer func() { _ = listener.Close() }() // only its number was wanted
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}

func loopback(scheme string, port int) string { return fmt.Sprintf("%s://127.0.0.1:%d", scheme, port) }
