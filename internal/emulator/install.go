package emulator

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// requirements pin the emulator and everything it needs, by hash. botocore is part of it: a newer one does not fit.
//
//go:embed requirements.txt
var requirements []byte

// Install puts the emulator into a virtual environment below dir, an ignored folder, and returns the path of its program. Installed
// already, it does nothing; several at once wait for the first.
func Install(ctx context.Context, dir string) (string, error) {
	sum := sha256.Sum256(requirements)
	venv := filepath.Join(dir, "emulator-"+hex.EncodeToString(sum[:6]))
	program, done := filepath.Join(venv, "bin", "ministack"), filepath.Join(venv, "complete")
	if exists(done) {
		return program, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("installing the emulator: %w", err)
	}
	unlock, err := lock(venv + ".lock")
	if err != nil {
		return "", err
	}
	defer unlock()
	if exists(done) { // another was faster
		return program, nil
	}
	list := filepath.Join(dir, filepath.Base(venv)+".txt")
	if err := os.WriteFile(list, requirements, 0o600); err != nil {
		return "", fmt.Errorf("installing the emulator: %w", err)
	}
	for _, step := range [][]string{
		{"python3", "-m", "venv", "--clear", venv},
		{filepath.Join(venv, "bin", "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", list},
	} {
		command := exec.CommandContext(ctx, step[0], step[1:]...)
		if output, err := command.CombinedOutput(); err != nil {
			return "", fmt.Errorf("installing the emulator: %s: %w\n%s", step[0], err, output)
		}
	}
	// Written last: an installation that was killed has no such file and is made anew.
	if err := os.WriteFile(done, nil, 0o600); err != nil {
		return "", fmt.Errorf("installing the emulator: %w", err)
	}
	return program, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// lock waits for a file's lock, which the system takes back when the process ends, however it ends.
func lock(path string) (unlock func(), err error) {
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
