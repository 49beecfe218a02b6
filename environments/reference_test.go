package environments

import "testing"

func TestDefaultsDifferByTier(t *testing.T) {
	for setting, want := range map[string]map[Tier]string{
		"network.nat":              {Development: "single", Staging: "per-az", Production: "per-az"},
		"database.readers":         {Development: "0", Staging: "1", Production: "2"},
		"cluster.service_cidr":     {Development: "172.20.0.0/16", Production: "172.20.0.0/16"},
		"dns.name":                 {Production: "api.ZONE"},
		"observability.budget_usd": {Production: "0"},
	} {
		for tier, value := range want {
			defaults, err := Defaults(tier)
			if err != nil {
				t.Fatal(err)
			}
			if defaults[setting] != value {
				t.Errorf("%s of %s is %q, want %q", setting, tier, defaults[setting], value)
			}
		}
	}
}
