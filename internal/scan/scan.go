// Package scan has a policy scanner look at plans and rendered charts: all of its checks, minus the project's
// suppressions.
package scan

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/internal/venv"
)

// requirements pin the scanner, checkov, and all it needs, by hash.
//
//go:embed requirements.txt
var requirements []byte

// Finding is one check that a resource of a plan, or an object of a chart, fails.
type Finding struct {
	Environment string
	Kinds       []string // what the environment is, by KindsOf
	Check, Name string
	Resource    string // its address, or an object's kind, namespace and name, with points between
	Stack       string // empty where it is of no single one
}

// isOf is whether it is of an environment of this kind or name.
func (f Finding) isOf(kind string) bool {
	return f.Environment == kind || slices.Contains(f.Kinds, kind)
}

// Result is what the scanner says of one plan, or of the charts of one stack.
type Result struct {
	Passed   int
	Findings []Finding
}

// Plan plans a synthesized stack and returns the plan as JSON. The backend is left out for it: its bucket need not be
// there to judge what would be made.
func Plan(ctx context.Context, workspace terraform.Workspace) ([]byte, error) {
	override := filepath.Join(workspace.Dir, "backend_override.tf.json")
	if err := os.WriteFile(override, []byte(`{"terraform":{"backend":{"local":{}}}}`), 0o600); err != nil {
		return nil, fmt.Errorf("planning for a scan: %w", err)
	}
	if err := workspace.Init(ctx); err != nil {
		return nil, err
	}
	if _, err := workspace.Plan(ctx, "scan.tfplan"); err != nil {
		return nil, err
	}
	return workspace.ShowPlan(ctx, "scan.tfplan")
}

// Scan has checkov judge a plan's JSON of an environment. work is an ignored folder, for the scanner.
func Scan(ctx context.Context, work, environment string, plan []byte) (Result, error) {
	plan, err := withoutUnset(plan)
	if err != nil {
		return Result{}, err
	}
	return judge(ctx, work, environment, "terraform_plan", map[string][]byte{"plan.json": plan})
}

// judge runs checkov, with the checks of one of its frameworks, over files by their names.
func judge(ctx context.Context, work, environment, framework string, files map[string][]byte) (Result, error) {
	programs, err := venv.Install(ctx, work, "checkov", requirements)
	if err != nil {
		return Result{}, err
	}
	dir, err := os.MkdirTemp("", "titan-scan-")
	if err != nil {
		return Result{}, fmt.Errorf("scanning: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // temporary
	arguments := []string{
		"--framework", framework, "--output", "json", "--quiet", "--compact", "--skip-download", "--soft-fail",
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, files[name], 0o600); err != nil {
			return Result{}, fmt.Errorf("scanning: %w", err)
		}
		arguments = append(arguments, "--file", file)
	}
	command := exec.CommandContext(ctx, filepath.Join(programs, "checkov"), arguments...)
	var output, problems bytes.Buffer
	command.Stdout, command.Stderr = &output, &problems
	if err := command.Run(); err != nil {
		return Result{}, fmt.Errorf("running checkov: %w\n%s", err, problems.String())
	}
	return read(environment, output.Bytes())
}

// read reads checkov's report of one framework.
func read(environment string, report []byte) (Result, error) {
	var parsed struct {
		Results struct {
			Failed []struct {
				CheckID   string `json:"check_id"`
				CheckName string `json:"check_name"`
				Resource  string `json:"resource"`
			} `json:"failed_checks"`
		} `json:"results"`
		Summary *struct {
			Passed        int `json:"passed"`
			ParsingErrors int `json:"parsing_errors"`
			Resources     int `json:"resource_count"`
		} `json:"summary"`
	}
	if err := json.Unmarshal(report, &parsed); err != nil {
		return Result{}, fmt.Errorf("reading checkov's report: %w", err)
	}
	// A report without a summary says that checkov found nothing to look at, which is no clean bill of health.
	if parsed.Summary == nil || parsed.Summary.Resources == 0 || parsed.Summary.ParsingErrors > 0 {
		return Result{}, errors.New("checkov could not read what it was given, or saw no resource in it")
	}
	result := Result{Passed: parsed.Summary.Passed}
	for _, f := range parsed.Results.Failed {
		result.Findings = append(result.Findings, Finding{
			Environment: environment, Check: f.CheckID, Name: f.CheckName, Resource: f.Resource,
		})
	}
	return result, nil
}
