package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// synthesizing is a stand-in of Go that leaves files where temporary ones belong, as Go, Node and Terraform do when they
// are interrupted.
const synthesizing = `#!/bin/sh
mkdir "$TMPDIR/go-build1"
: >"$TMPDIR/go-build1/exe"
: >"$STARTED"
exec sleep 60
`

func TestNoTemporaryFolderIsLeft(t *testing.T) {
	for name, c := range map[string]struct {
		line      string
		profile   string
		interrupt bool
		want      int
	}{
		"done":        {line: "list dev", want: exitDone},
		"failed":      {line: "plan dev.zone", profile: "nowhere", want: exitFailed},
		"wrong usage": {line: "plan nosuch", want: exitUsage},
		"interrupted": {line: "plan dev.zone", interrupt: true, want: exitCancelled},
	} {
		t.Run(name, func(t *testing.T) {
			temporary, bin := t.TempDir(), t.TempDir()
			started := filepath.Join(bin, "started")
			if err := os.WriteFile(filepath.Join(bin, "go"), []byte(synthesizing), 0o700); err != nil {
				t.Fatal(err)
			}
			titan := exec.CommandContext(t.Context(), os.Args[0], strings.Fields(c.line)...)
			titan.Dir = filepath.Join("..", "..")
			titan.Env = append(os.Environ(), mainVariable+"=1", "TMPDIR="+temporary, "AWS_PROFILE="+c.profile, "STARTED="+started,
				"PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
			if err := titan.Start(); err != nil {
				t.Fatal(err)
			}
			for deadline := time.Now().Add(time.Minute); c.interrupt && time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
				if _, err := os.Stat(started); err == nil {
					break
				}
			}
			if left, _ := os.ReadDir(temporary); c.interrupt && len(left) == 0 {
				t.Error("there is nothing to be left, so that this test can't fail")
			}
			if c.interrupt {
				_ = titan.Process.Signal(syscall.SIGINT) // it may have ended, which is found below
			}
			err := titan.Wait()
			var exit *exec.ExitError
			if code := titan.ProcessState.ExitCode(); code != c.want || err != nil && !errors.As(err, &exit) {
				t.Errorf("exit code %d, want %d: %v", code, c.want, err)
			}
			if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
				t.Errorf("left %v, %v", left, err)
			}
		})
	}
}
