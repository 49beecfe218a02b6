package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/titan-platform/titan/internal/suggest"
)

func newRoot(t *terminal) *cobra.Command {
	root := &cobra.Command{
		Use:   "titan",
		Short: "Plan, deploy and look after the stacks of environments/",
		Long:  "Titan's helper: everything that is not synthesis. It runs at the repository's root.",
		Example: `  titan plan dev
  titan deploy dev
  titan demo up`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	// A command that has commands is run to say which, not to be used without one.
	usage := strings.Replace(root.UsageTemplate(), "{{if .Runnable}}", "{{if not .HasAvailableSubCommands}}", 1)
	root.SetUsageTemplate(usage)
	root.SetOut(t.out)
	root.SetErr(t.err)
	root.SetFlagErrorFunc(wrongFlag)
	for _, command := range []*cobra.Command{
		newRunCommand(t, planTexts, nil), newReviewCommand(t, nil), newRunCommand(t, deployTexts, nil), newRunCommand(t, destroyTexts, nil),
		newInitCommand(t, nil), newSetupCommand(t), newLockCommand(t),
		newFailoverCommand(t, nil), newPreflightCommand(t, nil), newDescribeCommand(t, nil), newCostCommand(t, nil), newDocsCommand(t, nil), newMovesCommand(t, nil),
		newEmulatorCommand(t), newDemoCommand(t), newScanCommand(t, nil), newAuditCommand(t, nil), newAdoptCommand(t, nil), newSchemaCommand(t, nil),
		newListCommand(t, nil), newLeftoversCommand(t, nil), newWorkflowsCommand(t, nil),
		newKubeconfigCommand(t, nil), newReleaseCommand(t, nil), newCRDsCommand(t, nil),
		newUpgradeCommand(t, nil),
	} {
		root.AddCommand(command)
	}
	group(root)
	addHelpCommand(root)
	addCompletionCommand(root)
	addExitCodes(root)
	return root
}

// addExitCodes ends the help of a command and of those below it with the exit codes.
func addExitCodes(command *cobra.Command) {
	if !strings.Contains(command.Long, "Exit codes:") { // of its own
		command.Long += "\n\n" + exitCodes
	}
	for _, sub := range command.Commands() {
		addExitCodes(sub)
	}
}

// wrongFlag says which flag may be meant.
func wrongFlag(command *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) || unknown.GetSpecifiedShortnames() != "" {
		return &usageError{err.Error()}
	}
	var names []string
	command.Flags().VisitAll(func(flag *pflag.Flag) { names = append(names, flag.Name) })
	if nearest := suggest.Nearest(unknown.GetSpecifiedName(), names); nearest != "" {
		return wrongUsage("%v; did you mean --%s?", err, nearest)
	}
	return &usageError{err.Error()}
}

// group makes a command one that only has commands of its own, and says which when it is called wrongly.
func group(command *cobra.Command) *cobra.Command {
	command.Args = cobra.ArbitraryArgs
	command.RunE = func(command *cobra.Command, args []string) error {
		if len(args) == 0 {
			return wrongUsage("%s takes a command; there are %s", command.CommandPath(), strings.Join(subcommands(command), ", "))
		}
		return unknownCommand(args[0], subcommands(command))
	}
	return command
}

// subcommands are the names of those commands of a command that are no secret.
func subcommands(command *cobra.Command) []string {
	var names []string
	for _, sub := range command.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	slices.Sort(names)
	return names
}

func unknownCommand(name string, names []string) error {
	list := "there are " + strings.Join(names, ", ")
	if nearest := suggest.Nearest(name, names); nearest != "" {
		list = fmt.Sprintf("did you mean %q? %s", nearest, list)
	}
	return wrongUsage("no command %q; %s", name, list)
}
