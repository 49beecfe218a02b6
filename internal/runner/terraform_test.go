package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// onTerraform is a Runner on the real Terraform. Each stack has a thing that a command makes, by the resource that
// Terraform has built in.
func onTerraform(t *testing.T, commands map[string]string) (*Runner, *events, string) {
	t.Helper()
	if _, err := exec.LookPath("terraform"); err != nil {
		t.Fatal("terraform is not installed; make setup says what is needed")
	}
	env, err := terraform.Environment()
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	for stack, command := range commands {
		configure(t, root, stack, command)
	}
	view := &events{}
	folder := func(stack order.Stack) Terraform {
		return Workspace(terraform.Workspace{Dir: filepath.Join(root, stack.Name), Env: env})
	}
	return &Runner{Terraform: folder, View: view, Now: time.Now}, view, root
}

// configure writes a stack whose thing is made by a shell command, in the stack's folder.
func configure(t *testing.T, root, stack, command string) {
	t.Helper()
	dir := filepath.Join(root, stack)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf(`{"resource":{"terraform_data":{"first":{},
"thing":{"depends_on":["terraform_data.first"],"provisioner":[{"local-exec":{"command":%q}}]}}}}`, command)
	if err := os.WriteFile(filepath.Join(dir, "cdk.tf.json"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestTerraformDeploysAndDestroys(t *testing.T) {
	r, view, _ := onTerraform(t, map[string]string{"a": "true", "b": "true"})
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	for _, step := range []struct {
		verb Verb
		want string
	}{
		{Plan, "a planned, b not begun"},
		{Deploy, "a applied, b applied"},
		{Deploy, "a unchanged, b unchanged"},
		{Destroy, "b applied, a applied"},
		{Destroy, "b unchanged, a unchanged"},
	} {
		results, err := r.Run(t.Context(), step.verb, chain[:2])
		if err != nil {
			t.Fatal(err)
		}
		expectOutcomes(t, results, step.want)
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("plans are left, which hold the state's values: %v, %v", left, err)
	}
	if applied := view.of(Applied); len(applied) != 4 || applied[0].Counts.Add != 2 || applied[3].Counts.Remove != 2 {
		t.Errorf("applied: %v", applied)
	}
}

// TestTerraformIsInterruptedAndGoneOnWith interrupts a resource that takes for ever: what was made before it is kept,
// and not made again.
func TestTerraformIsInterruptedAndGoneOnWith(t *testing.T) {
	r, view, root := onTerraform(t, map[string]string{"a": ": > begun; exec sleep 60"})
	ctx, interrupt := context.WithCancel(t.Context())
	go func() {
		defer interrupt()
		for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			if _, err := os.Stat(filepath.Join(root, "a", "begun")); err == nil {
				return
			}
		}
	}()
	results, err := r.Run(ctx, Deploy, chain[:1])
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	expectOutcomes(t, results, "a interrupted")
	if results[0].Counts.Add != 1 {
		t.Errorf("%d were made before the interrupt, want 1", results[0].Counts.Add)
	}
	configure(t, root, "a", "true")
	view.list = nil
	if _, err = r.Run(t.Context(), Deploy, chain[:1]); err != nil {
		t.Fatal(err)
	}
	for _, event := range view.of(Completed) {
		if event.Address == "terraform_data.first" {
			t.Errorf("what was made is made again: %s", event.Action)
		}
	}
}

// TestTerraformsStalePlan changes the state between plan and yes.
func TestTerraformsStalePlan(t *testing.T) {
	r, view, _ := onTerraform(t, map[string]string{"a": "true"})
	other, _, _ := onTerraform(t, nil)
	other.Terraform = r.Terraform
	asked := 0
	r.Ask = func(string) (bool, error) {
		if asked++; asked == 1 {
			if _, err := other.Run(t.Context(), Deploy, chain[:1]); err != nil {
				t.Error(err)
			}
		}
		return true, nil
	}
	results, err := r.Run(t.Context(), Deploy, chain[:1])
	if err != nil {
		t.Fatal(err)
	}
	expectOutcomes(t, results, "a unchanged") // the other run did it all
	if asked != 1 || len(view.of(Stale)) != 1 {
		t.Errorf("asked %d times, shown %v", asked, view.list)
	}
}

func TestTerraformsFailureIsToldWhole(t *testing.T) {
	r, _, root := onTerraform(t, map[string]string{"a": "echo no such region >&2; exit 3"})
	_, err := r.Run(t.Context(), Deploy, chain[:1])
	for _, want := range []string{
		"a: terraform apply in ",
		filepath.Join(root, "a"),
		"with terraform_data.thing",
		"exit status 3",
		"no such region",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error lacks %q: %v", want, err)
		}
	}
}
