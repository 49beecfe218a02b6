package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

// addCompletionCommand replaces cobra's, whose help has neither examples nor this program's place.
func addCompletionCommand(root *cobra.Command) {
	command := &cobra.Command{
		Use:   "completion",
		Short: "Print a script that has a shell complete command lines",
		Long: `Prints a script with which a shell completes the command lines of titan: commands, flags, and the names that the
environment files have. For that, titan has to be on the PATH, or to be called by its path: .titan/bin/titan.`,
		Example: `  source <(titan completion bash)
  titan completion fish | source`,
	}
	for _, shell := range []struct {
		name, load string
		write      func(io.Writer) error
	}{
		{"bash", "source <(titan completion bash)", func(w io.Writer) error { return root.GenBashCompletionV2(w, true) }},
		{"zsh", "source <(titan completion zsh)", root.GenZshCompletion},
		{"fish", "titan completion fish | source", func(w io.Writer) error { return root.GenFishCompletion(w, true) }},
		{"powershell", "titan completion powershell | Out-String | Invoke-Expression", root.GenPowerShellCompletionWithDesc},
	} {
		command.AddCommand(&cobra.Command{
			Use:     shell.name,
			Short:   "Print the script for " + shell.name,
			Long:    fmt.Sprintf("Prints the script that has %s complete the command lines of titan.", shell.name),
			Example: "  " + shell.load,
			Args:    none,
			RunE:    func(command *cobra.Command, _ []string) error { return shell.write(command.OutOrStdout()) },
		})
	}
	root.AddCommand(group(command))
}
