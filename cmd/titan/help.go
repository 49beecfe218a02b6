package main

import "github.com/spf13/cobra"

// addHelpCommand replaces cobra's, which says of an unknown command that all is well.
func addHelpCommand(root *cobra.Command) {
	help := &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Print the help of a command",
		Long:    "Prints what `titan COMMAND --help` prints.",
		Example: "  titan help deploy\n  titan help emulator env",
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			command, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return subcommands(command), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			command, rest, err := root.Find(args)
			if err != nil {
				return err
			}
			if len(rest) > 0 {
				return unknownCommand(rest[0], subcommands(command))
			}
			return command.Help()
		},
	}
	root.SetHelpCommand(help)
	root.AddCommand(help)
}
