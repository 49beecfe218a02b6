package main

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/internal/setup"
)

func newSetupCommand(t *terminal) *cobra.Command {
	return &cobra.Command{
		Use:   "setup",
		Short: "Check the tools, get Go modules and the cdktf CLI",
		Long: `Checks the tools that have to be there, and gets what a clone does not bring: Go modules, two of which are rebuilt from
npm where the Go proxy lacks them, and the cdktf CLI. It says nothing where there is nothing to do.`,
		Example: "  titan setup",
		Args:    none,
		RunE: func(command *cobra.Command, _ []string) error {
			return setUp(command.Context(), t)
		},
	}
}

func setUp(ctx context.Context, t *terminal) error {
	root, err := os.Getwd()
	if err != nil {
		return err
	}
	return setup.Run(ctx, root, t.out)
}
