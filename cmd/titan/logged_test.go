package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// talking is a Terraform that says something.
type talking struct{ folder }

func (f *talking) Plan(_ context.Context, _ string, _ bool, watch func(terraform.Message)) (bool, error) {
	watch(terraform.Message{Text: "aws_vpc.main: Plan to create"})
	watch(terraform.Message{Type: terraform.DiagnosticMessage, Text: "Warning: deprecated", Diagnostic: terraform.Diagnostic{
		Severity: "warning", Address: "aws_vpc.main", Summary: "deprecated", Detail: "use\nanother"}})
	return true, nil
}

func (f *talking) Apply(_ context.Context, _ string, watch func(terraform.Message)) error {
	watch(terraform.Message{Text: "aws_vpc.main: Creating..."})
	return os.ErrInvalid
}

// A plan begins the log of a stack, its apply goes on with it, and the next plan begins anew.
func TestAllThatTerraformSaysIsKept(t *testing.T) {
	t.Chdir(t.TempDir())
	heard := 0
	watch := func(terraform.Message) { heard++ }
	folders := keepLogs(runner.Deploy, func(order.Stack) runner.Terraform { return &talking{} })
	for range 2 {
		stack := folders(order.Stack{Name: "prod.global"})
		if changes, err := stack.Plan(t.Context(), "plan", false, watch); !changes || err != nil {
			t.Fatalf("%v, %v", changes, err)
		}
		if err := stack.Apply(t.Context(), "plan", watch); err != os.ErrInvalid {
			t.Fatalf("the error of the apply is %v", err)
		}
	}
	text, err := os.ReadFile(filepath.Join(workDir, "deploy-prod.global.log"))
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "log", string(text), `aws_vpc.main: Plan to create
warning: aws_vpc.main: deprecated use another
aws_vpc.main: Creating...
`)
	if heard != 6 {
		t.Errorf("%d messages are handed on, want 6", heard)
	}
}
