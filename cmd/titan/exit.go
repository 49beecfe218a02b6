package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/internal/runner"
)

// The exit codes.
const (
	exitDone       = 0
	exitFailed     = 1
	exitUsage      = 2
	exitIncomplete = 3   // of `titan audit` alone
	exitCancelled  = 130 // as of a program that ends by Ctrl-C
)

const exitCodes = `Exit codes:
  0    it is done
  1    it failed; what to do stands in the message
  2    it was called wrongly; nothing was done
  130  it was cancelled, by Ctrl-C or by an answer other than yes; what was done before stays done`

// usageError says that a command was called wrongly.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

func wrongUsage(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// unreadableError says that a command was given what it can't read, so that it could not even begin to judge it.
type unreadableError struct{ cause error }

func (e *unreadableError) Error() string { return e.cause.Error() }
func (e *unreadableError) Unwrap() error { return e.cause }

// run runs a command line and returns the exit code.
func run(ctx context.Context, t *terminal, args []string) int {
	root := newRoot(t)
	root.SetArgs(args)
	command, err := root.ExecuteContextC(ctx)
	return exitCode(ctx, err, t, command)
}

// exitCode says what went wrong in a command, and returns the code for it.
func exitCode(ctx context.Context, err error, t *terminal, command *cobra.Command) int {
	var wrong *usageError
	var unreadable *unreadableError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &wrong):
		fmt.Fprintf(t.err, "%v\n\nusage: %s\nhelp:  %s --help\n", err, useLine(command), command.CommandPath())
		return exitUsage
	}
	fmt.Fprintln(t.err, err)
	if ctx.Err() != nil || errors.Is(err, runner.ErrDeclined) {
		return exitCancelled
	}
	var incomplete *incompleteError
	switch {
	case errors.As(err, &unreadable):
		return exitUsage
	case errors.As(err, &incomplete):
		return exitIncomplete
	}
	return exitFailed
}

func useLine(command *cobra.Command) string {
	if command.HasAvailableSubCommands() {
		return command.CommandPath() + " COMMAND"
	}
	return command.UseLine()
}
