package stacks

import (
	"fmt"
	"runtime/debug"
	"strings"
)

// bindings are the modules of generated bindings whose npm package one program can hold in one version only: jsii
// refuses the second with a message about a path.
var bindings = map[string]string{
	"github.com/cdktf/cdktf-provider-aws-go/aws/":               "v19",
	"github.com/cdktf/cdktf-provider-helm-go/helm/":             "v10",
	"github.com/cdktf/cdktf-provider-kubernetes-go/kubernetes/": "v11",
}

// checkBindings is an error where an extension brings another version of a provider's bindings than the platform's.
func checkBindings(modules []*debug.Module) error {
	for _, module := range modules {
		for path, version := range bindings {
			if other, ok := strings.CutPrefix(module.Path, path); ok && other != version {
				return fmt.Errorf("an extension imports %s, and the platform %s%s: jsii can't load both; import %s",
					module.Path, path, version, version)
			}
		}
	}
	return nil
}
