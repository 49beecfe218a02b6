package platformdemo

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// hold takes the lock of dir for this process, or says who has it.
func hold(dir string) (unlock func(), err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("locking the session: %w", err)
	}
	file, err := os.OpenFile(lockFile(dir), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("locking the session: %w", err)
	}
	// isHeld has it for a moment, too.
	for end := time.Now().Add(10 * pause); ; time.Sleep(pause / 5) {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { _ = file.Close() }, nil // nothing was written
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) || time.Now().After(end) {
			_ = file.Close() // nothing was written
			return nil, taken(dir, err)
		}
	}
}

// taken is the error of a lock that was not to be had.
func taken(dir string, err error) error {
	if session, _ := Find(dir); session != nil { // its error would say less
		return &RunningError{*session}
	}
	return fmt.Errorf("locking the session in %q: %w", dir, err)
}

// isHeld is whether a process has the lock of dir.
func isHeld(dir string) (bool, error) {
	file, err := os.Open(lockFile(dir))
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("looking for a session: %w", err)
	}
	defer func() { _ = file.Close() }() // which lets go of it
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("looking for a session: %w", err)
	}
	return false, nil
}

func lockFile(dir string) string { return filepath.Join(dir, "lock") }
