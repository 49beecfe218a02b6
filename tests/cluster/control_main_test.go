//go:build cluster && control

package cluster

import (
	"context"
	"fmt"
	"time"

	"github.com/titan-platform/titan/internal/kubernetes"
)

func init() {
	startControllers = func(ctx context.Context, dir string) (stop func(), err error) {
		start := time.Now()
		kwok, err := kubernetes.InstallKwok(ctx, root, root+"/.titan")
		if err != nil {
			return nil, err
		}
		fmt.Printf("kwok: %.0f s\n", time.Since(start).Seconds())
		start = time.Now()
		controllers, err := server.StartControllers(ctx, programs, kwok, dir)
		if err != nil {
			return nil, err
		}
		fmt.Printf("kube-controller-manager, kube-scheduler, kwok: ready after %.1f s\n", time.Since(start).Seconds())
		return controllers.Stop, nil
	}
}
