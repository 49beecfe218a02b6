package environments

import (
	"strings"
	"testing"
)

func TestFilesThatContradictEachOther(t *testing.T) {
	staging := strings.NewReplacer("tier: production", "tier: staging", "account: production", "account: staging",
		"333333333333", "222222222222", "titan.example.com", "staging.titan.example.com", "10.30.0.0", "10.20.0.0").
		Replace(valid)
	primary := strings.Replace(valid, "owner: platform", "owner: platform\ndr: {role: primary}", 1)
	secondary := strings.NewReplacer("owner: platform", "owner: platform\ndr: {primary: prod}",
		"region: eu-west-1\nsecond_region: eu-central-1", "region: eu-central-1\nsecond_region: eu-west-1",
		", create_zone: true", "", "10.30.0.0", "10.40.0.0").Replace(valid) +
		"database: {restored_from: birthday-db-prod-standby}\n"
	with := func(file, old, text string) string {
		t.Helper()
		if !strings.Contains(file, old) {
			t.Fatalf("no %q in\n%s", old, file)
		}
		return strings.Replace(file, old, text, 1)
	}
	delivers := func(file, settings string) string {
		t.Helper()
		return with(file, "owner: platform", "owner: platform\ndelivery: {"+settings+"}")
	}
	for name, c := range map[string]struct {
		other, content, prod string
		want                 string
	}{
		"fine":      {"staging", staging, valid, ""},
		"fine pair": {"prod-dr", secondary, primary, ""},
		"blocks overlap": {"staging", with(staging, "10.20.0.0/16", "10.30.128.0/17"), valid,
			`staging.yaml:9:3: network.cidr "10.30.128.0/17" overlaps "10.30.0.0/16" of prod.yaml: ` +
				`the two could never be peered; choose a free block`},
		"zone made twice": {"staging",
			with(staging, "zone: staging.titan.example.com", "zone: titan.example.com, domain: staging.titan.example.com"),
			valid,
			`staging.yaml:7:67: dns.create_zone is true here and in prod.yaml for the same zone "titan.example.com"; ` +
				`one of them makes it, the other looks it up`},
		"secondary of nothing": {"prod-dr", with(secondary, "database: {restored_from: birthday-db-prod-standby}\n", ""),
			primary,
			`prod-dr.yaml:1:1: database.restored_from is missing in a secondary: ` +
				`an empty database knows none of its primary's roles or data; name the copy of a snapshot that the primary's ` +
				`database.snapshots keeps in this region`},
		"secondary of a primary that is none": {"prod-dr", secondary, valid,
			`prod-dr.yaml:3:6: dr.primary is "prod", whose dr.role is none; set it to primary there`},
		"secondary that serves beside its primary": {"prod-dr",
			with(secondary, "primary: prod", "primary: prod, active: true"), primary,
			`prod-dr.yaml:3:21: dr.active is true, and prod is not fenced: it would take the traffic back as soon as it is ` +
				`healthy, without what was written here; set dr.fenced: true there`},
		"secondary elsewhere": {"prod-dr", with(secondary, "region: eu-central-1", "region: eu-north-1"), primary,
			`prod-dr.yaml:6:1: region is "eu-north-1", and prod keeps its replicas in "eu-central-1"; ` +
				`a secondary lives where they are`},
		"secondary in another account": {"prod-dr",
			with(strings.ReplaceAll(secondary, "333333333333", "222222222222"), "account: production", "account: staging"),
			primary,
			`prod-dr.yaml:5:1: account is "staging", and prod lives in "production"; ` +
				`a secondary reads its primary's replicas, in the same account`},
		"secondary by another name": {"prod-dr",
			with(secondary, "zone: titan.example.com", "zone: titan.example.com, name: dr.titan.example.com"), primary,
			`prod-dr.yaml:8:1: dns is dr.titan.example.com behind origin.titan.example.com in titan.example.com, ` +
				`and prod has api.titan.example.com behind origin.titan.example.com in titan.example.com; ` +
				`a secondary answers to the same names`},
		"secondary by another origin": {"prod-dr",
			with(secondary, "zone: titan.example.com",
				"zone: titan.example.com, domain: dr.titan.example.com, name: x.dr.titan.example.com"),
			with(primary, "create_zone: true", "create_zone: true, domain: dr.titan.example.com, name: x.dr.titan.example.com"),
			""},
		"emulated beside a real one": {"staging",
			with(strings.ReplaceAll(staging, "222222222222", "333333333333"), "account: staging",
				"account: production\nemulator: true"), valid,
			`staging.yaml:4:1: account is "production", and that of prod.yaml, too: ` +
				`one of the two is emulated, and they would share the stacks of their account; ` +
				`give the emulated one an account of its own`},
		"secondary whose second region is a third": {"prod-dr",
			with(secondary, "second_region: eu-west-1", "second_region: eu-north-1"), primary,
			`prod-dr.yaml:7:1: second_region is "eu-north-1", and prod lives in "eu-west-1": ` +
				`once this one serves, its replicas are what the way back is made from; set it to eu-west-1`},
		"primary in us-east-1": {"prod-dr", with(secondary, "second_region: eu-west-1", "second_region: us-east-1"),
			with(primary, "region: eu-west-1", "region: us-east-1"),
			"prod-dr.yaml:3:6: dr.primary is \"prod\", at home in us-east-1: " +
				"who serves, DNS and IAM are controlled from there, so nobody can fail over while that region is lost; " +
				"choose another region for it, or add `acknowledge: [global-primary]` to its file"},
		"primary in us-east-1, knowingly": {"prod-dr",
			with(secondary, "second_region: eu-west-1", "second_region: us-east-1"),
			with(with(primary, "region: eu-west-1", "region: us-east-1"), "owner: platform",
				"owner: platform\nacknowledge: [global-primary]"), ""},
		"the same name twice": {"staging",
			with(staging, "zone: staging.titan.example.com, create_zone: true",
				"zone: titan.example.com, domain: eu.titan.example.com, name: api.eu.titan.example.com"),
			with(valid, "create_zone: true", "create_zone: true, name: api.eu.titan.example.com"),
			`staging.yaml:7:62: dns.name and dns.domain make the name "api.eu.titan.example.com", which prod.yaml has too; ` +
				`only a secondary shares its primary's names: choose another domain`},
		"secondary with an edge": {"prod-dr", with(secondary, "network:", "edge: {enabled: true}\nnetwork:"), primary,
			`prod-dr.yaml:9:8: edge.enabled is true in a secondary, which stands behind its primary's distribution; ` +
				`remove the line`},
		"promotion": {"staging", delivers(staging, "repository: a/b"),
			delivers(valid, "repository: a/b, promotes_from: staging"), ""},
		"promotion without a repository": {"staging", delivers(staging, "repository: a/b"),
			delivers(valid, "promotes_from: staging"),
			`prod.yaml:3:12: delivery.promotes_from is "staging", and delivery.repository is missing: ` +
				`without it there is no pipeline; set it to "a/b"`},
		"promotion of something else": {"staging", delivers(staging, "repository: a/b"),
			delivers(valid, "repository: a/c, promotes_from: staging"),
			`prod.yaml:3:29: delivery.promotes_from is "staging", which delivers "a/b", and not "a/c"; ` +
				`the same repository starts both pipelines`},
		"promotion in a circle": {"staging", delivers(staging, "repository: a/b, promotes_from: prod"),
			delivers(valid, "repository: a/b, promotes_from: staging"),
			"prod.yaml:3:29: delivery.promotes_from is \"staging\", which builds nothing itself; " +
				"name \"prod\", where it gets its images\n" +
				`staging.yaml:3:29: delivery.promotes_from is "prod", which builds nothing itself; ` +
				`name "staging", where it gets its images`},
		"promotion to another architecture": {"staging",
			strings.NewReplacer("instance_types: [m7i", "architecture: arm64\n      instance_types: [m7g").
				Replace(delivers(staging, "repository: a/b")), delivers(valid, "repository: a/b, promotes_from: staging"),
			`prod.yaml:3:29: delivery.promotes_from is "staging", whose nodes are of arm64, and these are of amd64: ` +
				`its images would not run here`},
		"promotion that scans nothing": {"staging", delivers(staging, "repository: a/b"),
			delivers(valid, "repository: a/b, promotes_from: staging, ignore_unfixed: true"),
			`prod.yaml:3:53: delivery.ignore_unfixed is true, and images come from "staging", which scans them: ` +
				`nothing is scanned here; set it there, or remove the line`},
		"promotion to a secondary": {"prod-dr", delivers(secondary, "repository: a/b, promotes_from: prod"),
			delivers(primary, "repository: a/b"),
			`prod-dr.yaml:3:29: delivery.promotes_from is "prod", and this environment stands in for prod, ` +
				`whose pipeline delivers here as well; remove the line`},
		"secondary with another application": {"prod-dr", delivers(secondary, "repository: a/c"),
			delivers(primary, "repository: a/b"),
			`prod-dr.yaml:3:12: delivery.repository is "a/c", and that of prod is "a/b": its pipeline delivers to both; ` +
				`make them the same`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := complaints(t, map[string]string{"prod.yaml": c.prod, c.other + ".yaml": c.content}); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}
