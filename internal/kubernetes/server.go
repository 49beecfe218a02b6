package kubernetes

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"

	"github.com/titan-platform/titan/internal/daemon"
)

// Server is an API server and its etcd, both on loopback. Nothing of them outlives Stop, or this process.
type Server struct {
	Kubeconfig string // path, for the user of all rights

	url, token, authority string // of the API server, its one user and its certificate
	serviceAccountKey     string // path; signs the tokens of service accounts

	apiServer, etcd *daemon.Daemon
}

// Start starts both on free ports, with their files in dir, and waits until the API server is ready.
func Start(ctx context.Context, programs Programs, dir string) (*Server, error) {
	server := &Server{Kubeconfig: filepath.Join(dir, "kubeconfig")}
	if err := server.start(ctx, programs, dir); err != nil {
		server.Stop()
		return nil, fmt.Errorf("starting the kubernetes API server: %w", err)
	}
	return server, nil
}

func (s *Server) start(ctx context.Context, programs Programs, dir string) error {
	ports, err := daemon.FreePorts(3)
	if err != nil {
		return err
	}
	client, peer, secure := loopback("http", ports[0]), loopback("http", ports[1]), loopback("https", ports[2])
	s.etcd, err = run(dir, "etcd", programs.Etcd,
		"--data-dir="+filepath.Join(dir, "etcd"), "--unsafe-no-fsync", "--logger=zap", "--log-level=error",
		"--listen-client-urls="+client, "--advertise-client-urls="+client,
		"--listen-peer-urls="+peer, "--initial-advertise-peer-urls="+peer, "--initial-cluster=default="+peer)
	if err != nil {
		return err
	}
	if err := ready(ctx, s.etcd, http.DefaultClient, client+"/readyz"); err != nil {
		return err
	}

	key, tokens, token, err := credentials(dir)
	if err != nil {
		return err
	}
	certificates := filepath.Join(dir, "certificates")
	s.apiServer, err = run(dir, "kube-apiserver", programs.APIServer,
		"--etcd-servers="+client, "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", "--secure-port="+strconv.Itoa(ports[2]),
		"--cert-dir="+certificates, "--token-auth-file="+tokens, "--authorization-mode=RBAC", "--service-cluster-ip-range=172.20.0.0/16",
		"--service-account-issuer=https://kubernetes.default.svc", "--service-account-key-file="+key, "--service-account-signing-key-file="+key,
		"--allow-privileged", // as EKS has it: it is for Pod Security to refuse
		// Clients only: there is no controller to make the endpoints of the default Service.
		"--endpoint-reconciler-type=none")
	if err != nil {
		return err
	}
	// The server signs a certificate for itself at the start.
	authority := filepath.Join(certificates, "apiserver.crt")
	if err := appears(ctx, s.apiServer, authority); err != nil {
		return err
	}
	probe, err := trusting(authority, token)
	if err != nil {
		return err
	}
	if err := ready(ctx, s.apiServer, probe, secure+"/readyz"); err != nil {
		return err
	}
	s.url, s.token, s.authority, s.serviceAccountKey = secure, token, authority, key
	return os.WriteFile(s.Kubeconfig, fmt.Appendf(nil, `apiVersion: v1
kind: Config
current-context: titan
contexts: [{name: titan, context: {cluster: titan, user: titan}}]
clusters: [{name: titan, cluster: {server: %q, certificate-authority: %q}}]
users: [{name: titan, user: {token: %q}}]
`, secure, authority, token), 0o600)
}

// Exited is closed when the API server has ended, however it ended.
func (s *Server) Exited() <-chan struct{} { return s.apiServer.Exited() }

// Stop ends both by their process ids, the API server first.
func (s *Server) Stop() {
	for _, p := range []*daemon.Daemon{s.apiServer, s.etcd} {
		if p != nil {
			p.Stop(stopDeadline)
		}
	}
}

// credentials writes the key of service account tokens and the one user's token.
func credentials(dir string) (key, tokens, token string, err error) {
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return "", "", "", err
	}
	key, tokens, token = filepath.Join(dir, "service-account.key"), filepath.Join(dir, "tokens.csv"), rand.Text()
	block := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(private)})
	if err := os.WriteFile(key, block, 0o600); err != nil {
		return "", "", "", err
	}
	return key, tokens, token, os.WriteFile(tokens, []byte(token+",titan,titan,system:masters\n"), 0o600)
}
