package failover

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/hooks"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// Stacks deploys stacks of the environments, as their files are at that moment.
type Stacks interface {
	// Deploy plans and applies stacks in their order, and nothing beside them. Each plan is shown to the guard.
	Deploy(ctx context.Context, names []string, guard Guard) error
}

// Guard judges plans: Review looks at those that would change something, Ask says whether it may be applied.
type Guard struct {
	Review runner.Review
	Ask    func(question string) (bool, error)
}

// Terraform is the Stacks that are synthesized anew at each deployment and taken through Terraform.
type Terraform struct {
	Folder string // of the environment files
	Out    string // where Synthesize writes to, as the cdktf CLI has it: Out/stacks/<stack>
	// Synthesize writes the stacks of environments.
	Synthesize func(ctx context.Context, names []string) error
	// Env is Terraform's environment, as terraform.Environment has it.
	Env []string
	// PlatformEnv is that of platform stacks, which need more providers. Default: Env.
	PlatformEnv []string
	// Account reaches the account of an environment, for what is done between stacks.
	Account func(context.Context, environments.Account) (hooks.AWS, error)

	View runner.View
	Now  func() time.Time
	Beat func() <-chan time.Time // as runner.Runner has it
}

// Deploy implements Stacks. What else the environment files changed in these stacks is deployed with it.
func (t Terraform) Deploy(ctx context.Context, names []string, guard Guard) error {
	all, err := environments.Load(t.Folder, "")
	if err != nil {
		return err
	}
	stacks := order.Part(order.All(all), func(stack order.Stack) bool { return slices.Contains(names, stack.Name) })
	if len(stacks) != len(names) {
		return fmt.Errorf("not all of %v are stacks: an environment whose zone is not delegated has none", names)
	}
	if err := t.Synthesize(ctx, sameAccount(all, stacks[0])); err != nil {
		return err
	}
	r := &runner.Runner{
		Terraform: func(stack order.Stack) runner.Terraform {
			return runner.Workspace(terraform.Workspace{Dir: filepath.Join(t.Out, "stacks", stack.Name), Env: t.env(stack)})
		},
		View: t.View, Now: t.Now, Beat: t.Beat, Review: guard.Review, Ask: guard.Ask,
	}
	hooks.Hooks{Environments: all, Account: t.Account}.Install(r)
	_, err = r.Run(ctx, runner.Deploy, stacks)
	return err
}

// sameAccount are the environments of the account of a stack, whose files its stacks are made from.
func sameAccount(all []environments.Environment, stack order.Stack) []string {
	var account string
	for _, environment := range all {
		if environment.Name == stack.Environment {
			account = environment.Account.ID
		}
	}
	var names []string
	for _, environment := range all {
		if environment.Account.ID == account {
			names = append(names, environment.Name)
		}
	}
	return names
}

func (t Terraform) env(stack order.Stack) []string {
	if stack.Kind == order.Platform && t.PlatformEnv != nil {
		return t.PlatformEnv
	}
	return t.Env
}
