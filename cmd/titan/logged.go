package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// logged keeps all that Terraform says of a stack in a file: the screen has how far it is.
type logged struct {
	runner.Terraform
	file string
}

// keepLogs keeps what Terraform says in a file a stack: .titan/deploy-prod.global.log.
func keepLogs(verb runner.Verb, folders func(order.Stack) runner.Terraform) func(order.Stack) runner.Terraform {
	return func(stack order.Stack) runner.Terraform {
		return logged{folders(stack), filepath.Join(workDir, fmt.Sprintf("%s-%s.log", verb, stack.Name))}
	}
}

func (l logged) Plan(
	ctx context.Context, file string, destroy bool, watch func(terraform.Message),
) (changes bool, err error) {
	err = l.keep(os.O_TRUNC, watch, func(watch func(terraform.Message)) error {
		changes, err = l.Terraform.Plan(ctx, file, destroy, watch)
		return err
	})
	return changes, err
}

func (l logged) Apply(ctx context.Context, file string, watch func(terraform.Message)) error {
	return l.keep(os.O_APPEND, watch, func(watch func(terraform.Message)) error {
		return l.Terraform.Apply(ctx, file, watch)
	})
}

func (l logged) keep(
	how int, watch func(terraform.Message), do func(watch func(terraform.Message)) error,
) error {
	if err := os.MkdirAll(filepath.Dir(l.file), 0o755); err != nil {
		return fmt.Errorf("keeping what Terraform says: %w", err)
	}
	log, err := os.OpenFile(l.file, os.O_CREATE|os.O_WRONLY|how, 0o600)
	if err != nil {
		return fmt.Errorf("keeping what Terraform says: %w", err)
	}
	defer func() { _ = log.Close() }() // what could be written was
	return do(func(message terraform.Message) {
		text := message.Text
		if message.Type == terraform.DiagnosticMessage {
			text = message.Diagnostic.String()
		}
		fmt.Fprintln(log, text)
		watch(message)
	})
}
