package runner

import (
	"context"

	"github.com/titan-platform/titan/internal/terraform"
)

// Workspace is a folder with a synthesized stack as a run needs it.
func Workspace(w terraform.Workspace) Terraform { return workspace{w} }

type workspace struct{ terraform.Workspace }

func (w workspace) Init(ctx context.Context) error { return w.Workspace.Init(ctx) }

func (w workspace) Plan(ctx context.Context, file string, destroy bool, watch func(terraform.Message)) (bool, error) {
	if destroy {
		return w.StreamPlan(ctx, file, watch, "-destroy")
	}
	return w.StreamPlan(ctx, file, watch)
}

func (w workspace) Show(ctx context.Context, file string) ([]byte, error) {
	return w.ShowPlan(ctx, file)
}

func (w workspace) Apply(ctx context.Context, file string, watch func(terraform.Message)) error {
	return w.StreamApply(ctx, file, watch)
}
