// Package terraform runs Terraform: with providers from a folder of this machine where there is one, and with errors that say what to do.
package terraform

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// PluginDirVariable names the folder that providers are taken from, laid out as a filesystem mirror.
const PluginDirVariable = "TITAN_TF_PLUGIN_DIR"

// awsProvider is what a plugin folder must hold to be of use here.
var awsProvider = filepath.Join("registry.terraform.io", "hashicorp", "aws")

// searchDepth is how far below a root a plugin folder is looked for. The roots are large, and mirrors stand near the top.
const searchDepth = 3

// PluginDir is the folder to take providers from; empty is none, and then `terraform init` downloads them. TITAN_TF_PLUGIN_DIR names it;
// otherwise it is looked for where machines without a network keep such things. Terraform finds its implied mirrors by itself.
func PluginDir() (string, error) {
	if dir := os.Getenv(PluginDirVariable); dir != "" {
		if !holdsProvider(dir) {
			return "", fmt.Errorf("%s is %q, which holds no %s: name the folder that holds registry.terraform.io, or unset it", PluginDirVariable, dir, awsProvider)
		}
		return filepath.Abs(dir)
	}
	roots := []string{"/opt", "/usr/local/share", "/usr/share", "/var/lib"}
	if home, err := os.UserHomeDir(); err == nil {
		roots = append(roots, home)
	}
	for _, root := range roots {
		if dir := findBelow(root); dir != "" {
			return dir, nil
		}
	}
	return "", nil
}

func holdsProvider(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, awsProvider))
	return err == nil && info.IsDir()
}

// fittingVersion are the versions that the stacks' constraint, ~> 5.99, allows.
var fittingVersion = regexp.MustCompile(`^5\.(99|\d{3,})\.\d+$`)

// holdsFittingVersion is whether a folder holds a provider that the stacks can use on this platform, unpacked or as a zip file. One that
// does not would be worse than none: Terraform given a plugin folder looks nowhere else.
func holdsFittingVersion(dir string) bool {
	provider := filepath.Join(dir, awsProvider)
	entries, err := os.ReadDir(provider)
	if err != nil {
		return false
	}
	platform := runtime.GOOS + "_" + runtime.GOARCH
	for _, entry := range entries {
		version := strings.TrimSuffix(strings.TrimPrefix(entry.Name(), "terraform-provider-aws_"), "_"+platform+".zip")
		if !fittingVersion.MatchString(version) {
			continue
		}
		if version != entry.Name() {
			return true
		}
		if _, err := os.Stat(filepath.Join(provider, version, platform)); err == nil {
			return true
		}
	}
	return false
}

// findBelow is the first folder at or below a root, not too deep, that holds a provider to use; empty where there is none.
func findBelow(root string) string {
	found := ""
	_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return fs.SkipDir
		}
		if !entry.IsDir() {
			return nil
		}
		if entry.Name() == ".terraform" {
			return fs.SkipDir // what some project's init has fetched for itself
		}
		if holdsFittingVersion(path) {
			found = path
			return fs.SkipAll
		}
		if strings.Count(strings.TrimPrefix(path, root), string(filepath.Separator)) >= searchDepth || entry.Name() == "node_modules" {
			return fs.SkipDir
		}
		return nil
	}) // what can't be read holds nothing for us
	return found
}

// Environment is the environment for a child process that runs Terraform, the cdktf CLI included: this process's, plus extra, with the
// plugin folder handed to the two commands that look for providers.
func Environment(extra ...string) ([]string, error) {
	dir, err := PluginDir()
	if err != nil {
		return nil, err
	}
	env := os.Environ()
	if dir != "" {
		// The CLI runs `terraform providers lock` after init, which asks the registry unless told otherwise.
		// Terraform splits these at spaces like a shell, hence the quotes.
		env = append(env, `TF_CLI_ARGS_init=-plugin-dir="`+dir+`"`, `TF_CLI_ARGS_providers_lock=-fs-mirror="`+dir+`"`)
	}
	env = append(env, "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1")
	env = append(env, extra...)
	return withoutMissingConfig(env), nil
}

// withoutMissingConfig drops TF_CLI_CONFIG_FILE where it names no file: every command would warn of it.
func withoutMissingConfig(env []string) []string {
	const variable = "TF_CLI_CONFIG_FILE="
	kept := env[:0:0]
	for _, entry := range env {
		if file, ok := strings.CutPrefix(entry, variable); ok {
			if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
				continue
			}
		}
		kept = append(kept, entry)
	}
	return kept
}
