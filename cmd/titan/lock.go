package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/internal/providerlock"
)

func newLockCommand(t *terminal) *cobra.Command {
	return &cobra.Command{
		Use:   "lock",
		Short: "Write the providers' lock file, which each synthesis copies to every stack",
		Long: `Writes ` + providerlock.File + ` at the repository's root: the releases of the providers and the hashes of their packages
for ` + strings.Join(providerlock.Platforms, ", ") + `. Commit it, and every plan runs with the very providers that
were reviewed. Run it again to take newer releases. The stacks have to be synthesized.`,
		Example: "  titan lock",
		Args:    none,
		RunE:    func(command *cobra.Command, _ []string) error { return writeLock(command.Context(), t) },
	}
}

func writeLock(ctx context.Context, t *terminal) error {
	locked, left, err := providerlock.Write(ctx, ".", outDir)
	if err != nil {
		return err
	}
	t.printf("locked %s in %s\n", strings.Join(locked, ", "), providerlock.File)
	if len(left) > 0 {
		t.printf("not locked, for this machine's plugin folder lacks them: %s\n", strings.Join(left, ", "))
	}
	return nil
}
