// Package providerlock keeps the providers' lock file of a repository: which releases of the providers every stack
// uses, with the hashes of their packages (Terraform, 'Dependency Lock File').
package providerlock

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/titan-platform/titan/internal/terraform"
)

// File is the lock file's name, at a repository's root and beside each stack's JSON.
const File = ".terraform.lock.hcl"

// Platforms are those that hashes are written for: people's machines and CI's.
var Platforms = []string{"linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"}

// provider is one of a stack's required_providers.
type provider struct {
	Source  string `json:"source"`
	Version string `json:"version"`
}

// Write writes the lock file of a repository's root for the providers of the stacks that are synthesized in out, and
// returns their names and those that could not be locked. Providers come from the registry, for all Platforms, or from
// a folder of this machine, for the platform and the providers that it holds.
func Write(ctx context.Context, root, out string) (locked, left []string, err error) {
	wanted, err := required(out)
	if err != nil {
		return nil, nil, err
	}
	work, err := os.MkdirTemp("", "titan-lock-")
	if err != nil {
		return nil, nil, fmt.Errorf("making a folder for Terraform: %w", err)
	}
	defer func() { _ = os.RemoveAll(work) }()

	args := []string{"providers", "lock"}
	mirror, err := terraform.PluginDir()
	if err != nil {
		return nil, nil, err
	}
	if mirror == "" {
		for _, platform := range Platforms {
			args = append(args, "-platform="+platform)
		}
	} else {
		args = append(args, "-fs-mirror="+mirror, "-platform="+terraform.Platform())
		for _, name := range slices.Sorted(maps.Keys(wanted)) {
			if !terraform.HoldsFittingVersion(mirror, name) {
				left = append(left, name)
				delete(wanted, name)
			}
		}
	}
	if err := lock(ctx, work, wanted, args); err != nil {
		return nil, nil, err
	}
	content, err := os.ReadFile(filepath.Join(work, File))
	if err != nil {
		return nil, nil, fmt.Errorf("reading what Terraform locked: %w", err)
	}
	if err := os.WriteFile(filepath.Join(root, File), content, 0o644); err != nil {
		return nil, nil, fmt.Errorf("writing the lock file: %w", err)
	}
	return slices.Sorted(maps.Keys(wanted)), left, nil
}

func lock(ctx context.Context, folder string, wanted map[string]provider, args []string) error {
	text, err := json.Marshal(map[string]any{"terraform": map[string]any{"required_providers": wanted}})
	if err != nil {
		return fmt.Errorf("writing the providers: %w", err)
	}
	if err := os.WriteFile(filepath.Join(folder, "providers.tf.json"), text, 0o600); err != nil {
		return fmt.Errorf("writing the providers: %w", err)
	}
	env, err := terraform.Environment()
	if err != nil {
		return err
	}
	_, err = terraform.Workspace{Dir: folder, Env: env}.Run(ctx, args...)
	return err
}

// required are the providers of all synthesized stacks, by name. They agree: all have one program.
func required(out string) (map[string]provider, error) {
	stacks, err := filepath.Glob(filepath.Join(out, "stacks", "*", "cdk.tf.json"))
	if err != nil {
		return nil, err
	}
	if len(stacks) == 0 {
		return nil, fmt.Errorf("nothing is synthesized in %q; run make synth first", out)
	}
	wanted := map[string]provider{}
	for _, file := range stacks {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("reading a stack: %w", err)
		}
		var stack struct {
			Terraform struct {
				Required map[string]provider `json:"required_providers"`
			} `json:"terraform"`
		}
		if err := json.Unmarshal(content, &stack); err != nil {
			return nil, fmt.Errorf("reading %q: %w", file, err)
		}
		maps.Copy(wanted, stack.Terraform.Required)
	}
	return wanted, nil
}

// Copy puts a repository's lock file beside a stack's JSON; nothing where the repository has none.
func Copy(root, stack string) error {
	content, err := os.ReadFile(filepath.Join(root, File))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading the lock file: %w", err)
	}
	if err := os.WriteFile(filepath.Join(stack, File), content, 0o644); err != nil {
		return fmt.Errorf("copying the lock file: %w", err)
	}
	return nil
}
