package environments

import (
	"strings"
	"testing"
)

// Two records of one name are each other's: Route 53 would take the second for a mistake, or the first away.
func TestGrafanasNameIsOneEnvironmentsAlone(t *testing.T) {
	const setting = "addons: {grafana: {name: NAME, allow_cidrs: [8.8.8.0/24]}}\n"
	staging := strings.NewReplacer("tier: production", "tier: staging", "account: production", "account: staging",
		"333333333333", "222222222222", ", create_zone: true}", "}",
		"zone: titan.example.com", "zone: titan.example.com, domain: staging.titan.example.com", "10.30.0.0", "10.40.0.0").
		Replace(valid)
	secondary := strings.NewReplacer("owner: platform", "owner: platform\ndr: {primary: prod}",
		"region: eu-west-1\nsecond_region: eu-central-1", "region: eu-central-1\nsecond_region: eu-west-1",
		", create_zone: true", "", "10.30.0.0", "10.40.0.0").Replace(valid) +
		"database: {restored_from: birthday-db-prod-standby}\n"
	primary := edited(t, valid, "owner: platform", "owner: platform\ndr: {role: primary}")
	const name = "grafana.titan.example.com"
	with := func(file, name string) string { return file + strings.Replace(setting, "NAME", name, 1) }
	for what, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"a name each": {map[string]string{
			"prod.yaml":    with(valid, name),
			"staging.yaml": with(staging, "grafana.staging.titan.example.com"),
		}, nil},
		"one name": {map[string]string{"prod.yaml": with(valid, name), "staging.yaml": with(staging, name)},
			[]string{"prod.yaml", "staging.yaml"}},
		"a pair's": {map[string]string{"prod.yaml": with(primary, name), "prod-dr.yaml": with(secondary, name)},
			[]string{"prod-dr.yaml", "prod.yaml"}},
		"another's application": {map[string]string{
			"prod.yaml":    valid,
			"staging.yaml": with(staging, "api.titan.example.com"),
		}, []string{"staging.yaml"}},
		"a child zone's": {map[string]string{
			"prod.yaml": with(edited(t, valid, "create_zone: true}", "create_zone: true, delegations: "+
				"[{name: tools.titan.example.com, name_servers: [ns-1.example.org, ns-2.example.org]}]}"),
				"grafana.tools.titan.example.com"),
		}, []string{"prod.yaml"}},
		"no issuer's": {map[string]string{
			"prod.yaml": with(edited(t, valid, "create_zone: true}", "create_zone: true, records: "+
				"[{name: grafana.titan.example.com, type: CAA, values: ['0 issue \"example.org\"']}]}"), name),
		}, []string{"prod.yaml"}},
	} {
		t.Run(what, func(t *testing.T) {
			got := complaints(t, c.files)
			if c.want == nil && got != "" || len(c.want) > 0 && strings.Count(got, "\n")+1 != len(c.want) {
				t.Fatalf("got\n%s\nwant one of each of %v", got, c.want)
			}
			for i, line := range strings.Split(got, "\n") {
				if c.want != nil &&
					(!strings.HasPrefix(line, c.want[i]+":") ||
						!strings.Contains(line, "grafana") && !strings.Contains(line, "api.titan")) {
					t.Errorf("got %s, want it of %s", line, c.want[i])
				}
			}
		})
	}
}
