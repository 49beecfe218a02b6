// Package stubprovider gives tests the helm and kubernetes providers where a machine takes Terraform's providers from
// a folder without them: a stub with the real schemas that keeps what it is given. README.md says what that shows and
// what it can't.
package stubprovider

import (
	"fmt"

	"github.com/titan-platform/titan/internal/terraform"
)

// versions of the providers that the stubs have the schemas of.
var versions = map[string]string{"helm": "2.17.0", "kubernetes": "2.37.1"}

// Needed are the providers, sorted, that the plugin folder of this machine lacks and a stub stands in for. Where
// there is no such folder, Terraform takes the real ones from the registry, and none is needed.
func Needed() ([]string, error) {
	dir, err := terraform.PluginDir()
	if err != nil {
		return nil, fmt.Errorf("looking for helm's and kubernetes' providers: %w", err)
	}
	if dir == "" {
		return nil, nil
	}
	return lacking(dir), nil
}

// lacking are the providers, sorted, that a plugin folder lacks and there are stubs of.
func lacking(dir string) []string {
	var needed []string
	for _, provider := range []string{"helm", "kubernetes"} {
		if !terraform.HoldsFittingVersion(dir, provider) {
			needed = append(needed, provider)
		}
	}
	return needed
}
