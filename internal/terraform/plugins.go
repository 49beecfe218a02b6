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
var awsProvider = ProviderFolder("aws")

// ProviderFolder is where a mirror keeps a provider of HashiCorp's, such as aws, below its root.
func ProviderFolder(provider string) string {
	return filepath.Join("registry.terraform.io", "hashicorp", provider)
}

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

// fittingVersions are the versions that the stacks' constraints allow: ~> 5.99, ~> 2.17 and ~> 2.37.
var fittingVersions = map[string]*regexp.Regexp{
	"aws":        regexp.MustCompile(`^5\.(99|\d{3,})\.\d+$`),
	"helm":       regexp.MustCompile(`^2\.(1[7-9]|[2-9]\d|\d{3,})\.\d+$`),
	"kubernetes": regexp.MustCompile(`^2\.(3[7-9]|[4-9]\d|\d{3,})\.\d+$`),
}

// Platform is the name that providers' packages have for this machine, such as linux_amd64.
func Platform() string { return runtime.GOOS + "_" + runtime.GOARCH }

// HoldsFittingVersion is whether a folder holds a version of a provider (aws, helm or kubernetes) that the stacks can use on this platform,
// unpacked or as a zip file. A folder without one is worse than none: Terraform given a plugin folder looks nowhere else.
func HoldsFittingVersion(dir, provider string) bool {
	folder := filepath.Join(dir, ProviderFolder(provider))
	fitting := fittingVersions[provider]
	entries, err := os.ReadDir(folder)
	if err != nil || fitting == nil {
		return false
	}
	for _, entry := range entries {
		version := strings.TrimPrefix(entry.Name(), "terraform-provider-"+provider+"_")
		version = strings.TrimSuffix(version, "_"+Platform()+".zip")
		if !fitting.MatchString(version) {
			continue
		}
		if version != entry.Name() {
			return true
		}
		if _, err := os.Stat(filepath.Join(folder, version, Platform())); err == nil {
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
		if HoldsFittingVersion(path, "aws") {
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
	return EnvironmentFrom(dir, extra...), nil
}

// EnvironmentFrom is Environment with providers from a plugin folder; empty is none.
func EnvironmentFrom(dir string, extra ...string) []string {
	env := os.Environ()
	if dir != "" {
		// The CLI runs `terraform providers lock` after init, which asks the registry unless told otherwise.
		// Terraform splits these at spaces like a shell, hence the quotes.
		env = append(env, `TF_CLI_ARGS_init=-plugin-dir="`+dir+`"`, `TF_CLI_ARGS_providers_lock=-fs-mirror="`+dir+`"`)
	}
	env = append(env, "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1")
	env = append(env, extra...)
	return withoutMissingConfig(env)
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
