// Package venv installs Python programs into virtual environments of their own, pinned by hash,
// below an ignored folder.
package venv

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// Install puts what the requirements list into a virtual environment below dir and returns its folder of programs. name
// is part of the folder's name, and so is a hash of the requirements: other requirements are another environment.
// Installed already, it does nothing; several at once wait for the first.
func Install(ctx context.Context, dir, name string, requirements []byte) (string, error) {
	sum := sha256.Sum256(requirements)
	venv := filepath.Join(dir, name+"-"+hex.EncodeToString(sum[:6]))
	programs, done := filepath.Join(venv, "bin"), filepath.Join(venv, "complete")
	if exists(done) {
		return programs, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("installing %s: %w", name, err)
	}
	unlock, err := Lock(venv + ".lock")
	if err != nil {
		return "", err
	}
	defer unlock()
	if exists(done) { // another was faster
		return programs, nil
	}
	list := venv + ".txt"
	if err := os.WriteFile(list, requirements, 0o600); err != nil {
		return "", fmt.Errorf("installing %s: %w", name, err)
	}
	for _, step := range [][]string{
		{"python3", "-m", "venv", "--clear", venv},
		{filepath.Join(programs, "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
			"--require-hashes", "-r", list},
	} {
		command := exec.CommandContext(ctx, step[0], step[1:]...)
		if output, err := command.CombinedOutput(); err != nil {
			return "", fmt.Errorf("installing %s: %s: %w\n%s", name, step[0], err, output)
		}
	}
	// Written last: an installation that was killed has no such file and is made anew.
	if err := os.WriteFile(done, nil, 0o600); err != nil {
		return "", fmt.Errorf("installing %s: %w", name, err)
	}
	return programs, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// Lock waits for a file's lock, which the system takes back when the process ends, however it ends.
func Lock(path string) (unlock func(), err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("locking %q: %w", path, err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX); err != nil {
		_ = file.Close() // nothing was written
		return nil, fmt.Errorf("locking %q: %w", path, err)
	}
	return func() { _ = file.Close() }, nil
}
