package main

import (
	"context"
	"sync"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/hooks"
	"github.com/titan-platform/titan/internal/runner"
)

// accounts are the AWS accounts that a command has reached.
type accounts struct {
	mutex   sync.Mutex
	reached map[string]*awsops.Account // by name
}

// account reaches an account, once.
func (a *accounts) account(ctx context.Context, account environments.Account) (*awsops.Account, error) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if known := a.reached[account.Name]; known != nil {
		return known, nil
	}
	reached, err := awsops.NewAccount(ctx, account)
	if err != nil {
		return nil, err
	}
	if a.reached == nil {
		a.reached = map[string]*awsops.Account{}
	}
	a.reached[account.Name] = reached
	return reached, nil
}

// hooks reaches an account for what is done between stacks.
func (a *accounts) hooks(ctx context.Context, account environments.Account) (hooks.AWS, error) {
	reached, err := a.account(ctx, account)
	if err != nil {
		return hooks.AWS{}, err
	}
	return hooks.On(reached, hooks.DefaultWaits), nil
}

// installHooks gives a runner what is done between stacks.
func installHooks(all []environments.Environment, r *runner.Runner) {
	reach := &accounts{}
	hooks.Hooks{Environments: all, Account: reach.hooks}.Install(r)
}
