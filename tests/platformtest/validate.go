package platformtest

import (
	"sync"
	"testing"

	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/internal/validate"
)

// validated has Terraform validate each stack against the providers themselves. It needs no account: the backend is
// left out. Providers come from a folder of this machine where there is one, else from the registry. What is of a
// provider that the folder lacks is left out, too, and named: there, its arguments are judged by the bindings alone,
// which are made of its schema and refuse what it does not know.
func validated(t *testing.T, stacks []Stack) {
	t.Helper()
	env, err := terraform.Environment()
	if err != nil {
		t.Fatal(err)
	}
	missing, err := validate.MissingProviders()
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range stacks {
		t.Run(one.Name, func(t *testing.T) {
			t.Parallel() // no construct is touched: each is a process of its own in a folder of its own
			judged, left := validate.Without(one, missing)
			if len(left) > 0 {
				t.Logf("not judged, for want of the provider: %v", left)
			}
			if _, done := accepted.LoadOrStore(judged, true); done {
				return // by another test of this run
			}
			diagnostics, err := validate.Stack(t.Context(), env, t.TempDir(), judged)
			if err != nil {
				t.Fatal(err)
			}
			for _, diagnostic := range diagnostics {
				t.Error(diagnostic)
			}
		})
	}
}

// accepted are the stacks that Terraform has looked at: each costs seconds.
var accepted sync.Map
