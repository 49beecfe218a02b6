package kubernetes

import (
	"context"
	_ "embed"
	"errors"
	"os"
	"path/filepath"
	"regexp"
)

const (
	// kwokSources is the module that pins kwok, below the repository's root.
	kwokSources = "internal/kubernetes/kwok"
	kwokPackage = "sigs.k8s.io/kwok/cmd/kwok"
)

// kubelets is kwok's configuration: what becomes of nodes and pods, and when.
//
//go:embed kubelets.yaml
var kubelets []byte

// Broken is the digest of an image whose container, to kwok, never becomes ready, and in a Job fails.
const Broken = "sha256:0000000000000000000000000000000000000000000000000000000000000000"

// InstallKwok builds kwok below dir, an ignored folder, where it is missing, and returns the program's path. root is the repository's. The
// first time takes minutes, which is said on standard error.
func InstallKwok(ctx context.Context, root, dir string) (string, error) {
	pins, err := pins(root, kwokSources)
	if err != nil {
		return "", err
	}
	found := regexp.MustCompile(`(?m)^\s*sigs\.k8s\.io/kwok v(\d+\.\d+\.\d+)`).FindSubmatch(pins)
	if found == nil {
		return "", errors.New(kwokSources + "/go.mod names no version of kwok")
	}
	name := "kwok-" + string(found[1])
	home, err := homeOf(dir, name, pins)
	if err != nil {
		return "", err
	}
	return filepath.Join(home, "kwok"), once(home, name, func(stage string) error {
		if err := os.MkdirAll(stage, 0o755); err != nil {
			return err
		}
		return inModule(ctx, filepath.Join(root, kwokSources), "build", "-trimpath", "-ldflags=-s -w", "-o", stage+"/", kwokPackage)
	})
}
