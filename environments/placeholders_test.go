package environments

import (
	"fmt"
	"slices"
	"testing"
)

// sampleOf is an environment whose every value is its owner's own.
func sampleOf(change func(*Environment)) Environment {
	e := Environment{
		Name:       "dev",
		Repository: "acme/platform",
		Account: Account{
			Name:       "acme",
			ID:         "210987654321",
			Role:       "arn:aws:iam::210987654321:role/terraform",
			Repository: "acme/infrastructure",
			Connection: "arn:aws:codeconnections:eu-west-1:210987654321:connection/6f1b2c3d-0000-0000-0000-000000000000",
			Emails:     []string{"cloud@acme.io"},
		},
		DNS: DNS{Zone: "dev.acme.io", Name: "api.dev.acme.io"},
		Cluster: Cluster{
			PublicCIDRs: []string{"52.94.76.0/24", "0.0.0.0/0"},
			Admins:      []string{"arn:aws:iam::210987654321:role/admin"},
		},
		Observability: Observability{
			Emails:   []string{"oncall@acme.io"},
			Webhooks: []string{"https://alerts.acme.io/aws"},
		},
		Delivery: Delivery{Repository: "acme/birthday-app"},
	}
	change(&e)
	return e
}

func TestPlaceholdersAreFound(t *testing.T) {
	for want, change := range map[string]func(*Environment){
		"":           func(*Environment) {},
		"repository": func(e *Environment) { e.Repository = "titan-platform/titan" },
		"id":         func(e *Environment) { e.Account.ID = "111111111111" },
		"id ":        func(e *Environment) { e.Account.ID = "123456789012" },
		"role":       func(e *Environment) { e.Account.Role = "arn:aws:iam::222222222222:role/terraform" },
		"connection": func(e *Environment) {
			e.Account.Connection = "arn:aws:codeconnections:eu-west-1:210987654321:" + sampleConnection
		},
		"emails[0]":   func(e *Environment) { e.Account.Emails = []string{"me@example.org"} },
		"repository ": func(e *Environment) { e.Account.Repository = "titan-platform/titan" },
		"dns.zone":    func(e *Environment) { e.DNS.Zone = "dev.titan.example.com" },
		"dns.zone ":   func(e *Environment) { e.DNS.Zone = "titan.test" },
		"dns.name":    func(e *Environment) { e.DNS.Name = "www.example" },
		"cluster.public_cidrs[1]": func(e *Environment) {
			e.Cluster.PublicCIDRs = []string{"52.94.76.0/24", "198.51.100.7/32"}
		},
		"cluster.admins[0]": func(e *Environment) { e.Cluster.Admins = []string{"arn:aws:iam::333333333333:user/x"} },
		"cluster.readers[0]": func(e *Environment) {
			e.Cluster.Readers = []string{"arn:aws:iam::333333333333:role/path/x"}
		},
		"observability.emails[0]": func(e *Environment) { e.Observability.Emails = []string{"me@mail.example.org"} },
		"observability.webhooks[0]": func(e *Environment) {
			e.Observability.Webhooks = []string{"https://example.net:8443/x"}
		},
		"delivery.repository": func(e *Environment) { e.Delivery.Repository = "titan-platform/birthday-app" },
		" ":                   func(e *Environment) { e.Emulator, e.Account.ID = true, "000000000000" },
		"  ":                  func(e *Environment) { e.DNS.Zone, e.Delivery.Repository = "contest.com", "" },
	} {
		var settings []string
		for _, found := range sampleOf(change).Placeholders() {
			settings = append(settings, found.Setting)
		}
		wanted := []string{}
		if setting := trimmed(want); setting != "" {
			wanted = []string{setting}
		}
		if !slices.Equal(settings, wanted) {
			t.Errorf("%q: got %q", want, settings)
		}
	}
}

// trimmed lets two cases of one setting be keys of a map.
func trimmed(text string) string {
	var setting string
	_, _ = fmt.Sscan(text, &setting)
	return setting
}

// The committed files are samples, and load: they are all found to be, but the one for the emulator.
func TestTheSamplesAreKnownAsSuch(t *testing.T) {
	all, err := Load("../tests/fixtures/platform", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, environment := range all {
		found := environment.Placeholders()
		if environment.Emulator != (len(found) == 0) {
			t.Errorf("%s: %v", environment.Name, found)
		}
		if environment.Name == "dev" {
			has := func(setting string) bool {
				return slices.ContainsFunc(found, func(p Placeholder) bool { return p.Setting == setting })
			}
			for _, setting := range []string{
				"repository", "id", "connection", "dns.zone", "cluster.public_cidrs[0]", "cluster.admins[0]", "delivery.repository",
			} {
				if !has(setting) {
					t.Errorf("dev's %s is not found: %v", setting, found)
				}
			}
		}
	}
}
