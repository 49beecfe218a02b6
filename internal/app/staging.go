package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/titan-platform/titan/internal/nameclash"
)

// outputFolder is where the stacks are written to in the end: what the caller wants, else CDKTF's own choice.
func outputFolder(wanted string) string {
	for _, folder := range []string{wanted, os.Getenv("CDKTF_OUTDIR")} {
		if folder != "" {
			return folder
		}
	}
	return "cdktf.out"
}

// stage makes the folder that CDKTF writes to before anybody knows whether all of it is right: in the output
// folder, so that what is right is moved in one step, file by file. What a run that was killed left there is removed.
func (a *App) stage() error {
	_, err := os.Stat(a.outdir)
	a.made = errors.Is(err, fs.ErrNotExist)
	a.staging = filepath.Join(a.outdir, ".staging")
	if err := os.RemoveAll(a.staging); err != nil {
		return fmt.Errorf("clearing the output folder: %w", err)
	}
	if err := os.MkdirAll(a.staging, 0o755); err != nil {
		return fmt.Errorf("making the output folder: %w", err)
	}
	return nil
}

// unstage removes what is staged, and the output folder if it was made for that alone.
func (a *App) unstage() error {
	if err := os.RemoveAll(a.staging); err != nil {
		return fmt.Errorf("clearing the output folder: %w", err)
	}
	if a.made {
		_ = os.Remove(a.outdir) // which fails where anything else is in it
	}
	return nil
}

// compareNames is an error where two resources of the staged stacks would have one name.
func (a *App) compareNames() error {
	var stacks []nameclash.Stack
	for _, stack := range a.built {
		text, err := os.ReadFile(stackFile(a.staging, stack.Stack))
		if err != nil {
			return fmt.Errorf("comparing the names of what stacks make: %w", err)
		}
		stacks = append(stacks, nameclash.Stack{Name: stack.Stack, JSON: text})
	}
	return nameclash.Check(stacks)
}

// publish writes what is staged to the output folder. What else is there stays: the CDKTF CLI keeps Terraform's working
// folders beside the stacks.
func (a *App) publish() error {
	err := filepath.WalkDir(a.staging, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inside, err := filepath.Rel(a.staging, path)
		if err != nil {
			return err
		}
		to := filepath.Join(a.outdir, inside)
		if entry.IsDir() {
			return os.MkdirAll(to, 0o755)
		}
		return os.Rename(path, to)
	})
	if err != nil {
		return fmt.Errorf("writing the stacks to %q: %w", a.outdir, err)
	}
	return nil
}

// stackFile is the Terraform JSON of a stack in a folder that CDKTF writes to.
func stackFile(folder, stack string) string {
	return filepath.Join(folder, "stacks", stack, "cdk.tf.json")
}
