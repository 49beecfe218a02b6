package failover

import (
	"context"
	"fmt"

	"github.com/titan-platform/titan/environments"
)

// pause has a person stop the writes in the second region: titan reaches no cluster, and a database that is stopped
// could not be snapshotted. The secondary stays active meanwhile, because its database, which alone has everything, is
// protected only so.
type pause struct{ *work }

func (s *pause) about() about {
	return about{
		title:   "stop writes in " + s.secondary.Name,
		changes: "by you: " + s.scaleCommand(0) + "\nand whatever else writes there, jobs and sessions",
		costs:   "users get 503 until the end, an hour or two; what is written after this is lost",
		undo:    s.scaleCommand(2),
	}
}

func (s *pause) done(context.Context) (bool, string, error) {
	if s.serves(environments.DRPrimary) {
		return true, s.primary.Name + " serves already", nil
	}
	return false, "", nil
}

func (s *pause) do(context.Context) error {
	s.say("%s", s.scaleCommand(0))
	return s.ask(fmt.Sprintf("Have writes in %s stopped?", s.secondary.Name))
}

// check has nothing to ask: who reaches the cluster has said it.
func (s *pause) check(context.Context) error { return nil }

// scaleCommand sets the number of the application's pods in the second region. An autoscaler leaves a Deployment alone
// that is at zero (Kubernetes documentation, 'Horizontal Pod Autoscaling', implicit maintenance-mode deactivation).
func (w *work) scaleCommand(replicas int) string {
	cluster := fmt.Sprintf("--region %s --name %s", w.secondary.Region, w.secondary.ClusterName())
	return fmt.Sprintf("aws eks update-kubeconfig %s && kubectl -n %s scale deployment %s --replicas=%d",
		cluster, w.secondary.Application.Namespace, w.secondary.Application.Name, replicas)
}
