package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/internal/suggest"
)

func newRoot(t *terminal) *cobra.Command {
	root := &cobra.Command{
		Use:   "titan",
		Short: "Plan, deploy and look after the stacks of environments/",
		Long: `Titan's helper: everything that is not synthesis. It runs at the repository's root.

` + exitCodes,
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
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err.Error()} })
	for _, command := range []*cobra.Command{
		newRunCommand(t, planTexts, nil), newReviewCommand(t, nil), newRunCommand(t, deployTexts, nil), newRunCommand(t, destroyTexts, nil),
		newFailoverCommand(t, nil), newPreflightCommand(t, nil),
		newEmulatorCommand(t), newDemoCommand(t), newScanCommand(t, nil), newAdoptCommand(t, nil), newSchemaCommand(t, nil),
	} {
		root.AddCommand(command)
	}
	return group(root)
}

// group makes a command one that only has commands of its own, and says which when it is called wrongly.
func group(command *cobra.Command) *cobra.Command {
	command.Args = cobra.ArbitraryArgs
	command.RunE = func(command *cobra.Command, args []string) error {
		var names []string
		for _, sub := range command.Commands() {
			if sub.IsAvailableCommand() {
				names = append(names, sub.Name())
			}
		}
		slices.Sort(names)
		list := "there are " + strings.Join(names, ", ")
		if len(args) == 0 {
			return wrongUsage("%s takes a command; %s", command.CommandPath(), list)
		}
		if nearest := suggest.Nearest(args[0], names); nearest != "" {
			list = fmt.Sprintf("did you mean %q? %s", nearest, list)
		}
		return wrongUsage("no command %q; %s", args[0], list)
	}
	return command
}
