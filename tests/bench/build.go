package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// programs are what is measured.
type programs struct {
	root   string // this repository
	bench  string // ./tests/bench/go, compiled
	titan  string // this repository's program, compiled
	tsx    string
	script string // ./tests/bench/ts/main.ts
	node   string // its version, for the report
}

// build compiles the Go programs into work and installs the TypeScript one's packages where they are not yet.
func build(ctx context.Context, work string) (*programs, error) {
	root, err := output(ctx, ".", "go", "list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return nil, err
	}
	node, err := output(ctx, ".", "node", "-p", "'Node ' + process.versions.node")
	if err != nil {
		return nil, err
	}
	ts := filepath.Join(root, "tests", "bench", "ts")
	built := &programs{
		root:   root,
		bench:  filepath.Join(work, executable("bench")),
		titan:  filepath.Join(work, executable("titan")),
		tsx:    filepath.Join(ts, "node_modules", ".bin", "tsx"),
		script: filepath.Join(ts, "main.ts"),
		node:   node,
	}
	fmt.Println("compiling")
	if _, err := output(ctx, root, "go", "build", "-o", built.bench, "./tests/bench/go"); err != nil {
		return nil, err
	}
	if _, err := output(ctx, root, "go", "build", "-o", built.titan, "."); err != nil {
		return nil, err
	}
	if !installed(ts) {
		fmt.Println("installing the TypeScript program's packages")
		if _, err := output(ctx, ts, "npm", "ci", "--no-audit", "--no-fund"); err != nil {
			return nil, err
		}
	}
	return built, nil
}

// installed says whether npm has installed what the lock file says: it leaves a file of its own behind.
func installed(dir string) bool {
	lock, err := os.Stat(filepath.Join(dir, "package-lock.json"))
	if err != nil {
		return false
	}
	done, err := os.Stat(filepath.Join(dir, "node_modules", ".package-lock.json"))
	return err == nil && !done.ModTime().Before(lock.ModTime())
}

func executable(name string) string {
	if runtime.GOOS == "windows" {
		return name + ".exe"
	}
	return name
}

func output(ctx context.Context, dir, name string, args ...string) (string, error) {
	command := exec.CommandContext(ctx, name, args...)
	command.Dir = dir
	var errors strings.Builder
	command.Stderr = &errors
	text, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s%s", command, err, text, errors.String())
	}
	return strings.TrimSpace(string(text)), nil
}
