//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// TestLostBootstrapStateIsAdopted follows docs/runbooks/state.md.
func TestLostBootstrapStateIsAdopted(t *testing.T) {
	t.Parallel()
	all, err := environments.Load(environmentFiles(t), "prod")
	must(t, err)
	d := deploy(t, all[0])
	made := d.apply(t, d.bootstrap)
	state := filepath.Join(d.bootstrap.Dir, "../../..", "terraform."+filepath.Base(d.bootstrap.Dir)+".tfstate")
	must(t, os.Rename(state, state+".lost"))

	adoptBootstrap(t, d)
	adopted, err := d.bootstrap.State(t.Context())
	must(t, err)
	adopted = slices.DeleteFunc(adopted, func(address string) bool { return strings.HasPrefix(address, "data.") })
	if !slices.Equal(adopted, made) {
		t.Errorf("adopted %v\nwas %v", adopted, made)
	}
	d.planAgain(t, d.bootstrap)
}
