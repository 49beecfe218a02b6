package main

import (
	"context"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/internal/emulator"
)

// localEnvironment is the environment that lives on the emulator.
const localEnvironment = "local"

// emulatorOptions are what the commands of `titan emulator` need.
type emulatorOptions struct {
	terminal    *terminal
	environment string // whose account is emulated
	load        load
	start       func(ctx context.Context, environment string) (session *emulator.Session, fresh bool, err error)
	find        func() (*emulator.Session, error)
	environ     func() []string
	unset       bool // of env: bring back what was there before
}

func newEmulatorCommand(t *terminal) *cobra.Command {
	o := emulatorOptions{
		terminal:    t,
		environment: localEnvironment,
		load:        loadEnvironments,
		start:       startedSession,
		find:        func() (*emulator.Session, error) { return emulator.Find(workDir) },
		environ:     os.Environ,
	}
	command := &cobra.Command{
		Use:   "emulator",
		Short: "An AWS on this machine, for working by hand",
		Long: `Starts and stops an emulated AWS on this machine, and points a shell at it and back. It keeps what is deployed
to it until it is stopped, and then loses it.`,
		Example: `  titan emulator start
  eval "$(titan emulator env)"
  npx cdktf diff local
  eval "$(titan emulator env --unset)"`,
	}
	for _, one := range []emulatorCommand{
		{use: "start [ENV]", run: emulatorStart, short: "Start one for an environment's account",
			long: "Starts one where none runs. It is the account of ENV, by default that of " + localEnvironment + "."},
		{use: "stop", run: emulatorStop, short: "Stop it, and lose what is in it",
			long: "Stops it. What was deployed to it is gone."},
		{use: "status", run: emulatorStatus, short: "Tell whether one runs, and where",
			long: "Prints its process, address and account."},
		{use: "serve [ENV]", run: emulatorServe, hidden: true, short: "Run one in the foreground",
			long: "Runs one in the foreground, which start does in the background."},
	} {
		command.AddCommand(one.command(o))
	}
	command.AddCommand(newEmulatorEnvCommand(o, nil))
	return group(command)
}

// emulatorCommand is one of `titan emulator`.
type emulatorCommand struct {
	use, short, long string
	hidden           bool
	run              func(context.Context, emulatorOptions) error
}

func (c emulatorCommand) command(o emulatorOptions) *cobra.Command {
	name, _, takesEnvironment := strings.Cut(c.use, " ")
	command := &cobra.Command{
		Use: c.use, Short: c.short, Long: c.long, Example: "  titan emulator " + name, Hidden: c.hidden, Args: none,
		RunE: func(command *cobra.Command, args []string) error {
			if len(args) > 0 {
				o.environment = args[0]
			}
			return c.run(command.Context(), o)
		},
	}
	if takesEnvironment {
		command.Args = between(0, 1, "one ENV or none")
		command.ValidArgsFunction = completeEnvironment(o.load)
	}
	return command
}

func emulatorStart(ctx context.Context, o emulatorOptions) error {
	session, fresh, err := o.start(ctx, o.environment)
	if err != nil {
		return err
	}
	if !fresh {
		o.terminal.printf("running since %s at %s\n", session.Started.Local().Format(time.TimeOnly), session.URL)
		return nil
	}
	o.terminal.printf("started at %s, account %s\n", session.URL, session.Account)
	o.terminal.printf("to work with it:  eval \"$(%s emulator env)\"\n", program)
	return nil
}

func emulatorStop(_ context.Context, o emulatorOptions) error {
	session, err := o.find()
	if err != nil {
		return err
	}
	if session == nil {
		o.terminal.printf("no emulator is running\n")
		return nil
	}
	if err := session.Stop(); err != nil {
		return err
	}
	o.terminal.printf("stopped\n")
	return nil
}

func emulatorStatus(_ context.Context, o emulatorOptions) error {
	session, err := o.find()
	if err != nil {
		return err
	}
	if session == nil {
		o.terminal.printf("no emulator is running; start one: %s emulator start\n", program)
		return nil
	}
	o.terminal.printf("process %d, %s, account %s, since %s\n",
		session.PID, session.URL, session.Account, session.Started.Local().Format(time.DateTime))
	return nil
}

// emulatorServe runs the emulator in the foreground.
func emulatorServe(ctx context.Context, o emulatorOptions) error {
	account, err := accountOf(o.environment)
	if err != nil {
		return err
	}
	return emulator.Serve(ctx, workDir, account)
}

// accountOf is the account number that the emulator of an environment has to have.
func accountOf(name string) (string, error) {
	all, err := loadEnvironments()
	if err != nil {
		return "", err
	}
	environment, err := named(all, name)
	return environment.Account.ID, err
}
