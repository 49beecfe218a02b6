package kubernetes

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
)

const (
	// traefikSources is the module that pins Traefik, below the repository's root.
	traefikSources = "internal/kubernetes/traefik"
	traefikPackage = "github.com/traefik/traefik/v3/cmd/traefik"
	// dashboard is the folder of Traefik's web interface, which its releases build with Node: the module lacks it, and
	// its package does not compile without a file in it.
	dashboard = "vendor/github.com/traefik/traefik/v3/webui/static"
)

// InstallTraefik builds Traefik below dir, an ignored folder, where it is missing, and returns the program's path and
// its version. root is the repository's. The first time takes some ten minutes, which is said on standard error.
func InstallTraefik(ctx context.Context, root, dir string) (program, version string, err error) {
	pins, err := pins(root, traefikSources)
	if err != nil {
		return "", "", err
	}
	if version, err = traefikVersion(pins); err != nil {
		return "", "", err
	}
	home, err := homeOf(dir, "traefik-"+version, pins)
	if err != nil {
		return "", "", err
	}
	return filepath.Join(home, "traefik"), version, once(home, "traefik "+version, func(stage string) error {
		return buildTraefik(ctx, filepath.Join(root, traefikSources), stage)
	})
}

// buildTraefik builds Traefik into a folder, from vendored sources, where the missing file can be added.
func buildTraefik(ctx context.Context, sources, stage string) (err error) {
	work, err := os.MkdirTemp("", "titan-traefik-")
	if err != nil {
		return fmt.Errorf("building traefik: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if err := os.CopyFS(work, os.DirFS(sources)); err != nil {
		return fmt.Errorf("building traefik: %w", err)
	}
	// -e: go on without the file that nothing embeds.
	if err := inModule(ctx, work, "mod", "vendor", "-e"); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(work, dashboard), 0o755); err != nil {
		return fmt.Errorf("building traefik: %w", err)
	}
	if err := os.WriteFile(filepath.Join(work, dashboard, "index.html"), []byte("no dashboard\n"), 0o600); err != nil {
		return fmt.Errorf("building traefik: %w", err)
	}
	return inModule(ctx, work, "build", "-mod=vendor", "-trimpath", "-ldflags=-s -w", "-o", stage+"/", traefikPackage)
}

// inModule runs go in a module's folder.
func inModule(ctx context.Context, dir string, arguments ...string) error {
	command := exec.CommandContext(ctx, "go", arguments...)
	command.Dir = dir
	command.Env = append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off")
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("go %s in %s: %w\n%s", arguments[0], dir, err, output)
	}
	return nil
}

func traefikVersion(pins []byte) (string, error) {
	found := regexp.MustCompile(`(?m)^require github\.com/traefik/traefik/v3 v(\d+\.\d+\.\d+)`).FindSubmatch(pins)
	if found == nil {
		return "", errors.New(traefikSources + "/go.mod names no version of Traefik")
	}
	return string(found[1]), nil
}
