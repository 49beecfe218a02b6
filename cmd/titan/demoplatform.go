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
		terminal: t, load: loadEnvironments, dir: filepath.Join(workDir, "platform"), environment: shownEnvironment,
		now: time.Now, after: time.After,
	}
	command := &cobra.Command{
		Use:   "platform",
		Short: "Show what an environment has in its cluster, on a Kubernetes of this machine",
		Long: `Shows the stack <env>.platform on a control plane of this machine, in place of EKS, and takes it away. The API
server, the scheduler and the controllers are Kubernetes' own; nodes are simulated, and no container runs. It needs a
clone of Titan's repository, which pins the programs.`,
		Example: `  titan demo platform up
  titan demo platform down`,
	}
	command.AddCommand(newDemoPlatformUpCommand(o), &cobra.Command{
		Use:     "down",
		Short:   "Stop the control plane, and remove its files",
		Long:    "Stops what up started, by its process id, and removes its files. Fetched charts stay in .titan.",
		Example: "  titan demo platform down",
		Args:    none,
		RunE:    func(command *cobra.Command, _ []string) error { return demoPlatformDown(command.Context(), o) },
	}, &cobra.Command{
		Use:     "serve ENV",
		Hidden:  true,
		Short:   "Run a control plane in the foreground",
		Long:    "Runs a control plane in the foreground, which up does in the background.",
		Example: "  titan demo platform serve prod",
		Args:    one("one ENV"),
		RunE: func(command *cobra.Command, args []string) error {
			o.environment = args[0]
			return demoPlatformServe(command.Context(), o)
		},
	})
	return group(command)
}

func newDemoPlatformUpCommand(o demoPlatformOptions) *cobra.Command {
	command := &cobra.Command{
		Use:   "up [ENV]",
		Short: "Start a control plane, install a platform, say what there is",
		Long: `Starts a control plane on loopback with as many simulated nodes as the environment's node groups have at least.
Terraform evaluates the platform stack of ENV, ` + shownEnvironment + ` where none is named, and Helm installs its
releases. A chart that can't be fetched is left out and named, and our own are installed all the same. Charts are taken
from --charts first, a folder of archives as helm pull writes them. After Ctrl-C nothing is left.`,
		Example: `  titan demo platform up
  titan demo platform up dev --charts ~/charts`,
		Args:              between(0, 1, "one ENV or none"),
		ValidArgsFunction: completeEnvironment(o.load),
	}
	command.Flags().StringVar(&o.charts, "charts", "", "the `FOLDER` of charts' archives to look into first")
	command.RunE = func(command *cobra.Command, args []string) error {
		if len(args) > 0 {
			o.environment = args[0]
		}
		return demoPlatformUp(command.Context(), o)
	}
	return command
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
