package kubernetes

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/titan-platform/titan/internal/daemon"
)

// Ingress is a Traefik on loopback that routes by the Ingress objects of an API server.
type Ingress struct {
	Address string // host and port of its entry point web

	traefik *daemon.Daemon
}

var entryPointAddress = regexp.MustCompile(`^--entryPoints\.(\w+)\.address=`)

// StartIngress starts Traefik with the arguments that its chart gives it, but for what differs on this machine: free
// ports of loopback, the API server's address and login, and whom it trusts to say who called, which is this machine
// in place of the load balancer. Its log is in dir. It is ready once it answers pings.
func (s *Server) StartIngress(ctx context.Context, program string, arguments []string, dir string) (*Ingress, error) {
	var own []string
	addresses := map[string]string{}
	for _, argument := range arguments {
		switch found := entryPointAddress.FindStringSubmatch(argument); {
		case found != nil:
			ports, err := daemon.FreePorts(1)
			if err != nil {
				return nil, err
			}
			addresses[found[1]] = fmt.Sprintf("127.0.0.1:%d", ports[0])
			own = append(own, found[0]+addresses[found[1]])
		case strings.Contains(argument, ".forwardedHeaders.trustedIPs="):
			name, _, _ := strings.Cut(argument, "=")
			own = append(own, name+"=127.0.0.1/32")
		default:
			own = append(own, argument)
		}
	}
	if addresses["web"] == "" || addresses["traefik"] == "" {
		return nil, fmt.Errorf("starting traefik: its arguments name the entry points %v, want web and traefik", addresses)
	}
	own = append(own, "--global.checknewversion=false", "--providers.kubernetesingress.endpoint="+s.url,
		"--providers.kubernetesingress.token="+s.token, "--providers.kubernetesingress.certauthfilepath="+s.authority)
	traefik, err := run(dir, "traefik", program, own...)
	if err != nil {
		return nil, err
	}
	if err := ready(ctx, traefik, http.DefaultClient, "http://"+addresses["traefik"]+"/ping"); err != nil {
		traefik.Stop(stopDeadline)
		return nil, fmt.Errorf("starting traefik: %w", err)
	}
	return &Ingress{Address: addresses["web"], traefik: traefik}, nil
}

// Log is the path of its log.
func (i *Ingress) Log() string { return filepath.Clean(i.traefik.Log()) }

// Stop ends it by its process id.
func (i *Ingress) Stop() { i.traefik.Stop(stopDeadline) }
