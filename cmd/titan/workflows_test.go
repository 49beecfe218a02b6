package main

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

func TestWorkflowsAreWritten(t *testing.T) {
	terminal, out, _ := screen()
	written := map[string]string{}
	o := workflowsOptions{
		terminal: terminal,
		load: func() ([]environments.Environment, error) {
			return []environments.Environment{{Name: "dev"}}, nil
		},
		workflows: func(all []environments.Environment) (map[string][]byte, error) {
			return map[string][]byte{
				".github/workflows/b.yml": []byte(all[0].Name), ".github/workflows/a.yml": []byte("a"),
			}, nil
		},
		write: func(file string, text []byte) error { written[file] = string(text); return nil },
	}
	if err := runWorkflows(o); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{".github/workflows/a.yml": "a", ".github/workflows/b.yml": "dev"}
	if !maps.Equal(written, want) {
		t.Errorf("wrote %v, want %v", written, want)
	}
	if got, want := out.String(), "wrote .github/workflows/a.yml\nwrote .github/workflows/b.yml\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}

	o.write = func(string, []byte) error { return errors.New("disk full") }
	if err := runWorkflows(o); err == nil || err.Error() != "writing the workflows: disk full" {
		t.Errorf("got %v", err)
	}
}

func TestTheWorkflowsCommandIsParsed(t *testing.T) {
	terminal, _, _ := screen()
	var ran []string
	command := newWorkflowsCommand(terminal, func(workflowsOptions) error { ran = append(ran, "workflows"); return nil })
	command.SetArgs(nil)
	if err := command.Execute(); err != nil || !slices.Equal(ran, []string{"workflows"}) {
		t.Errorf("ran %v, %v", ran, err)
	}
	command.SetArgs([]string{"dev"})
	command.SilenceErrors, command.SilenceUsage = true, true
	if err := command.Execute(); err == nil || !strings.Contains(err.Error(), `"dev" is one too many`) {
		t.Errorf("got %v", err)
	}
}
