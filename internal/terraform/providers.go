package terraform

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/titan-platform/titan/internal/venv"
)

// awsOnly needs the AWS provider, as the stacks do (stacks/stack.go), and nothing else: no backend, and no provider
// that is configured, so that nobody's account is asked for anything.
const awsOnly = `{"terraform": {"required_providers": {"aws": {"source": "hashicorp/aws", "version": "~> 5.99"}}}}
`

// Providers is a plugin folder with the AWS provider, for an environment in which Terraform reaches no registry:
// the one that PluginDir finds, or else one that is filled below dir, an ignored folder, by the caller's own
// configuration of proxies, mirrors and plugin caches. Init installs a provider also where dev_overrides has
// another run in its place.
func Providers(ctx context.Context, dir string) (string, error) {
	if found, err := PluginDir(); found != "" || err != nil {
		return found, err
	}
	return installProviders(ctx, dir)
}

func installProviders(ctx context.Context, dir string) (string, error) {
	dir, err := filepath.Abs(filepath.Join(dir, "providers"))
	if err != nil {
		return "", fmt.Errorf("installing the AWS provider: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("installing the AWS provider: %w", err)
	}
	unlock, err := venv.Lock(filepath.Join(dir, "lock"))
	if err != nil {
		return "", err
	}
	defer unlock()
	// Laid out as a filesystem mirror is.
	installed := filepath.Join(dir, ".terraform", "providers")
	// The lock file is written last: an installation that was killed is made anew.
	if !isMissing(filepath.Join(dir, ".terraform.lock.hcl")) && HoldsFittingVersion(installed, "aws") {
		return installed, nil
	}
	if err := os.WriteFile(filepath.Join(dir, "main.tf.json"), []byte(awsOnly), 0o600); err != nil {
		return "", fmt.Errorf("installing the AWS provider: %w", err)
	}
	if err := (Workspace{Dir: dir, Env: EnvironmentFrom("")}).Init(ctx, "-backend=false"); err != nil {
		return "", fmt.Errorf("installing the AWS provider: %w", err)
	}
	return installed, nil
}
