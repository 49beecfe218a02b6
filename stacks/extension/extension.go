// Package extension is how a repository that uses Titan adds resources of its own to an environment, in the stacks of
// the platform and by its rules: tags, provider and state come with the stack; the checks of tests/platformtest and the
// scan hold what an extension declares to what the platform's own resources are held to.
package extension

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/aws/constructs-go/constructs/v10"

	"github.com/titan-platform/titan/environments"
)

// Extension is what a repository adds to the stack <env>. Own resources in the cluster come by InCluster, changes of
// what the platform declares by Overriding, renamed constructs by Moving. Environments may be built in processes side
// by side: only the stacks of one environment are sure to see what an extension keeps in a variable.
type Extension interface {
	// Name begins the addresses of what the extension declares, and so is for ever: lower-case letters, digits and
	// hyphens. No module of the platform has it.
	Name() string
	// Validate says why the extension can't be in an environment, before anything is built. nil is nothing.
	Validate(environment environments.Environment) error
	// Declare declares the resources below a scope of the extension's own.
	Declare(scope constructs.Construct, aws AWS)
}

// InCluster is an Extension that has something in the stack <env>.platform, too.
type InCluster interface {
	// DeclareInCluster declares it below a scope of the extension's own.
	DeclareInCluster(scope constructs.Construct, cluster Cluster)
}

// Overriding is an Extension that changes attributes of the platform's own resources.
type Overriding interface {
	// Overrides are the changes to an environment's stacks. Each is listed when the environment is synthesized.
	Overrides(environment environments.Environment) []Override
}

// namePattern is what an address may begin with.
var namePattern = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// Check says what keeps extensions from being used with each other or in the environments.
func Check(extensions []Extension, all []environments.Environment) error {
	var names []string
	for _, one := range extensions {
		name := one.Name()
		if !namePattern.MatchString(name) {
			return fmt.Errorf("extension %T has the name %q; allowed are lower-case letters, digits and hyphens, a letter first",
				one, name)
		}
		if slices.Contains(names, name) {
			return fmt.Errorf("two extensions have the name %q, which begins the addresses of what they declare", name)
		}
		names = append(names, name)
		for _, environment := range all {
			if err := one.Validate(environment); err != nil {
				return fmt.Errorf("extension %q in environment %q: %w", name, environment.Name, err)
			}
		}
	}
	return nil
}
