// Package gomodules sees to it that the two provider bindings that not every Go proxy serves are in the module cache.
//
// helm/v10 and kubernetes/v11 are on the public proxy; some mirrors refuse them. Upstream generates both from npm
// packages that every npm registry has, so where the proxy has no answer they are generated here in the same way,
// compared with the hashes in go.sum, and handed to the go command. Nothing happens where they are already there.
//
// It runs before those modules exist, in programs that may therefore import nothing that needs them: with module graph
// pruning the go command then never asks for their go.mod.
package gomodules

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// provider is a Go module of bindings, and the npm package that upstream generates it from.
type provider struct {
	Name    string // as in the module's path; the folder under npm/ with what generates it
	Module  string // Go module path
	Version string // Go version, v included
	Package string // npm package
}

var providers = []provider{
	{
		Name:    "helm",
		Module:  "github.com/cdktf/cdktf-provider-helm-go/helm/v10",
		Version: "v10.5.0",
		Package: "@cdktf/provider-helm",
	},
	{
		Name:    "kubernetes",
		Module:  "github.com/cdktf/cdktf-provider-kubernetes-go/kubernetes/v11",
		Version: "v11.12.1",
		Package: "@cdktf/provider-kubernetes",
	},
}

func (p provider) String() string { return p.Module + "@" + p.Version }

// Ensure has the bindings in the module cache that the go.sum of root names, a module's root. It says so on out where
// they have to be rebuilt, which takes a minute, Node and an npm registry.
func Ensure(ctx context.Context, root string, out io.Writer) error {
	if missing, _, err := unserved(ctx, root); err != nil || len(missing) == 0 {
		return err
	}
	release, err := lock(ctx, filepath.Join(root, ".titan", "gomodules.lock"))
	if err != nil {
		return err
	}
	defer release()
	// Another run may have finished the work while this one waited for the lock.
	missing, refusal, err := unserved(ctx, root)
	if err != nil || len(missing) == 0 {
		return err
	}

	// What a killed run left goes first, as far as it goes: its npm may still be writing. Hence also a name of its own.
	parent := filepath.Join(root, ".titan", "gomodules")
	os.RemoveAll(parent)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return fmt.Errorf("making the scratch folder: %w", err)
	}
	scratch, err := os.MkdirTemp(parent, "")
	if err != nil {
		return fmt.Errorf("making the scratch folder: %w", err)
	}
	defer os.RemoveAll(parent)
	return rebuildAll(ctx, out, root, scratch, missing, refusal)
}

func rebuildAll(ctx context.Context, out io.Writer, root, scratch string, missing []provider, refusal error) error {
	start := time.Now()
	_, _ = fmt.Fprintf(out, "the Go proxy does not serve %s: rebuilding from npm, about a minute\n", names(missing))

	failures := make([]error, len(missing))
	var wait sync.WaitGroup
	for i, p := range missing {
		wait.Add(1)
		go func() {
			defer wait.Done()
			failures[i] = p.rebuild(ctx, root, filepath.Join(scratch, p.Name))
		}()
	}
	wait.Wait()
	if ctx.Err() != nil {
		return errors.New("interrupted; run it again, nothing is left half done")
	}
	if err := errors.Join(failures...); err != nil {
		return fmt.Errorf("%w\nthe rebuild was tried because the Go proxy refused: %w", err, refusal)
	}
	_, _ = fmt.Fprintf(out, "rebuilt %s, hashes as in go.sum, %d s\n", names(missing), int(time.Since(start).Seconds()))
	return nil
}

// unserved lists the providers that are neither in the module cache nor to be had from the user's GOPROXY, and joins
// what the go command said about them. A hash that differs from go.sum is an error and never a reason to rebuild.
func unserved(ctx context.Context, root string) (missing []provider, refusal, err error) {
	var refusals []error
	for _, p := range providers {
		err := p.download(ctx, root)
		if err == nil {
			continue
		}
		if ctx.Err() != nil {
			return nil, nil, errors.New("interrupted")
		}
		if strings.Contains(err.Error(), "SECURITY ERROR") {
			return nil, nil, err
		}
		missing = append(missing, p)
		refusals = append(refusals, err)
	}
	return missing, errors.Join(refusals...), nil
}

// download gets p into the module cache by way of GOPROXY, or finds it there; env adds to the environment.
func (p provider) download(ctx context.Context, root string, env ...string) error {
	output, err := command(ctx, root, env, "go", "mod", "download", "-json", p.String())
	if err == nil {
		return nil
	}
	var answer struct{ Error string }
	if json.Unmarshal(output, &answer) == nil && answer.Error != "" {
		return errors.New(answer.Error)
	}
	return err
}

// lock waits until no other run holds the lock file. The system releases it with the process, however that ends.
func lock(ctx context.Context, name string) (release func(), err error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return nil, fmt.Errorf("making the folder of the lock: %w", err)
	}
	file, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("opening the lock: %w", err)
	}
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { file.Close() }, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			file.Close()
			return nil, fmt.Errorf("locking %s: %w", name, err)
		}
		select {
		case <-ctx.Done():
			file.Close()
			return nil, errors.New("interrupted while another run rebuilds the modules")
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func names(list []provider) string {
	var text []string
	for _, p := range list {
		text = append(text, p.Name)
	}
	return strings.Join(text, " and ")
}
