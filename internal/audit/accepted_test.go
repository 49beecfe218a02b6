package audit

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestAcceptancesAreWellFormed(t *testing.T) {
	if _, err := Accepted(); err != nil {
		t.Error(err)
	}
}

func TestAcceptancesThatAreRefused(t *testing.T) {
	const good = "- {id: GHSA-1, package: left-pad, until: 2027-03-31, reason: it pads what we wrote ourselves}\n"
	if list, err := parseAccepted([]byte(good)); err != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
	for name, c := range map[string]struct{ from, to, want string }{
		"for ever":   {"until: 2027-03-31, ", "", `until is ""; name a day`},
		"no day":     {"2027-03-31", "2027-02-31", `until is "2027-02-31"; name a day`},
		"anywhere":   {"package: left-pad, ", "", `package ""; name both`},
		"no reason":  {"it pads what we wrote ourselves", "because", `reason is "because"; say why`},
		"a misprint": {"until:", "untl:", "field untl not found"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parseAccepted([]byte(strings.Replace(good, c.from, c.to, 1)))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestJudge(t *testing.T) {
	leftPad, jinja := Vulnerability{ID: "GHSA-1", Package: "left-pad"}, Vulnerability{ID: "PYSEC-1", Package: "jinja2"}
	list := []Acceptance{
		{ID: "GHSA-1", Package: "left-pad", Until: "2027-03-31"},
		{ID: "PYSEC-1", Package: "another", Until: "2027-03-31"},
	}
	lastDay := time.Date(2027, 3, 31, 23, 0, 0, 0, time.UTC)
	standing, accepted, idle := Judge([]Vulnerability{leftPad, jinja}, list, lastDay)
	if !slices.Equal(standing, []Vulnerability{jinja}) || !slices.Equal(accepted, []Vulnerability{leftPad}) ||
		!slices.Equal(idle, list[1:]) {
		t.Errorf("standing %v, accepted %v, idle %v", standing, accepted, idle)
	}
	standing, _, idle = Judge([]Vulnerability{leftPad}, list[:1], lastDay.Add(2*time.Hour))
	if len(standing) != 1 || len(idle) != 1 {
		t.Errorf("the day after: standing %v, idle %v", standing, idle)
	}
}
