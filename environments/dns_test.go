package environments

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestATextIsCutIntoStrings(t *testing.T) {
	k := func(n int) string { return strings.Repeat("k", n) }
	for text, want := range map[string]string{
		"": "", "short": "short", k(255): k(255), k(256): k(255) + `" "k`, k(600): k(255) + `" "` + k(255) + `" "` + k(90),
	} {
		if got := Quoted(text); got != want {
			t.Errorf("%d characters: got %q, want %q", len(text), got, want)
		}
	}
}

func TestNamesOfAnEnvironment(t *testing.T) {
	d := DNS{Zone: "example.com", Domain: "example.com", Name: "api.example.com", Names: []PublicName{
		{Name: "*.example.com"}, {Name: "example.com", RedirectTo: "api.example.com"},
	}}
	for what, c := range map[string]struct{ got, want []string }{
		"public":    {d.PublicNames(), []string{"api.example.com", "*.example.com", "example.com"}},
		"served":    {d.ServedNames(), []string{"api.example.com", "*.example.com"}},
		"certified": {d.CertifiedNames(), []string{"origin.example.com", "api.example.com", "*.example.com", "example.com"}},
		"proven":    {d.ProvenNames(), []string{"origin.example.com", "api.example.com", "*.example.com"}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s names: %q, want %q", what, c.got, c.want)
		}
	}
	if got, want := d.HostRedirects(), map[string]string{"example.com": "api.example.com"}; !reflect.DeepEqual(got, want) {
		t.Errorf("redirects %v, want %v", got, want)
	}
	d.CertificateARN = "arn:aws:acm:us-east-1:1:certificate/own"
	if got := d.CertifiedNames(); !slices.Equal(got, []string{"origin.example.com"}) {
		t.Errorf("beside a certificate of one's own ACM is asked for %q", got)
	}
}

// What one file's zone has must not keep another file's names from being found, or from being issued a certificate.
func TestAZoneLeavesRoomForOtherFilesNames(t *testing.T) {
	staging := strings.NewReplacer("tier: production", "tier: staging", "account: production", "account: staging",
		"333333333333", "222222222222", "10.30.0.0", "10.20.0.0").Replace(valid)
	child := edited(t, staging, "zone: titan.example.com", "zone: staging.titan.example.com")
	inZoneOf := func(domain string) string {
		return edited(t, staging, "zone: titan.example.com, create_zone: true", "zone: titan.example.com, domain: "+domain)
	}
	inProd := func(setting string) string {
		return edited(t, valid, "create_zone: true", "create_zone: true, "+setting)
	}
	secondary := strings.NewReplacer("owner: platform", "owner: platform\ndr: {primary: prod}",
		"region: eu-west-1\nsecond_region: eu-central-1", "region: eu-central-1\nsecond_region: eu-west-1",
		", create_zone: true", "", "10.30.0.0", "10.40.0.0").Replace(valid) +
		"database: {restored_from: birthday-db-prod-standby}\n"
	hidden := func(host string) string {
		return `prod.yaml:7:66: dns.delegations[0].name is "staging.titan.example.com", ` +
			`and staging.yaml makes the record of ` + host +
			"staging.titan.example.com in this zone, where nobody would look for it; " +
			"give that file the child zone, or delegate another name"
	}
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"CAA for a child zone": {map[string]string{"staging.yaml": child,
			"prod.yaml": inProd(
				`records: [{name: staging.titan.example.com, type: CAA, values: ['0 issue "letsencrypt.org"']}]`)},
			`prod.yaml:7:106: dns.records[0].values do not let Amazon issue the certificates that ACM makes for ` +
				`origin.staging.titan.example.com, api.staging.titan.example.com (staging.yaml): add '0 issue "amazon.com"'`},
		"CAA that the child zone has of its own": {map[string]string{
			"staging.yaml": edited(t, child, "create_zone: true",
				`create_zone: true, records: [{name: staging.titan.example.com, type: CAA, values: ['0 issue "amazon.com"']}]`),
			"prod.yaml": inProd(
				`records: [{name: staging.titan.example.com, type: CAA, values: ['0 issue "letsencrypt.org"']}]`)},
			""},
		"delegation of another file's domain": {map[string]string{"staging.yaml": inZoneOf("staging.titan.example.com"),
			"prod.yaml": inProd(
				"delegations: [{name: staging.titan.example.com, name_servers: [ns-1.example.org, ns-2.example.org]}]")},
			hidden("api.") + "\n" + hidden("origin.") + "\n" + hidden("eu-west-1.origin.")},
		"delegation of a child zone": {map[string]string{"staging.yaml": child,
			"prod.yaml": inProd(
				"delegations: [{name: staging.titan.example.com, name_servers: [ns-1.example.org, ns-2.example.org]}]")},
			""},
		"CNAME at another file's name": {map[string]string{"staging.yaml": inZoneOf("staging.titan.example.com"),
			"prod.yaml": inProd("records: [{name: api.staging.titan.example.com, type: CNAME, values: [example.org]}]")},
			`prod.yaml:7:62: dns.records[0].name is "api.staging.titan.example.com", which staging.yaml makes a record of: ` +
				`a CNAME is all that there is of its name; remove it, or choose another`},
		"a further name of two": {map[string]string{
			"staging.yaml": edited(t, inZoneOf("staging.titan.example.com"), "domain:",
				"names: [{name: www.titan.example.com}], domain:"),
			"prod.yaml": inProd("names: [{name: www.titan.example.com}]")},
			`staging.yaml:7:41: dns.names[0].name is "www.titan.example.com", which prod.yaml has too; ` +
				`only a secondary shares its primary's names: choose another`},
		"a secondary without its primary's names": {map[string]string{"prod-dr.yaml": secondary,
			"prod.yaml": edited(t, inProd("names: [{name: www.titan.example.com}]"), "owner: platform",
				"owner: platform\ndr: {role: primary}")},
			"prod-dr.yaml:8:1: dns has other names or another certificate_arn than prod: " +
				"its certificate would wait for proof that nobody makes; repeat the lines of prod"},
	} {
		t.Run(name, func(t *testing.T) {
			got := complaints(t, c.files)
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}
