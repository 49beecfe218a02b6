package kubernetes

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"k8s.io/client-go/transport"

	"github.com/titan-platform/titan/internal/daemon"
)

const (
	readyDeadline = 3 * time.Minute  // of a machine that is busy with something else; alone it takes about five seconds
	stopDeadline  = 10 * time.Second // for a program to end by itself
)

// run starts a program that logs to a file in dir.
func run(dir, name, program string, arguments ...string) (*daemon.Daemon, error) {
	log, err := os.Create(filepath.Join(dir, name+".log"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = log.Close() }() // the program has its own handle
	return daemon.Start(name, exec.Command(program, arguments...), log)
}

// ready waits until a program answers at a URL.
func ready(ctx context.Context, d *daemon.Daemon, client *http.Client, url string) error {
	return d.Answers(ctx, readyDeadline, client, url)
}

// appears waits until a program has written a file.
func appears(ctx context.Context, d *daemon.Daemon, path string) error {
	return d.Until(ctx, readyDeadline, func(context.Context) bool { return exists(path) })
}

// trusting is a client that trusts one certificate and carries a token.
func trusting(authority, token string) (*http.Client, error) {
	certificate, err := os.ReadFile(authority)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(certificate)
	trusted := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS13}}
	return &http.Client{Transport: transport.NewBearerAuthRoundTripper(token, trusted)}, nil
}

func loopback(scheme string, port int) string { return fmt.Sprintf("%s://127.0.0.1:%d", scheme, port) }
