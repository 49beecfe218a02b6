package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/kubernetes"
	"github.com/titan-platform/titan/internal/scan"
	"github.com/titan-platform/titan/internal/stubprovider"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// scanTools are what scans of stacks share.
type scanTools struct {
	plugins string // a folder with providers; those of the cluster are stubs where they can't be had
	helm    string // the program; empty in a repository that uses Titan, which has the sources of neither
}

// newScanTools builds Helm, and fills dir with providers.
func newScanTools(ctx context.Context, dir string) (scanTools, error) {
	own, err := terraform.Providers(ctx, workDir)
	if err != nil {
		return scanTools{}, err
	}
	programs, err := kubernetes.Install(ctx, ".", workDir)
	if errors.Is(err, fs.ErrNotExist) {
		return scanTools{plugins: own}, nil
	}
	if err != nil {
		return scanTools{}, err
	}
	plugins, err := stubprovider.Beside(ctx, own, dir)
	return scanTools{plugins, programs.Helm}, err
}

// scanEnvironment scans the stacks that are made by an environment's file, on an emulator of its account. Nothing is
// applied: what a stack looks up is made by hand, and what it reads of another stack's outputs is a sample.
func (o scanOptions) scanEnvironment(
	ctx context.Context, tools scanTools, out string, environment environments.Environment, table []order.Stack,
) ([]scan.Finding, error) {
	running, err := emulator.Start(ctx, workDir, environment.Account.ID)
	if err != nil {
		return nil, err
	}
	defer running.Stop()
	env := terraform.EnvironmentOver(emulator.Isolated(running.URL()), tools.plugins)
	made := newLookups(running.URL())
	var findings []scan.Finding
	for _, stack := range table {
		if stack.Environment != environment.Name {
			continue
		}
		w := terraform.Workspace{Dir: stackDir(out, stack.Name), Env: env}
		if stack.Kind == order.Platform {
			if tools.helm == "" {
				o.terminal.printf("%-36s not planned: Titan's own repository alone has what that takes\n", stack.Name)
				continue
			}
			if err := sampleOutputs(w.Dir, stackDir(out, environment.Name)); err != nil {
				return nil, fmt.Errorf("stack %s: %w", stack.Name, err)
			}
		}
		found, err := o.scanStack(ctx, tools, w, stack, made)
		if err != nil {
			return nil, fmt.Errorf("stack %s: %w", stack.Name, err)
		}
		findings = append(findings, found...)
	}
	for i := range findings {
		findings[i].Kinds = scan.KindsOf(environment)
	}
	return findings, nil
}

// sampleOutputs has a stack read samples of the outputs of another one. Both are folders.
func sampleOutputs(stack, of string) error {
	synthesized, err := os.ReadFile(filepath.Join(of, "cdk.tf.json"))
	if err != nil {
		return fmt.Errorf("reading a synthesized stack: %w", err)
	}
	return scan.WithSampleOutputs(stack, synthesized)
}

func (o scanOptions) scanStack(
	ctx context.Context, tools scanTools, w terraform.Workspace, stack order.Stack, made lookups,
) ([]scan.Finding, error) {
	file := filepath.Join(w.Dir, "cdk.tf.json")
	synthesized, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading a synthesized stack: %w", err)
	}
	findable, err := made.make(ctx, synthesized)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(file, findable, 0o600); err != nil {
		return nil, fmt.Errorf("writing a synthesized stack: %w", err)
	}
	plan, err := scan.Plan(ctx, w)
	if err != nil {
		return nil, err
	}
	result, err := scan.Scan(ctx, workDir, stack.Environment, plan)
	if err != nil {
		return nil, err
	}
	documents, err := scan.Documents(synthesized)
	if err != nil {
		return nil, err
	}
	policies, err := scan.LintIAM(ctx, workDir, stack.Environment, documents)
	if err != nil {
		return nil, err
	}
	o.terminal.printf("%-36s %4d checks passed, %d failed; %d IAM policies, %d findings\n",
		stack.Name, result.Passed, len(result.Findings), len(documents), len(policies))
	charts, err := o.scanCharts(ctx, tools, w.Dir, stack, plan)
	if err != nil {
		return nil, err
	}
	findings := slices.Concat(result.Findings, policies, charts)
	for i := range findings {
		findings[i].Stack = stack.Name
	}
	return findings, nil
}

// scanCharts renders the charts of a stack's plan that lie in this repository, and scans the objects.
func (o scanOptions) scanCharts(
	ctx context.Context, tools scanTools, dir string, stack order.Stack, plan []byte,
) ([]scan.Finding, error) {
	releases, err := scan.Releases(plan)
	if err != nil {
		return nil, err
	}
	rendered := map[string][]byte{}
	for _, release := range releases {
		if release.NotRendered != "" {
			o.terminal.printf("%-36s not rendered: %s\n", "  release "+release.Name, release.NotRendered)
			continue
		}
		if rendered[release.Name], err = release.Render(ctx, tools.helm, dir); err != nil {
			return nil, err
		}
		o.terminal.printf("%-36s rendered\n", "  release "+release.Name)
	}
	result, err := scan.Manifests(ctx, workDir, stack.Environment, rendered)
	if err == nil && len(rendered) > 0 {
		o.terminal.printf("%-36s %4d checks passed, %d failed\n",
			"  objects of rendered charts", result.Passed, len(result.Findings))
	}
	return result.Findings, err
}
