package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/environments/edit"
	"github.com/titan-platform/titan/internal/architecture"
	"github.com/titan-platform/titan/internal/cost"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/review"
	"github.com/titan-platform/titan/stacks/order"
)

// showpiece is what there is to look at once the demo is deployed.
type showpiece struct {
	env      []string // see onEmulator
	change   string   // of the environment's file, as a difference
	reviewed string   // what a review says of it
}

// change makes the demo's change in the environment's file: two settings that look harmless, of which one deletes the
// backups of six days, and one lets more people reach the cluster's API.
func change(file *edit.File) error {
	if err := file.Set("database.retention_days", 1); err != nil {
		return err
	}
	return file.Append("cluster.public_cidrs", "203.0.113.0/24")
}

// review plans a change of the environment's file and has it reviewed. Nothing is applied.
func (s *showpiece) review(ctx context.Context) error {
	files, err := os.MkdirTemp("", "titan-demo-")
	if err != nil {
		return fmt.Errorf("showing a review: %w", err)
	}
	defer func() { _ = os.RemoveAll(files) }() // it is in this process's temporary folder
	if err := os.CopyFS(files, os.DirFS(environments.Dir())); err != nil {
		return fmt.Errorf("showing a review: %w", err)
	}
	if s.change, err = changeFile(filepath.Join(files, localEnvironment+".yaml")); err != nil {
		s.reviewed = fmt.Sprintf("none: %v\n", err) // the file is the user's, and may leave nothing to change
		return nil
	}
	out := filepath.Join(workDir, "demo")
	env := append(s.env[:len(s.env):len(s.env)], "TITAN_ENVIRONMENTS_DIR="+files)
	if err := synthesizeIn(ctx, env, out, []string{localEnvironment}); err != nil {
		return err
	}
	workspace := folderOf(localEnvironment, s.env)
	workspace.Dir = stackDir(out, localEnvironment)
	if err := workspace.Init(ctx); err != nil {
		return err
	}
	if _, err := workspace.Plan(ctx, "change.tfplan"); err != nil {
		return err
	}
	plan, err := workspace.ShowPlan(ctx, "change.tfplan")
	if err != nil {
		return err
	}
	s.reviewed, err = reviewed(plan)
	return err
}

// changeFile makes the change in a file, and returns the difference.
func changeFile(path string) (string, error) {
	file, err := edit.Open(path)
	if err != nil {
		return "", err
	}
	if err := change(file); err != nil {
		return "", err
	}
	_, difference, _ := strings.Cut(file.Diff(), "\n@@") // without the copy's path
	return "@@" + difference, file.Save(func(folder string) error { _, err := environments.Load(folder, ""); return err })
}

// reviewed is what `titan review` says of a plan of the environment.
func reviewed(plan []byte) (string, error) {
	all, err := loadEnvironments()
	if err != nil {
		return "", err
	}
	read, err := review.Read(bytes.NewReader(plan))
	if err != nil {
		return "", err
	}
	read.Stack = localEnvironment
	var text strings.Builder
	err = review.Review([]review.Plan{read}, reviewRules(all, nil)).Human(&text)
	return text.String(), err
}

// print says what there is to look at, and by which commands. make e2e-demo runs each of them.
func (s *showpiece) print(t *terminal) error {
	picture, err := drawLocal()
	if err != nil {
		return err
	}
	monthly, err := localCost()
	if err != nil {
		return err
	}
	t.printf("\na change of environments/%s.yaml that looks harmless, planned and reviewed, and not applied:\n\n%s\n%s\n",
		localEnvironment, s.change, s.reviewed)
	for _, line := range [][2]string{
		{"the picture", picture},
		{"what it is", program + " describe " + localEnvironment},
		{"the cost, about " + monthly + " USD a month on AWS", program + " cost " + localEnvironment},
		{"point this shell at it", `eval "$(` + program + ` emulator env)"`},
		{"break it", program + " demo break"},
		{"see what is broken", program + " plan " + localEnvironment},
		{"mend it", program + " deploy " + localEnvironment},
		{"the same by the cdktf CLI", "npx cdktf diff " + localEnvironment},
		{"point the shell back", `eval "$(` + program + ` emulator env --unset)"`},
		{"take it away", "make demo-down"},
	} {
		t.printf("%-44s %s\n", line[0], line[1])
	}
	return nil
}

// drawLocal draws the environment as it was synthesized.
func drawLocal() (file string, err error) {
	local, all, err := loadLocal()
	if err != nil {
		return "", err
	}
	var stacks []graph.Stack
	for _, stack := range order.Of(local) {
		text, err := readSynthesized(stack.Name)
		if err != nil {
			return "", fmt.Errorf("drawing %s: %w", localEnvironment, err)
		}
		stacks = append(stacks, graph.Stack{Name: stack.Name, JSON: text})
	}
	g, err := graph.Read(stacks...)
	if err != nil {
		return "", fmt.Errorf("drawing %s: %w", localEnvironment, err)
	}
	file = filepath.Join(workDir, "architecture-"+localEnvironment+".svg")
	if err := os.WriteFile(file, architecture.Draw(g, local, all), 0o644); err != nil {
		return "", fmt.Errorf("drawing %s: %w", localEnvironment, err)
	}
	return file, nil
}

// localCost is what the environment would cost on AWS, without what its account costs.
func localCost() (string, error) {
	local, _, err := loadLocal()
	if err != nil {
		return "", err
	}
	own, _, err := estimates(local, readSynthesized)
	return cost.Rounded(own.USD()), err
}
