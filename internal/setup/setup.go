// Package setup gets everything that a repository needs and a clone does not bring: Go modules and the cdktf CLI.
package setup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/titan-platform/titan/internal/gomodules"
	"github.com/titan-platform/titan/scripts"
)

// Run brings a repository's root up to date. It says nothing where nothing is to be done, so that every target can call
// it; it may be interrupted, and run twice at a time.
func Run(ctx context.Context, root string, out io.Writer) error {
	if err := doctor(ctx, root, out); err != nil {
		return err
	}
	// First, and apart: two modules that some Go proxies lack, without which nothing that imports them builds.
	if err := gomodules.Ensure(ctx, root, out); err != nil {
		return err
	}
	if err := command(ctx, root, "go", "mod", "download"); err != nil {
		return err
	}
	return cli(ctx, root, out)
}

// doctor checks the tools.
func doctor(ctx context.Context, root string, out io.Writer) error {
	check := exec.CommandContext(ctx, "sh", "-s")
	check.Env = append(os.Environ(), "TITAN_ROOT="+root)
	check.Stdin, check.Stdout = strings.NewReader(scripts.Doctor), out
	var said strings.Builder
	check.Stderr = &said
	if err := check.Run(); err != nil {
		if text := strings.TrimSpace(said.String()); text != "" {
			return errors.New(text)
		}
		return fmt.Errorf("checking the tools: %w", err)
	}
	return nil
}

// command runs a tool, of which only a failure is shown.
func command(ctx context.Context, folder, name string, args ...string) error {
	run := exec.CommandContext(ctx, name, args...)
	run.Dir = folder
	if output, err := run.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, strings.TrimSpace(string(output)))
	}
	return nil
}
