// Package validate has Terraform validate synthesized stacks against the providers themselves.
package validate

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/internal/terraform"
)

// MissingProviders are those of the stacks that the plugin folder of this machine lacks; without such a folder there is
// the registry.
func MissingProviders() ([]string, error) {
	dir, err := terraform.PluginDir()
	if err != nil || dir == "" {
		return nil, err
	}
	var missing []string
	for _, provider := range []string{"helm", "kubernetes"} {
		if _, err := os.Stat(filepath.Join(dir, terraform.ProviderFolder(provider))); err != nil {
			missing = append(missing, provider)
		}
	}
	return missing, nil
}

// Without is a stack's JSON without some providers and their resources, and the types left out.
func Without(whole synth.Stack, providers []string) (text string, left []string) {
	part := whole.Copy()
	resources := synth.Object(part.Root, "resource")
	for _, provider := range providers {
		delete(synth.Object(part.Root, "provider"), provider)
		delete(synth.Object(part.Root, "terraform", "required_providers"), provider)
		for _, kind := range part.Types() {
			if strings.HasPrefix(kind, provider+"_") {
				delete(resources, kind)
				left = append(left, kind)
			}
		}
	}
	if len(resources) == 0 {
		delete(part.Root, "resource")
	}
	encoded, err := json.Marshal(part.Root)
	if err != nil {
		panic(fmt.Sprintf("stack %q: %v", whole.Name, err)) // it was parsed from JSON
	}
	return string(encoded), left
}

// Stack is what Terraform says of a stack's JSON, in a folder of its own. env is Terraform's environment.
func Stack(ctx context.Context, env []string, folder, stack string) ([]terraform.Diagnostic, error) {
	if err := os.WriteFile(filepath.Join(folder, "cdk.tf.json"), []byte(stack), 0o600); err != nil {
		return nil, fmt.Errorf("writing the stack: %w", err)
	}
	workspace := terraform.Workspace{Dir: folder, Env: env}
	if err := workspace.Init(ctx, "-backend=false"); err != nil {
		return nil, err
	}
	return workspace.Validate(ctx)
}
