//go:build e2e

package e2e

import (
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/environments/edit"
)

// standing makes by hand what an environment's files take for made.
func (d *deployment) standing(t *testing.T) {
	t.Helper()
	d.standingZone(t)
	d.standingLogins(t)
	d.standingRole(t)
}

// standingZone makes the zone of an environment that looks up one that no file makes; where its file names the zone, it
// makes two of that name, and has the file name the second.
func (d *deployment) standingZone(t *testing.T) {
	t.Helper()
	all, err := environments.Load(d.files, "")
	must(t, err)
	if slices.ContainsFunc(all, func(e environments.Environment) bool { return e.DNS.Zone == d.DNS.Zone && e.DNS.CreateZone }) {
		return
	}
	_, remove := d.makeZone(t, d.DNS.Zone)
	d.removals = append(d.removals, remove)
	if d.DNS.ZoneID == "" {
		return
	}
	id, remove := d.makeZone(t, d.DNS.Zone)
	d.removals = append(d.removals, remove)
	file, err := edit.Open(filepath.Join(d.files, d.Name+".yaml"))
	must(t, err)
	must(t, file.Set("dns.zone_id", id))
	must(t, file.Save(func(folder string) error { _, err := environments.Load(folder, ""); return err }))
}

// unmake removes the zones that were made by hand, so that what is left afterwards is Terraform's.
func (d *deployment) unmake() {
	for _, remove := range d.removals {
		remove()
	}
}

// standingLogins makes the secrets with which the account's registry logs in to others.
func (d *deployment) standingLogins(t *testing.T) {
	t.Helper()
	c := d.client(t)
	for _, base := range d.Bases {
		c.region = string(base.Region)
		for _, upstream := range base.Account.ImageCache.Upstreams() {
			if upstream.SecretName == "" {
				continue
			}
			// A peer in the same account may have made it.
			c.do(apiCall{service: "secretsmanager", target: "secretsmanager.CreateSecret", body: map[string]any{
				"Name": upstream.SecretName, "SecretString": `{"username": "robot", "accessToken": "token"}`,
			}})
		}
	}
}

// standingRole makes the role that Terraform assumes where the account's file names one.
func (d *deployment) standingRole(t *testing.T) {
	t.Helper()
	_, name, named := strings.Cut(d.Account.Role, ":role/")
	if !named {
		return
	}
	at := strings.LastIndex(name, "/") + 1
	c := d.client(t)
	c.region = string(environments.GlobalRegion)
	// A peer in the same account may have made it.
	c.do(apiCall{service: "iam", form: url.Values{
		"Action": {"CreateRole"}, "RoleName": {name[at:]}, "Path": {"/" + name[:at]},
		"AssumeRolePolicyDocument": {`{"Version":"2012-10-17","Statement":[]}`},
	}})
}
