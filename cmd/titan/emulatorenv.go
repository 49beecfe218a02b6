package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/terraform"
)

func newEmulatorEnvCommand(o emulatorOptions, run func(context.Context, emulatorOptions) error) *cobra.Command {
	if run == nil {
		run = emulatorEnv
	}
	command := &cobra.Command{
		Use:   "env",
		Short: "Print shell commands that point Terraform and the CLIs at it",
		Long: `Prints commands for a POSIX shell, with which Terraform, the cdktf CLI and the AWS CLI in that shell work on the
emulator: its address and account, the region of that account's environment, and none of your profiles and endpoints.
What they change is kept in the shell. --unset prints commands that bring it back, also when the emulator is gone.`,
		Example: `  eval "$(titan emulator env)"
  aws s3 ls
  eval "$(titan emulator env --unset)"`,
		Args: none,
		RunE: func(command *cobra.Command, _ []string) error { return run(command.Context(), o) },
	}
	command.Flags().BoolVar(&o.unset, "unset", false, "bring back what the shell had before")
	return command
}

// emulatorEnv prints shell commands that point Terraform, the cdktf CLI and the AWS CLI at the emulator, or back.
func emulatorEnv(_ context.Context, o emulatorOptions) error {
	here := variablesOf(o.environ())
	before, pointed, err := here.before()
	if err != nil {
		return err
	}
	if o.unset {
		if !pointed {
			return errors.New("there is nothing to bring back: this shell was not pointed at an emulator by titan emulator env")
		}
		o.terminal.printf("%s", here.commandsTo(before))
		return nil
	}
	session, err := o.find()
	if err != nil {
		return err
	}
	if session == nil {
		return errors.New("no emulator is running; start one: " + program + " emulator start")
	}
	wanted, err := o.pointedAt(session, before)
	if err != nil {
		return err
	}
	if err := wanted.remember(before); err != nil {
		return err
	}
	o.terminal.printf("%s", here.commandsTo(wanted))
	return nil
}

// pointedAt are the variables of a shell that works on an emulator. The CLIs of Python take an empty profile for the
// name of one, so what is to be unset is not there.
func (o emulatorOptions) pointedAt(session *emulator.Session, before variables) (variables, error) {
	all, err := o.load()
	if err != nil {
		return nil, err
	}
	added := append(emulator.Environment(session.URL), "TF_WORKSPACE=")
	for _, environment := range all {
		if region := string(environment.Region); environment.Account.ID == session.Account {
			// Version 1 of the AWS CLI knows the second alone (AWS CLI User Guide, 'Environment variables').
			added = append(added, "AWS_REGION="+region, "AWS_DEFAULT_REGION="+region)
			break
		}
	}
	providers, err := terraform.PluginDir()
	if err != nil {
		return nil, err
	}
	return variablesOf(terraform.EnvironmentOver(before.entries(), providers, added...)), nil
}
