package kubernetes

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"

	"github.com/titan-platform/titan/internal/daemon"
)

// Managed is the label of the nodes that kwok keeps alive, with the value true. A node that loses it has a kubelet that no longer answers.
const Managed = "titan/simulated"

// Controllers are the controllers and the scheduler of an API server, and kwok in place of its nodes' kubelets.
type Controllers struct{ processes []*daemon.Daemon }

// StartControllers starts them for the server, with their logs in dir, and waits until each is healthy. kwok is the program's path.
func (s *Server) StartControllers(ctx context.Context, programs Programs, kwok, dir string) (*Controllers, error) {
	controllers := &Controllers{}
	if err := controllers.start(ctx, s, programs, kwok, dir); err != nil {
		controllers.Stop()
		return nil, fmt.Errorf("starting the kubernetes controllers: %w", err)
	}
	return controllers, nil
}

// controllerFlags are the intervals at which the controller manager looks, shorter than its defaults so that tests need not wait: of nodes
// whose kubelet is silent (default 5s and 50s), and of autoscalers, which else leave the metrics of young pods out (15s, 30s and 5m).
var controllerFlags = []string{
	"--node-monitor-period=1s", "--node-monitor-grace-period=20s",
	"--horizontal-pod-autoscaler-sync-period=1s", "--horizontal-pod-autoscaler-initial-readiness-delay=1s",
	"--horizontal-pod-autoscaler-cpu-initialization-period=1s",
}

func (c *Controllers) start(ctx context.Context, s *Server, programs Programs, kwok, dir string) error {
	ports, err := daemon.FreePorts(3)
	if err != nil {
		return err
	}
	manager := append([]string{
		"--service-account-private-key-file=" + s.serviceAccountKey, "--root-ca-file=" + s.authority,
	}, controllerFlags...)
	if err := c.serve(ctx, s, programs.ControllerManager, dir, ports[0], manager...); err != nil {
		return err
	}
	if err := c.serve(ctx, s, programs.Scheduler, dir, ports[1]); err != nil {
		return err
	}
	configuration := filepath.Join(dir, "kubelets.yaml")
	if err := os.WriteFile(configuration, kubelets, 0o600); err != nil {
		return err
	}
	address := "127.0.0.1:" + strconv.Itoa(ports[2])
	simulator, err := run(dir, "kwok", kwok, "--config="+configuration, "--kubeconfig="+s.Kubeconfig, "--server-address="+address,
		"--manage-nodes-with-label-selector="+Managed+"=true", "--node-lease-duration-seconds=8")
	if err != nil {
		return err
	}
	c.processes = append(c.processes, simulator)
	return ready(ctx, simulator, http.DefaultClient, "http://"+address+"/healthz")
}

// serve starts one of Kubernetes' own programs, which signs a certificate for itself, and waits until it is healthy.
func (c *Controllers) serve(ctx context.Context, s *Server, program, dir string, port int, flags ...string) error {
	name := filepath.Base(program)
	certificates := filepath.Join(dir, name)
	p, err := run(dir, name, program, append(flags, "--kubeconfig="+s.Kubeconfig, "--leader-elect=false", "--bind-address=127.0.0.1",
		"--secure-port="+strconv.Itoa(port), "--cert-dir="+certificates)...)
	if err != nil {
		return err
	}
	c.processes = append(c.processes, p)
	authority := filepath.Join(certificates, name+".crt")
	if err := appears(ctx, p, authority); err != nil {
		return err
	}
	client, err := trusting(authority, s.token)
	if err != nil {
		return err
	}
	return ready(ctx, p, client, loopback("https", port)+"/healthz")
}

// Stop ends them by their process ids, the last first.
func (c *Controllers) Stop() {
	for i := len(c.processes) - 1; i >= 0; i-- {
		c.processes[i].Stop(stopDeadline)
	}
}
