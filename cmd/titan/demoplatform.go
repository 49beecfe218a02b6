package main

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/internal/kubernetes"
	"github.com/titan-platform/titan/internal/platformdemo"
)

// shownEnvironment is whose platform is shown where nobody says: it has more than one of everything, and costs no more
// here than another.
const shownEnvironment = "prod"

// demoPlatformOptions are what the commands of `titan demo platform` need.
type demoPlatformOptions struct {
	terminal *terminal
	load     load
	dir      string // of the control plane's files
	now      func() time.Time
	after    func(time.Duration) <-chan time.Time

	environment string
	charts      string // folder of charts' archives; empty is none
}

func newDemoPlatformCommand(t *terminal) *cobra.Command {
	o := demoPlatformOptions{
		terminal: t, load: loadEnvironments, dir: filepath.Join(workDir, "platform"), now: time.Now, after: time.After,
		environment: shownEnvironment,
	}
	command := &cobra.Command{
		Use:   "platform",
		Short: "Show what an environment has in its cluster, on a Kubernetes of this machine",
		Long: `Shows the stack <env>.platform on a control plane of this machine, in place of EKS, and takes it away. The API server,
the scheduler and the controllers are Kubernetes' own; nodes are simulated, and no container runs. It needs a clone of
Titan's repository, which pins the programs.`,
		Example: `  titan demo platform up
  titan demo platform down`,
	}
	for _, one := range []struct {
		use, short, long, example string
		hidden                    bool
		run                       func(context.Context, demoPlatformOptions) error
	}{
		{use: "up [ENV]", run: demoPlatformUp, short: "Start a control plane, install a platform, say what there is",
			long: `Starts a control plane on loopback with as many simulated nodes as the environment's node groups have at least, has
Terraform evaluate the synthesized platform stack of ENV, by default ` + shownEnvironment + `, and Helm install its releases.
A chart that can't be fetched is left out and named, and our own are installed all the same. Charts are taken from
--charts first, a folder of archives as helm pull writes them. After Ctrl-C nothing is left.`,
			example: `  titan demo platform up
  titan demo platform up dev --charts ~/charts`},
		{use: "down", run: demoPlatformDown, short: "Stop the control plane, and remove its files",
			long:    "Stops what up started, by its process id, and removes its files. Fetched charts stay in .titan.",
			example: "  titan demo platform down"},
		{use: "serve [ENV]", run: demoPlatformServe, hidden: true, short: "Run a control plane in the foreground",
			long:    "Runs a control plane in the foreground, which up does in the background.",
			example: "  titan demo platform serve"},
	} {
		sub := &cobra.Command{Use: one.use, Short: one.short, Long: one.long, Example: one.example, Hidden: one.hidden, Args: none}
		sub.RunE = func(command *cobra.Command, args []string) error {
			if len(args) > 0 {
				o.environment = args[0]
			}
			return one.run(command.Context(), o)
		}
		if one.use != "down" {
			sub.Args, sub.ValidArgsFunction = between(0, 1, "one ENV or none"), completeEnvironment(o.load)
		}
		if one.use == "up [ENV]" {
			sub.Flags().StringVar(&o.charts, "charts", "", "a `FOLDER` of charts' archives, looked into before any is fetched")
		}
		command.AddCommand(sub)
	}
	return group(command)
}

// demoPlatformDown stops the control plane. Done already, it says so.
func demoPlatformDown(_ context.Context, o demoPlatformOptions) error {
	session, err := platformdemo.Find(o.dir)
	if err != nil {
		return err
	}
	if session == nil {
		o.terminal.printf("no platform is shown; there is nothing to take away\n")
		return o.forget()
	}
	if err := o.stop(); err != nil {
		return err
	}
	o.terminal.printf("the control plane is stopped, and its files are gone\n")
	return nil
}

// demoPlatformServe runs a control plane in the foreground.
func demoPlatformServe(ctx context.Context, o demoPlatformOptions) error {
	programs, kwok, err := controlPlane(ctx)
	if err != nil {
		return err
	}
	return platformdemo.Serve(ctx, o.dir, o.environment, programs, kwok)
}

// controlPlane are the programs of a control plane, built where they are missing.
func controlPlane(ctx context.Context) (kubernetes.Programs, string, error) {
	root, err := os.Getwd()
	if err != nil {
		return kubernetes.Programs{}, "", err
	}
	programs, err := kubernetes.Install(ctx, root, workDir)
	if err != nil {
		return kubernetes.Programs{}, "", err
	}
	kwok, err := kubernetes.InstallKwok(ctx, root, workDir)
	return programs, kwok, err
}
