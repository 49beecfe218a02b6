package terraform

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// followPause is how often a log is looked at for more.
const followPause = 50 * time.Millisecond

// StreamPlan is Plan, with each of Terraform's messages handed to watch as it comes. All it says is kept in
// plan.jsonl of the folder.
func (w Workspace) StreamPlan(
	ctx context.Context, file string, watch func(Message), args ...string,
) (changes bool, err error) {
	return planned(w.stream(ctx, watch, append([]string{"plan", "-detailed-exitcode", "-out=" + file}, args...)...))
}

// StreamApply applies a plan file, with each of Terraform's messages handed to watch as it comes. All it says is kept
// in apply.jsonl of the folder. The error is ErrStalePlan where the state has moved on since the plan.
func (w Workspace) StreamApply(ctx context.Context, file string, watch func(Message), args ...string) error {
	return w.stream(ctx, watch, append(append([]string{"apply"}, args...), file)...)
}

// stream runs a command with -json. Its output goes to a file that is followed, not to a pipe: should this program
// die, Terraform goes on to its end and saves its state, where a broken pipe would kill it.
func (w Workspace) stream(ctx context.Context, watch func(Message), args ...string) error {
	verb := args[0]
	log, err := os.Create(filepath.Join(w.Dir, verb+".jsonl"))
	if err != nil {
		return fmt.Errorf("terraform %s: %w", verb, err)
	}
	defer func() { _ = log.Close() }() // Terraform wrote it
	written, err := os.Open(log.Name())
	if err != nil {
		return fmt.Errorf("terraform %s: %w", verb, err)
	}
	defer func() { _ = written.Close() }() // only read

	command := exec.CommandContext(ctx, "terraform", append([]string{verb, "-json", "-input=false"}, args[1:]...)...)
	command.Dir, command.Env = w.Dir, w.Env
	command.Stdout, command.Stderr = log, log
	Interruptible(command)
	if err := command.Start(); err != nil {
		return fmt.Errorf("terraform %s: %w", verb, err)
	}
	ended := make(chan struct{})
	var result error
	go func() {
		defer close(ended)
		if result = command.Wait(); command.ProcessState.Success() {
			result = nil // it came to its end although it was interrupted
		}
	}()
	var complaint strings.Builder
	readErr := follow(written, ended, func(line []byte) {
		var message Message
		if json.Unmarshal(line, &message) != nil {
			complaint.Write(line) // a crash, or a warning before Terraform has read its arguments
			return
		}
		if message.Diagnostic.Severity == "error" {
			complaint.WriteString(message.Diagnostic.paragraph())
		}
		watch(message)
	})
	<-ended
	if result == nil {
		return readErr
	}
	return w.failure(verb, result, complaint.String())
}

// follow hands on the lines of a file that is being written, until its writer has ended.
func follow(file io.Reader, ended <-chan struct{}, handle func(line []byte)) error {
	reader := bufio.NewReader(file)
	var line []byte
	for last := false; ; {
		part, err := reader.ReadBytes('\n')
		line = append(line, part...)
		switch {
		case err == nil:
			handle(line)
			line = line[:0]
		case !errors.Is(err, io.EOF):
			return fmt.Errorf("reading what terraform says: %w", err)
		case last:
			if len(line) > 0 {
				handle(line)
			}
			return nil
		default:
			select {
			case <-ended:
				last = true
			case <-time.After(followPause):
			}
		}
	}
}
