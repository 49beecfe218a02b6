package environments

import (
	"strings"
	"testing"
)

// A mistake in one file neither hides what is wrong with another, nor what is wrong between the two, nor makes a
// mistake up of what it leaves unknown.
func TestAMistakeInAFileHidesNoOther(t *testing.T) {
	staging := strings.NewReplacer("tier: production", "tier: staging", "account: production", "account: staging",
		"333333333333", "222222222222", "titan.example.com", "staging.titan.example.com").Replace(valid)
	primary := edited(t, valid, "owner: platform", "owner: platform\ndr: {role: primary}")
	secondary := strings.NewReplacer("owner: platform", "owner: platform\ndr: {primary: prod}",
		"region: eu-west-1\nsecond_region: eu-central-1", "region: eu-central-1\nsecond_region: eu-west-1",
		", create_zone: true", "", "10.30.0.0", "10.40.0.0").Replace(valid) +
		"database: {restored_from: birthday-db-prod-standby}\n"
	const overlap = `staging.yaml:9:3: network.cidr "10.30.0.0/16" overlaps "10.30.0.0/16" of prod.yaml: ` +
		`the two could never be peered; choose a free block`
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"form in both, and a clash": {map[string]string{
			"prod.yaml":    edited(t, valid, "owner: platform", "owner: [platform]"),
			"staging.yaml": edited(t, staging, "owner: platform", "emulator: no"),
		}, `prod.yaml:2:1: owner is a list, must be a string` + "\n" +
			`staging.yaml:2:1: emulator is "no", a string, must be true or false: ` +
			`Emulator says that the environment lives on an emulated AWS on this machine. ` +
			`It changes nothing in the synthesized JSON: the emulator is reached by environment variables alone. ` +
			`Default: false`},
		"form here, rules there, and a clash": {map[string]string{
			"prod.yaml":    edited(t, valid, "owner: platform", "owner: [platform]"),
			"staging.yaml": edited(t, staging, "owner: platform", "cache: {replicas: 1}"),
		}, `prod.yaml:2:1: owner is a list, must be a string` + "\n" +
			`staging.yaml:2:9: cache.replicas is 1; a replication group here has at least 2, ` +
			`so that with the primary it spans three zones` + "\n" + overlap},
		"no YAML beside a rule": {map[string]string{
			"prod.yaml":    "a: [",
			"staging.yaml": edited(t, staging, "owner: platform", "cache: {replicas: 1}"),
		},
			`prod.yaml:1:4: is not YAML: did not find expected node content; ` +
				`check quotes, brackets, colons and the indentation (spaces, no tabs)` + "\n" +
				`staging.yaml:2:9: cache.replicas is 1; a replication group here has at least 2, ` +
				`so that with the primary it spans three zones`},
		"a primary that is no YAML": {map[string]string{"prod.yaml": "a: [", "prod-dr.yaml": secondary},
			`prod.yaml:1:4: is not YAML: did not find expected node content; ` +
				`check quotes, brackets, colons and the indentation (spaces, no tabs)`},
		"a primary of unknown role": {map[string]string{
			"prod.yaml": edited(t, primary, "role: primary", "role: first"), "prod-dr.yaml": secondary,
		}, `prod.yaml:3:6: dr.role is "first", which is not allowed; allowed: none, primary, secondary`},
		"a pair of which each has a mistake": {map[string]string{
			"prod.yaml":    edited(t, primary, "10.30.0.0/16", "10.30.0.0"),
			"prod-dr.yaml": edited(t, secondary, "zone: titan.example.com", "zone: titan.example.org"),
		},
			`prod-dr.yaml:8:1: dns is api.titan.example.org behind origin.titan.example.org in titan.example.org, ` +
				`and prod has api.titan.example.com behind origin.titan.example.com in titan.example.com; ` +
				`a secondary answers to the same names` + "\n" +
				`prod.yaml:10:3: network.cidr "10.30.0.0" is not an IPv4 block; write it as 10.20.0.0/16`},
		"an account without a file, and a rule": {map[string]string{
			"prod.yaml": edited(t, edited(t, valid, "account: production", "account: prodution"), "owner: platform",
				"cache: {replicas: 1}"),
		},
			`prod.yaml:2:9: cache.replicas is 1; a replication group here has at least 2, ` +
				`so that with the primary it spans three zones` + "\n" +
				`prod.yaml:4:1: account is "prodution", and there is no account file accounts/prodution.yaml; ` +
				`did you mean "production"? allowed: production, staging`},
		"an account that is no YAML, and a rule": {map[string]string{
			"accounts/production.yaml": "id: 1: 2",
			"prod.yaml": edited(t, edited(t, valid, "role/platform-admin", "role/*"), "owner: platform",
				"cache: {replicas: 1}"),
		},
			`accounts/production.yaml:1:6: is not YAML: mapping values are not allowed in this context; ` +
				`check quotes, brackets, colons and the indentation (spaces, no tabs)` + "\n" +
				`prod.yaml:2:9: cache.replicas is 1; a replication group here has at least 2, ` +
				`so that with the primary it spans three zones` + "\n" +
				`prod.yaml:15:12: cluster.admins[0] is "arn:aws:iam::333333333333:role/*", not the ARN of an IAM role or user, ` +
				`for instance arn:aws:iam::<account>:role/platform-admin`},
		"accounts with one number, one of them broken": {map[string]string{
			"accounts/staging.yaml": edited(t, validAccount, "region: eu-west-1", "region: eu-west"), "prod.yaml": valid,
		},
			`accounts/staging.yaml:1:1: id is "333333333333", and accounts/production.yaml has it too: ` +
				`an account has one file; name that one in the environments and remove this one` + "\n" +
				`accounts/staging.yaml:4:1: region is "eu-west", which is not allowed; did you mean "eu-west-1"? allowed: ` +
				strings.Join(Region("").values(), ", ")},
		"a name that is no environment's, and a rule": {map[string]string{
			"Prod.yaml": edited(t, valid, "owner: platform", "cache: {replicas: 1}"),
		},
			`Prod.yaml: names an environment "Prod", which cannot be part of a resource's name: ` +
				`use lower case letters, digits and single hyphens, beginning with a letter` + "\n" +
				`Prod.yaml:2:9: cache.replicas is 1; a replication group here has at least 2, ` +
				`so that with the primary it spans three zones`},
	} {
		t.Run(name, func(t *testing.T) {
			got := strings.ReplaceAll(complaints(t, c.files), "other:accounts", "accounts")
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}
