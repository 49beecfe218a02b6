package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// stacksVariable names the stacks that a process is to build for another one that started it:
// TITAN_STACKS=prod,prod.global.
const stacksVariable = "TITAN_STACKS"

// reportFile is what a helper leaves beside its stacks: what it built, as JSON.
const reportFile = "report.json"

// helper is another process of this program, which builds stacks by a jsii kernel of its own: jsii-runtime-go
// has one kernel a process.
type helper struct {
	command *exec.Cmd
	folder  string // what it writes to
	stacks  []string
	output  bytes.Buffer // what it says on standard error
}

// IsHelper is whether this process builds some stacks for another one, which speaks for both.
func IsHelper() bool { return os.Getenv(stacksVariable) != "" }

// Start has another process of this program build stacks, while this one builds the others. Write waits for it.
func (a *App) Start(stacks []string) error {
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("starting a helper: %w", err)
	}
	one := &helper{folder: filepath.Join(a.staging, strconv.Itoa(len(a.helpers)+1)), stacks: stacks}
	one.command = exec.Command(program, os.Args[1:]...)
	one.command.Env = append(os.Environ(), stacksVariable+"="+strings.Join(stacks, ","), "CDKTF_OUTDIR="+one.folder)
	one.command.Stdout, one.command.Stderr = os.Stdout, &one.output
	if err := one.command.Start(); err != nil {
		return fmt.Errorf("starting a helper: %w", err)
	}
	a.helpers = append(a.helpers, one)
	return nil
}

// Elsewhere is whether another process builds a stack. Its place in the report is kept.
func (a *App) Elsewhere(stack string) bool {
	if IsHelper() {
		return !slices.Contains(strings.Split(os.Getenv(stacksVariable), ","), stack)
	}
	elsewhere := slices.ContainsFunc(a.helpers, func(one *helper) bool { return slices.Contains(one.stacks, stack) })
	if elsewhere {
		a.built = append(a.built, built{Stack: stack})
	}
	return elsewhere
}

// await waits for the helpers, and takes over what they built and report.
func (a *App) await() error {
	for len(a.helpers) > 0 {
		one := a.helpers[0]
		a.helpers = a.helpers[1:]
		if err := one.wait(); err != nil {
			return err
		}
		if err := a.takeOver(one); err != nil {
			return fmt.Errorf("taking over what a helper built: %w", err)
		}
	}
	return nil
}

// wait ends with the helper's own words where it failed.
func (h *helper) wait() error {
	err := h.command.Wait()
	said := strings.TrimSpace(h.output.String())
	switch {
	case err == nil && said != "":
		_, err = fmt.Fprintln(os.Stderr, said)
		return err
	case err != nil && said != "":
		return errors.New(said)
	case err != nil:
		return fmt.Errorf("building %q in another process: %w", h.stacks, err)
	}
	return nil
}

// takeOver moves a helper's stacks to this process's, with their rows of the manifest and of the report.
func (a *App) takeOver(h *helper) error {
	for _, stack := range h.stacks {
		if err := os.Rename(filepath.Dir(stackFile(h.folder, stack)), filepath.Dir(stackFile(a.staging, stack))); err != nil {
			return err
		}
	}
	if err := mergeManifests(a.staging, h.folder); err != nil {
		return err
	}
	var reported []built
	if err := readJSON(filepath.Join(h.folder, reportFile), &reported); err != nil {
		return err
	}
	for _, stack := range reported {
		a.built[slices.IndexFunc(a.built, func(b built) bool { return b.Stack == stack.Stack })] = stack
	}
	return os.RemoveAll(h.folder)
}

// dismiss waits for helpers whose work is not wanted anymore: jsii's folder of one that is killed would stay
// in the temporary folder.
func (a *App) dismiss() {
	for _, one := range a.helpers {
		_ = one.command.Wait()
	}
	a.helpers = nil
}

// tell leaves the report for who started this process.
func (a *App) tell() error {
	text, err := json.Marshal(a.built)
	if err != nil {
		return fmt.Errorf("reporting: %w", err)
	}
	if err := os.WriteFile(filepath.Join(a.outdir, reportFile), text, 0o600); err != nil {
		return fmt.Errorf("reporting: %w", err)
	}
	return nil
}
