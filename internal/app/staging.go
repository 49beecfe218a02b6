package app

import (
	"crypto/rand"
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

// stagingFolder is a name for the folder that CDKTF writes to, before anybody knows whether all of it is right. It is not
// made yet.
func stagingFolder() string { return filepath.Join(os.TempDir(), "titan-synth-"+rand.Text()) }

// compareNames is an error where two resources of the staged stacks would have one name.
func (a *App) compareNames() error {
	var stacks []nameclash.Stack
	for _, stack := range a.built {
		text, err := os.ReadFile(stackFile(a.staging, stack.stack))
		if err != nil {
			return fmt.Errorf("comparing the names of what stacks make: %w", err)
		}
		stacks = append(stacks, nameclash.Stack{Name: stack.stack, JSON: text})
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
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, content, 0o644)
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
