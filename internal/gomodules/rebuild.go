package gomodules

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/mod/module"
	"golang.org/x/mod/sumdb/dirhash"
	"golang.org/x/mod/zip"
)

// tools holds, for each provider, the lock file of the generator and the npm packages upstream generated it from.
//
//go:embed npm/*/package.json npm/*/package-lock.json
var tools embed.FS

// rebuild generates p in folder and puts it into the module cache, provided its hashes are those of go.sum.
func (p provider) rebuild(ctx context.Context, root, folder string) error {
	want, err := p.sums(filepath.Join(root, "go.sum"))
	if err != nil {
		return err
	}
	source, err := p.generate(ctx, folder)
	if err != nil {
		return fmt.Errorf("generating %s: %w", p, err)
	}
	proxy := filepath.Join(folder, "proxy")
	got, err := p.pack(source, proxy)
	if err != nil {
		return fmt.Errorf("packing %s: %w", p, err)
	}
	if got != want {
		return fmt.Errorf("the rebuilt %s is not the one go.sum names:\n\tgo.sum  %s, go.mod %s\n\trebuilt %s, go.mod %s\n"+
			"it was not put into the module cache; get it with a GOPROXY that serves it, such as https://proxy.golang.org",
			p, want.zip, want.mod, got.zip, got.mod)
	}
	return p.publish(ctx, root, proxy)
}

// generate follows upstream's release: install, generate with jsii-pacmak, edit. It returns the module's folder.
func (p provider) generate(ctx context.Context, folder string) (string, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	for _, name := range []string{"package.json", "package-lock.json"} {
		content, err := tools.ReadFile("npm/" + p.Name + "/" + name)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			return "", err
		}
	}
	// jsii-pacmak 1.111 asks for a newer jsii-rosetta than the one upstream generated with; hence --legacy-peer-deps.
	if _, err := command(ctx, folder, nil, "npm", "ci", "--legacy-peer-deps", "--ignore-scripts", "--no-audit",
		"--no-fund"); err != nil {
		return "", err
	}
	// The module carries the tarball as it was published; one packed again here would differ.
	npmVersion := strings.TrimPrefix(p.Version, "v")
	if _, err := command(ctx, folder, nil, "npm", "pack", "--ignore-scripts", p.Package+"@"+npmVersion); err != nil {
		return "", err
	}
	source := filepath.Join(folder, "node_modules", filepath.FromSlash(p.Package))
	pacmak := filepath.Join(folder, "node_modules", "jsii-pacmak", "bin", "jsii-pacmak")
	if _, err := command(ctx, source, nil, "node", pacmak, "--targets", "go", "--code-only", "--outdir", "out"); err != nil {
		return "", err
	}
	generated := filepath.Join(source, "out", "go", p.Name)
	tarball := filepath.Join(folder, "cdktf-provider-"+p.Name+"-"+npmVersion+".tgz")
	return generated, editAsReleased(generated, p.Name, tarball)
}

type sums struct{ zip, mod string }

// sums reads p's two hashes from go.sum.
func (p provider) sums(file string) (sums, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return sums{}, fmt.Errorf("reading the expected hashes: %w", err)
	}
	var found sums
	for line := range strings.Lines(string(content)) {
		switch fields := strings.Fields(line); {
		case len(fields) != 3 || fields[0] != p.Module:
		case fields[1] == p.Version:
			found.zip = fields[2]
		case fields[1] == p.Version+"/go.mod":
			found.mod = fields[2]
		}
	}
	if found.zip == "" || found.mod == "" {
		return sums{}, fmt.Errorf(
			"go.sum does not have both hashes of %s, so a rebuilt one can't be trusted; restore go.sum from git", p)
	}
	return found, nil
}

// pack lays source out under proxy as a file:// GOPROXY wants it and returns the hashes of what is there.
func (p provider) pack(source, proxy string) (sums, error) {
	versions := filepath.Join(proxy, filepath.FromSlash(p.Module), "@v")
	if err := os.MkdirAll(versions, 0o755); err != nil {
		return sums{}, err
	}
	base := filepath.Join(versions, p.Version)
	goMod, err := os.ReadFile(filepath.Join(source, "go.mod"))
	if err != nil {
		return sums{}, err
	}
	if err := os.WriteFile(base+".mod", goMod, 0o644); err != nil {
		return sums{}, err
	}
	if err := os.WriteFile(base+".info", fmt.Appendf(nil, "{\"Version\":%q}\n", p.Version), 0o644); err != nil {
		return sums{}, err
	}
	file, err := os.Create(base + ".zip")
	if err != nil {
		return sums{}, err
	}
	err = zip.CreateFromDir(file, module.Version{Path: p.Module, Version: p.Version}, source)
	if err := errors.Join(err, file.Close()); err != nil {
		return sums{}, err
	}
	var got sums
	if got.zip, err = dirhash.HashZip(base+".zip", dirhash.Hash1); err != nil {
		return sums{}, err
	}
	got.mod, err = dirhash.Hash1([]string{"go.mod"}, func(string) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(goMod)), nil
	})
	return got, err
}

// publish has the go command take p from proxy. It checks go.sum once more, and adds to the
// module cache all or nothing.
func (p provider) publish(ctx context.Context, root, proxy string) error {
	users, err := command(ctx, root, nil, "go", "env", "GOPROXY")
	if err != nil {
		return err
	}
	first := url.URL{Scheme: "file", Path: filepath.ToSlash(proxy)}
	return p.download(ctx, root,
		"GOPROXY="+first.String()+","+strings.TrimSpace(string(users)),
		"GONOPROXY=none", // a GOPRIVATE that covers github.com must not lead past the folder
	)
}

// command runs a program in folder and returns its standard output; an error holds the end of what it said.
// Cancelling ctx ends its whole process group, since npm starts processes of its own.
func command(ctx context.Context, folder string, env []string, name string, arguments ...string) ([]byte, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, name, arguments...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	if err := cmd.Run(); err != nil {
		return stdout.Bytes(),
			fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), strings.Join(arguments, " "), err,
				lastLines(stderr.String()+stdout.String(), 15))
	}
	return stdout.Bytes(), nil
}
