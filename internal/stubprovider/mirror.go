package stubprovider

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/titan-platform/titan/internal/terraform"
)

// program is what each stub is a copy of.
const program = "github.com/titan-platform/titan/internal/stubprovider/cmd/terraform-provider-stub"

// Mirror returns the plugin folder to run Terraform with, for terraform.EnvironmentFrom or TITAN_TF_PLUGIN_DIR. Where
// a stub is needed it is dir, which must be empty or not there yet: it gets the stubs, and links to what the
// machine's own plugin folder holds. Elsewhere it is that folder itself, or empty for the registry. It runs `go
// build`, so the process has to be somewhere in this module, as tests are.
func Mirror(ctx context.Context, dir string) (string, error) {
	own, err := terraform.PluginDir()
	if err != nil {
		return "", fmt.Errorf("making a mirror of providers: %w", err)
	}
	needed, err := Needed()
	if err != nil || len(needed) == 0 {
		return own, err
	}
	return beside(ctx, own, dir, needed)
}

// Beside is Mirror over a plugin folder that is given, for Terraform in an environment that reaches no registry: what
// the folder lacks is a stub, also where another machine would take the real provider.
func Beside(ctx context.Context, own, dir string) (string, error) {
	needed := lacking(own)
	if len(needed) == 0 {
		return own, nil
	}
	return beside(ctx, own, dir, needed)
}

func beside(ctx context.Context, own, dir string, needed []string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("making a mirror of providers: %w", err)
	}
	if err := linkPackages(own, dir); err != nil {
		return "", fmt.Errorf("making a mirror of the providers in %q: %w", own, err)
	}
	return dir, installStubs(ctx, dir, needed...)
}

// installStubs builds the stubs of some providers into dir.
func installStubs(ctx context.Context, dir string, providers ...string) error {
	if err := openSources(ctx); err != nil {
		return fmt.Errorf("looking for the source of the stub: %w", err)
	}
	built := filepath.Join(dir, "terraform-provider-stub")
	output, err := exec.CommandContext(ctx, "go", "build", "-o", built, program).CombinedOutput()
	if err != nil {
		return fmt.Errorf("building the stub of %v: %w\n%s", providers, err, output)
	}
	defer os.RemoveAll(built)
	for _, provider := range providers {
		version := versions[provider]
		folder := filepath.Join(dir, terraform.ProviderFolder(provider), version, terraform.Platform())
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return fmt.Errorf("installing the stub of %s: %w", provider, err)
		}
		// Named as the real ones are: x5 is the protocol's version.
		if err := os.Link(built, filepath.Join(folder, "terraform-provider-"+provider+"_v"+version+"_x5")); err != nil {
			return fmt.Errorf("installing the stub of %s: %w", provider, err)
		}
	}
	return nil
}

// openSources opens what the stub is made of. `go test` answers from its cache until a file changes that a test has
// opened (go help test), and does not see what `go build` opens.
func openSources(ctx context.Context) error {
	folder, err := exec.CommandContext(ctx, "go", "list", "-f", "{{.Dir}}", program).Output()
	if err != nil {
		return err
	}
	root := filepath.Join(strings.TrimSpace(string(folder)), "..", "..")
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		return file.Close()
	})
}

// linkPackages links what one mirror holds for this platform into another. The last step of each path is the link:
// Terraform follows no other while it walks a mirror (SearchLocalDirectory in its internal/getproviders).
func linkPackages(from, to string) error {
	var targets []string
	unpacked, packed := "*/*/*/*/"+terraform.Platform(), "*/*/*/*_"+terraform.Platform()+".zip"
	for _, layout := range []string{unpacked, packed} {
		found, err := fs.Glob(os.DirFS(from), layout)
		if err != nil {
			return err
		}
		targets = append(targets, found...)
	}
	for _, target := range targets {
		name := filepath.Join(to, target)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.Symlink(filepath.Join(from, target), name); err != nil {
			return err
		}
	}
	return nil
}
