//go:build e2e

package e2e

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// record is a record set of Route 53, as its list gives it.
var record = regexp.MustCompile(`(?s)<ResourceRecordSet>.*?</ResourceRecordSet>`)

// originRecords are the set identifiers of the records of the origin's name, in order; a plain record has none.
func originRecords(t *testing.T, d *deployment) []string {
	t.Helper()
	zones := ask(t, d.emulator.URL(), "us-east-1", "route53", "", "", "", "/2013-04-01/hostedzone")
	id := regexp.MustCompile(`<Id>/hostedzone/([A-Z0-9]+)</Id><Name>` + regexp.QuoteMeta(d.DNS.Zone) + `\.</Name>`).FindStringSubmatch(zones)
	if id == nil {
		t.Fatalf("no zone %s among %s", d.DNS.Zone, zones)
	}
	list := ask(t, d.emulator.URL(), "us-east-1", "route53", "", "", "", "/2013-04-01/hostedzone/"+id[1]+"/rrset")
	var found []string
	for _, set := range record.FindAllString(list, -1) {
		if strings.Contains(set, "<Name>"+d.DNS.Origin()+".</Name>") {
			identifier := regexp.MustCompile(`<SetIdentifier>([a-z]+)</SetIdentifier>`).FindStringSubmatch(set)
			found = append(found, append(identifier, "", "")[1])
		}
	}
	slices.Sort(found)
	return found
}

// bothRegionsHaveTheirOriginRecord fails unless each of a pair has its record of the one name in the one zone.
func bothRegionsHaveTheirOriginRecord(t *testing.T, primary, secondary *deployment) {
	t.Helper()
	for _, d := range []*deployment{primary, secondary} {
		if got := originRecords(t, d); !slices.Equal(got, []string{"primary", "secondary"}) {
			t.Errorf("%s has records %q, want one of each region", d.DNS.Origin(), got)
		}
	}
}

// onlyThePrimaryAnswers fails unless the destroy of a secondary left its primary as it was.
func onlyThePrimaryAnswers(t *testing.T, primary *deployment) {
	t.Helper()
	if got := originRecords(t, primary); !slices.Equal(got, []string{"primary"}) {
		t.Errorf("without its secondary %s has records %q, want the primary's", primary.DNS.Origin(), got)
	}
	primary.planAgain(t, primary.stack)
}
