package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/terraform"
)

// localEnvironment is the environment that lives on the emulator.
const localEnvironment = "local"

// emulatorOptions are what the commands of `titan emulator` need.
type emulatorOptions struct {
	terminal    *terminal
	environment string // whose account is emulated
	start       func(ctx context.Context, environment string) (session *emulator.Session, fresh bool, err error)
	find        func() (*emulator.Session, error)
	environ     func() []string
}

func newEmulatorCommand(t *terminal) *cobra.Command {
	o := emulatorOptions{
		terminal:    t,
		environment: localEnvironment,
		start:       startedSession,
		find:        func() (*emulator.Session, error) { return emulator.Find(workDir) },
		environ:     os.Environ,
	}
	command := &cobra.Command{
		Use:   "emulator",
		Short: "An AWS on this machine, for working by hand",
		Example: `  titan emulator start
  eval "$(titan emulator env)"
  npx cdktf diff local`,
	}
	// Which account an emulator is follows from an environment's file.
	for _, one := range []struct {
		use, short string
		hidden     bool
		run        func(context.Context, emulatorOptions) error
	}{
		{use: "start [ENV]", short: "Start one for an environment's account; default: local's", run: emulatorStart},
		{use: "stop", short: "Stop it, and lose what is in it", run: emulatorStop},
		{use: "status", short: "Tell whether one runs, and where", run: emulatorStatus},
		{use: "env", short: "Print shell commands that point Terraform and the CLIs at it", run: emulatorEnv},
		{use: "serve [ENV]", short: "Run one in the foreground: what start runs", hidden: true, run: emulatorServe},
	} {
		check := cobra.NoArgs
		if strings.HasSuffix(one.use, "[ENV]") {
			check = cobra.MaximumNArgs(1)
		}
		command.AddCommand(&cobra.Command{
			Use: one.use, Short: one.short, Hidden: one.hidden, Args: arguments(check),
			RunE: func(command *cobra.Command, args []string) error {
				o := o
				if len(args) > 0 {
					o.environment = args[0]
				}
				return one.run(command.Context(), o)
			},
		})
	}
	return group(command)
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

// emulatorEnv prints shell commands that point Terraform, the cdktf CLI and the AWS CLI at the emulator.
func emulatorEnv(_ context.Context, o emulatorOptions) error {
	session, err := o.find()
	if err != nil {
		return err
	}
	if session == nil {
		return errors.New("no emulator is running; start one: " + program + " emulator start")
	}
	here := map[string]bool{}
	for _, entry := range o.environ() {
		here[entry] = true
	}
	all, err := terraform.Environment(emulator.Environment(session.URL)...)
	if err != nil {
		return err
	}
	kept := map[string]bool{}
	for _, entry := range all {
		kept[entry] = true
		if !here[entry] {
			name, value, _ := strings.Cut(entry, "=")
			o.terminal.printf("export %s='%s'\n", name, strings.ReplaceAll(value, "'", `'\''`))
		}
	}
	for entry := range here {
		if name, _, _ := strings.Cut(entry, "="); !kept[entry] {
			o.terminal.printf("unset %s\n", name)
		}
	}
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
	all, err := environments.Load(environments.Dir(), "")
	if err != nil {
		return "", err
	}
	var names []string
	for _, environment := range all {
		if environment.Name == name {
			return environment.Account.ID, nil
		}
		names = append(names, environment.Name)
	}
	return "", wrongUsage("no environment is called %q; there are %s", name, strings.Join(names, ", "))
}
