package terraform

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
)

// Workspace is a folder with a configuration to run Terraform in.
type Workspace struct {
	Dir string
	Env []string  // see Environment
	Log io.Writer // what Terraform prints; nil is nowhere
}

// Init prepares the folder.
func (w Workspace) Init(ctx context.Context, args ...string) error {
	_, err := w.Run(ctx, append([]string{"init", "-input=false", "-no-color"}, args...)...)
	return err
}

// Validate returns what Terraform and the provider have to say of the configuration, warnings included.
func (w Workspace) Validate(ctx context.Context) ([]Diagnostic, error) {
	output, runErr := w.Run(ctx, "validate", "-json")
	var result struct{ Diagnostics []Diagnostic }
	if err := json.Unmarshal(output, &result); err != nil {
		return nil, errors.Join(runErr, fmt.Errorf("reading what terraform validate said: %w", err))
	}
	return result.Diagnostics, nil // an invalid configuration is an answer, not a failure
}

// Plan writes a plan to a file of the folder and returns whether it would change anything.
func (w Workspace) Plan(ctx context.Context, file string, args ...string) (changes bool, err error) {
	plan := []string{"plan", "-input=false", "-no-color", "-detailed-exitcode", "-out=" + file}
	_, err = w.Run(ctx, append(plan, args...)...)
	return planned(err)
}

// planned tells changes from failure, by the exit code of `terraform plan -detailed-exitcode`.
func planned(err error) (changes bool, _ error) {
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 2 {
		return true, nil
	}
	return false, err
}

// ShowPlan returns a plan as JSON. Source of its form: Terraform's documentation, 'JSON Output Format'.
func (w Workspace) ShowPlan(ctx context.Context, file string) ([]byte, error) {
	return w.Run(ctx, "show", "-json", "-no-color", file)
}

// Apply applies a plan file.
func (w Workspace) Apply(ctx context.Context, plan string, args ...string) error {
	_, err := w.Run(ctx, append(append([]string{"apply", "-input=false", "-no-color"}, args...), plan)...)
	return err
}

// Destroy destroys everything in the state.
func (w Workspace) Destroy(ctx context.Context, args ...string) error {
	_, err := w.Run(ctx, append([]string{"destroy", "-input=false", "-no-color", "-auto-approve"}, args...)...)
	return err
}

// State lists the addresses in the state.
func (w Workspace) State(ctx context.Context) ([]string, error) {
	output, err := w.Run(ctx, "state", "list")
	if err != nil {
		return nil, err
	}
	return strings.Fields(string(output)), nil
}

// Run runs a Terraform command and returns its standard output. A failure carries the end of what it said; some have
// types of their own: *LockError, *MissingBucketError, ErrStalePlan, ErrKilled. When the context ends, Terraform is
// interrupted: see Interruptible.
func (w Workspace) Run(ctx context.Context, args ...string) ([]byte, error) {
	command := exec.CommandContext(ctx, "terraform", args...)
	command.Dir, command.Env = w.Dir, w.Env
	Interruptible(command)
	var output, problems bytes.Buffer
	command.Stdout, command.Stderr = tee(&output, w.Log), tee(&problems, w.Log)
	err := command.Run()
	if err == nil {
		return output.Bytes(), nil
	}
	return output.Bytes(), w.failure(args[0], err, problems.String())
}

func tee(buffer *bytes.Buffer, log io.Writer) io.Writer {
	if log == nil {
		return buffer
	}
	return io.MultiWriter(buffer, log)
}

// tail is the end of a command's complaint, on lines of its own.
func tail(text string) string {
	const most = 4000
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	if len(text) > most {
		text = "…" + text[len(text)-most:]
	}
	return "\n" + text
}
