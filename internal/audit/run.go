package audit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// longestReason is how much of a tool's complaint is shown, in bytes.
const longestReason = 300

// run runs a tool in a folder and returns what it writes. A tool that found something ends with a failure as one does
// that could not ask: output tells them apart, and the error is for where it does not.
func run(ctx context.Context, dir string, env []string, name string, arguments ...string) ([]byte, error) {
	command := exec.CommandContext(ctx, name, arguments...)
	command.Dir = dir
	command.Env = append(os.Environ(), env...)
	var output, complaint bytes.Buffer
	command.Stdout, command.Stderr = &output, &complaint
	err := command.Run()
	var ended *exec.ExitError
	switch {
	case err == nil:
		return output.Bytes(), nil
	case errors.As(err, &ended):
		return output.Bytes(), errors.New(lastLine(complaint.String(), err.Error()))
	}
	return nil, fmt.Errorf("running %s: %w", name, err)
}

// lastLine is the last line of a complaint, where tools say what happened, or what else there is to say.
func lastLine(complaint, otherwise string) string {
	lines := strings.Split(strings.TrimSpace(complaint), "\n")
	last := strings.TrimSpace(lines[len(lines)-1])
	if last == "" {
		return otherwise
	}
	return last[:min(len(last), longestReason)]
}
