//go:build e2e

package e2e

import (
	"path/filepath"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/environments/edit"
)

// zoneIsDelegated has the file no longer say that the zone waits for its parent, as docs/dns.md does it: the stacks that
// were left out follow.
func (d *deployment) zoneIsDelegated(t *testing.T) {
	t.Helper()
	file, err := edit.Open(filepath.Join(d.files, d.Name+".yaml"))
	must(t, err)
	must(t, file.Remove("dns.delegated"))
	must(t, file.Save(func(folder string) error { _, err := environments.Load(folder, ""); return err }))
	all, err := environments.Load(d.files, d.Name)
	must(t, err)
	d.Environment = all[0]
	d.synthesize(t)
}
