// Package terraform runs Terraform: with providers from a folder of this machine where there is one, and with
// errors that say what to do.
package terraform

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
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

// searchDepth is how far below a root a plugin folder is looked for. The roots are large, and
// mirrors stand near the top.
const searchDepth = 3

// PluginDir is PluginDirWith the AWS provider, which is all that most stacks need.
func PluginDir() (string, error) { return PluginDirWith("aws") }

// PluginDirWith is the folder to take providers (aws, helm, kubernetes) from; empty is none, and then `terraform
// init` downloads them. TITAN_TF_PLUGIN_DIR names it; otherwise it is looked for where machines without a
// network keep such things. One that lacks a provider, as a plugin cache may, is passed over. Terraform finds
// its implied mirrors by itself.
func PluginDirWith(providers ...string) (string, error) {
	if dir := os.Getenv(PluginDirVariable); dir != "" {
		if !holdsProvider(dir) {
			return "", fmt.Errorf("%s is %q, which holds no %s: name the folder that holds registry.terraform.io, or unset it",
				PluginDirVariable, dir, awsProvider)
		}
		return filepath.Abs(dir)
	}
	roots := []string{"/opt", "/usr/local/share", "/usr/share", "/var/lib"}
	if home, err := os.UserHomeDir(); err == nil {
		roots = append(roots, home)
	}
	for _, root := range roots {
		if dir := findBelow(root, providers...); dir != "" {
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

// HoldsFittingVersion is whether a folder holds a version of a provider (aws, helm or kubernetes) that the stacks can
// use on this platform, unpacked or as a zip file. A folder without one is worse than none: Terraform given a plugin
// folder looks nowhere else.
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

// findBelow is the first folder at or below a root, not too deep, that holds all of some providers;
// empty where there is none.
func findBelow(root string, providers ...string) string {
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
		lacking := func(provider string) bool { return !HoldsFittingVersion(path, provider) }
		if !slices.ContainsFunc(providers, lacking) {
			found = path
			return fs.SkipAll
		}
		if strings.Count(strings.TrimPrefix(path, root), string(filepath.Separator)) >= searchDepth ||
			entry.Name() == "node_modules" {
			return fs.SkipDir
		}
		return nil
	}) // what can't be read holds nothing for us
	return found
}
