package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/titan-platform/titan/internal/platformdemo"
)

// controlPlaneDeadline is more than five programs take to start on a machine that is busy.
const controlPlaneDeadline = 5 * time.Minute

// demoPlatformUp starts a control plane and installs an environment's platform on it.
func demoPlatformUp(ctx context.Context, o demoPlatformOptions) error {
	all, err := o.load()
	if err != nil {
		return err
	}
	environment, err := named(all, o.environment)
	if err != nil {
		return err
	}
	if folder, err := os.Stat(o.charts); o.charts != "" && (err != nil || !folder.IsDir()) {
		return wrongUsage("--charts: there is no folder %q", o.charts)
	}
	if err := o.refuseSecond(); err != nil {
		return err
	}
	programs, _, err := controlPlane(ctx)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("this is no clone of Titan's repository, which pins a control plane's programs: %w", err)
	}
	if err != nil {
		return err
	}
	demo := &platformdemo.Demo{
		Environment: environment, Stacks: stackDir(o.synthesized(), ""), Dir: o.dir, Charts: o.charts, Programs: programs,
		// What is built once is not the demo's to count.
		Progress: &platformdemo.Progress{Out: o.terminal.out, Now: o.now, After: o.after, Began: o.now()},
	}
	report, err := o.install(ctx, demo)
	if errors.Is(ctx.Err(), context.Canceled) {
		o.terminal.printf("\ninterrupted; stopping the control plane\n")
		return errors.Join(errors.New("run make demo-platform to begin again"), o.stop())
	}
	if err != nil {
		return o.stillRunning(err)
	}
	return o.show(report, demo)
}

func (o demoPlatformOptions) install(ctx context.Context, demo *platformdemo.Demo) (*platformdemo.Report, error) {
	if err := synthesizeIn(ctx, os.Environ(), o.synthesized(), []string{o.environment}); err != nil {
		return nil, err
	}
	demo.Progress.Done("%s synthesized", o.environment)
	session, err := o.startControlPlane(ctx)
	if err != nil {
		return nil, err
	}
	demo.Kubeconfig = session.Kubeconfig
	demo.Progress.Done("control plane ready: etcd, Kubernetes %s with scheduler and controllers, kwok for the nodes",
		session.Version)
	if err := platformdemo.WriteShell(o.dir, session.Kubeconfig, demo.Programs); err != nil {
		return nil, err
	}
	return demo.Install(ctx)
}

func (o demoPlatformOptions) startControlPlane(ctx context.Context) (session *platformdemo.Session, err error) {
	if err := os.MkdirAll(o.dir, 0o755); err != nil {
		return nil, fmt.Errorf("starting the control plane: %w", err)
	}
	server := background{
		what: "the control plane", log: o.log(), deadline: controlPlaneDeadline,
		arguments: []string{"demo", "platform", "serve", o.environment},
	}
	err = server.start(ctx, func() (bool, error) {
		session, err = platformdemo.Find(o.dir)
		return session != nil && session.Ready(), err
	})
	return session, err
}

// refuseSecond refuses to start a second control plane.
func (o demoPlatformOptions) refuseSecond() error {
	session, err := platformdemo.Find(o.dir)
	if err != nil || session == nil {
		return err
	}
	return fmt.Errorf("%w\ntake it away first: make demo-platform-down", &platformdemo.RunningError{Session: *session})
}

// stillRunning adds to a failure what is left of it.
func (o demoPlatformOptions) stillRunning(err error) error {
	session, _ := platformdemo.Find(o.dir)
	if session == nil {
		return err
	}
	return fmt.Errorf("%w\nthe control plane runs on for a look; kubeconfig: %s\ntake it away: make demo-platform-down",
		err, session.Kubeconfig)
}

func (o demoPlatformOptions) stop() error {
	session, err := platformdemo.Find(o.dir)
	if session != nil {
		err = session.Stop(o.dir)
	}
	return errors.Join(err, o.forget())
}

// forget removes what is of no use without the control plane.
func (o demoPlatformOptions) forget() error {
	return errors.Join(platformdemo.Clean(o.dir), os.RemoveAll(o.synthesized()), os.RemoveAll(o.log()))
}

func (o demoPlatformOptions) synthesized() string { return filepath.Join(o.dir, "cdktf.out") }

func (o demoPlatformOptions) log() string { return filepath.Join(o.dir, "serve.log") }

// show says what there is, and by which commands to look at it. make e2e-platform runs each of them.
func (o demoPlatformOptions) show(report *platformdemo.Report, demo *platformdemo.Demo) error {
	report.Show(o.terminal.out)
	o.terminal.printf("\n%s\nKubernetes %s, kubeconfig %s\n\n",
		report.Simulated(), demo.Programs.Version, platformdemo.Kubeconfig(o.dir))
	name, namespace := demo.Environment.Application.Name, demo.Environment.Application.Namespace
	for _, line := range [][2]string{
		{"point this shell at it", ". " + platformdemo.Shell(o.dir)},
		{"what runs where", "kubectl get pods --all-namespaces --output wide"},
		{"the values of a release, evaluated", "helm get values " + name + " --namespace " + namespace},
		{"Pod Security refuses a privileged pod", "kubectl run intruder --image x --privileged --namespace " + namespace},
		{"drain every node, against the budgets", "kubectl drain --selector " + platformdemo.Simulated +
			" --ignore-daemonsets --delete-emptydir-data --timeout 10s"},
		{"take the nodes back", "kubectl uncordon --selector " + platformdemo.Simulated},
		{"take it away", "make demo-platform-down"},
	} {
		o.terminal.printf("%-44s %s\n", line[0], line[1])
	}
	if failed := len(report.Failed); failed > 0 {
		return o.stillRunning(fmt.Errorf("%d of the releases failed", failed))
	}
	return nil
}
