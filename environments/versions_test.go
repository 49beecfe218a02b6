package environments

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

func TestSupportWarning(t *testing.T) {
	for _, test := range []struct{ version, now, want string }{
		{"1.35", "2026-11-23", ""},
		{"1.35", "2027-01-25", ""},
		{"1.35", "2027-01-27",
			`"1.35" leaves standard support on 2027-03-27, when EKS begins to upgrade it by itself; upgrade to 1.36 before`},
		{"1.35", "2027-03-26",
			`"1.35" leaves standard support on 2027-03-27, when EKS begins to upgrade it by itself; upgrade to 1.36 before`},
		{"1.35", "2027-03-27",
			`"1.35" left standard support on 2027-03-27: EKS upgrades it by itself at a time of its own, ` +
				`and this file then no longer fits; upgrade to 1.36`},
		{"1.33", "2026-11-23",
			`"1.33" left standard support on 2026-07-29: EKS upgrades it by itself at a time of its own, ` +
				`and this file then no longer fits; upgrade to 1.34`},
		{"1.36", "2028-01-01",
			`"1.36" left standard support on 2027-08-02: EKS upgrades it by itself at a time of its own, ` +
				`and this file then no longer fits; upgrade to a newer one, once environments/versions.go knows it`},
	} {
		now, err := time.Parse(time.DateOnly, test.now)
		if err != nil {
			t.Fatal(err)
		}
		if got := (Cluster{Version: test.version}).supportWarning(now); got != test.want {
			t.Errorf("%s at %s:\ngot  %s\nwant %s", test.version, test.now, got, test.want)
		}
	}
}

func TestUnknownVersionIsRefused(t *testing.T) {
	for version, want := range map[string]string{
		"1.35": "",
		"1.33": "", // past support, and legal
		"1.29": `cluster.version is "1.29", which EKS does not offer; allowed: 1.33, 1.34, 1.35, 1.36`,
		"1.99": `cluster.version is "1.99", which EKS does not offer; allowed: 1.33, 1.34, 1.35, 1.36`,
	} {
		var got string
		(Cluster{Version: version}).validateVersion(func(path, format string, args ...any) {
			got = path + " " + fmt.Sprintf(format, args...)
		})
		if got != want {
			t.Errorf("%s: got %q, want %q", version, got, want)
		}
	}
}

// EKS has one access entry a principal, and would refuse the second in the middle of an apply.
func TestPrincipalIsAdminOrReader(t *testing.T) {
	both, reader := "arn:aws:iam::111111111111:role/both", "arn:aws:iam::111111111111:role/reader"
	cluster := Cluster{
		Version:     "1.35",
		ServiceCIDR: "172.20.0.0/16",
		Admins:      []string{both},
		Readers:     []string{reader, both},
	}
	var got []string
	say := func(path, format string, args ...any) { got = append(got, path+" "+fmt.Sprintf(format, args...)) }
	everything := func(...string) bool { return true }
	cluster.validate(say, everything, Environment{Account: Account{ID: "111111111111"}})
	want := []string{
		`cluster.readers.1 is "` + both +
			`", one of the admins; a principal has one access entry in a cluster: remove it from one of the lists`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
