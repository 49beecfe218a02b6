package platformdemo

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/tools/clientcmd"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/kubernetes"
	"github.com/titan-platform/titan/internal/platformstack"
)

const (
	// releaseTimeout is how long Helm waits for a release, as text for it; simulated pods are ready in a second or two.
	releaseTimeout = "2m"
	settleDeadline = time.Minute // for autoscalers to raise what was just installed to its least
)

// Demo is what an environment's platform is installed with.
type Demo struct {
	Environment environments.Environment
	Stacks      string // folder of what was synthesized, a folder a stack
	Dir         string // an ignored folder
	Charts      string // folder of charts' archives; empty is none
	Programs    kubernetes.Programs
	Kubeconfig  string
	Progress    *Progress

	clients
	stack *platformstack.Stack
}

// Install installs the platform on an empty control plane, and reports what there is then. A release that fails, or
// whose chart is not to be had, is in the report, and the others are installed all the same.
func (d *Demo) Install(ctx context.Context) (*Report, error) {
	d.clients = newClients(d.Programs, d.Dir, d.Kubeconfig)
	if err := d.provideVolumes(ctx); err != nil {
		return nil, err
	}
	var err error
	if d.stack, err = platformstack.Evaluate(ctx, d.Stacks, d.Environment, ""); err != nil {
		return nil, err
	}
	d.Progress.Done("%s.platform evaluated by Terraform, with samples of what AWS would answer", d.Environment.Name)
	releases, err := d.stack.Releases()
	if err != nil {
		return nil, err
	}
	archives, missing := archives{d.folders(), d.helm}.fetch(ctx, releases)
	d.Progress.Done("%s", fetched(len(archives), missing))
	report := &Report{Missing: missing}
	for _, step := range []func(context.Context, *Report) error{d.nodes, d.manifests, d.definitions} {
		if err := step(ctx, report); err != nil {
			return nil, err
		}
	}
	releases = slices.DeleteFunc(releases, func(r platformstack.Release) bool {
		return slices.ContainsFunc(missing, func(m Missing) bool { return m.Name == r.Name })
	})
	for i, r := range releases {
		err := d.release(ctx, r, archives[r.Name], report)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		outcome := "installed in " + r.Namespace
		if err != nil {
			report.Failed = append(report.Failed, fmt.Errorf("release %s: %w", r.Name, err))
			outcome = "failed; the reason is below"
		}
		d.Progress.Done("%2d of %d  %s %s", i+1, len(releases), r.Name, outcome)
	}
	d.settle(ctx)
	return report, d.gather(ctx, report)
}

// fetched says how many charts are to be had.
func fetched(number int, missing []Missing) string {
	if len(missing) == 0 {
		return fmt.Sprintf("%d charts of other people's fetched", number)
	}
	return fmt.Sprintf("%d of %d charts of other people's can't be fetched: their releases are left out, see below",
		len(missing), number+len(missing))
}

// folders are where charts' archives may be.
func (d *Demo) folders() []string {
	kept := filepath.Join(d.Dir, "charts")
	if d.Charts == "" {
		return []string{kept}
	}
	return []string{d.Charts, kept}
}

func (d *Demo) provideVolumes(ctx context.Context) error {
	config, err := clientcmd.BuildConfigFromFlags("", d.Kubeconfig)
	if err != nil {
		return fmt.Errorf("connecting to the control plane: %w", err)
	}
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return fmt.Errorf("connecting to the control plane: %w", err)
	}
	go provisioner{client}.run(ctx)
	return nil
}

// settle waits until pods are ready and autoscalers have what they want at least; the report says what is not.
func (d *Demo) settle(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, settleDeadline)
	defer cancel()
	_ = d.Progress.During(ctx, "the autoscalers' least", d.unready, func(ctx context.Context) error {
		for ctx.Err() == nil && d.unready(ctx) != "" {
			select {
			case <-ctx.Done():
			case <-time.After(pause * 10):
			}
		}
		return nil
	}) // it has no error
}
