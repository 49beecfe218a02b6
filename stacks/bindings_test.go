package stacks

import (
	"runtime/debug"
	"strings"
	"testing"
)

func TestAnotherVersionOfTheBindingsIsRefused(t *testing.T) {
	const aws, helm = "github.com/cdktf/cdktf-provider-aws-go/aws/", "github.com/cdktf/cdktf-provider-helm-go/helm/"
	for name, c := range map[string]struct {
		paths []string
		want  string
	}{
		"the platform's own": {[]string{aws + "v19", helm + "v10"}, ""},
		"a newer one": {[]string{aws + "v19", aws + "v20"},
			"an extension imports " + aws + "v20, and the platform " + aws + "v19"},
		"an older one":     {[]string{helm + "v9"}, "import v10"},
		"another provider": {[]string{"github.com/cdktf/cdktf-provider-random-go/random/v11"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var modules []*debug.Module
			for _, path := range c.paths {
				modules = append(modules, &debug.Module{Path: path})
			}
			err := checkBindings(modules)
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}
