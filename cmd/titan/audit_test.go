package main

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/titan-platform/titan/internal/audit"
)

// Each outcome has its own exit code: a pipeline must tell a vulnerability from a database that is away.
func TestAuditsOutcomes(t *testing.T) {
	clean := audit.Result{File: "go.mod"}
	away := audit.Result{File: "package-lock.json", NotRun: errors.New("405 Method Not Allowed")}
	planted := audit.Result{File: "requirements.txt", Vulnerabilities: []audit.Vulnerability{
		{ID: "PYSEC-2026-1", Package: "jinja2", Version: "3.1.0", Fixed: "3.1.1", Summary: "planted"},
		{ID: "GHSA-1", Package: "left-pad", Version: "<2.0.0", Summary: "planted too"},
	}}
	accepted := []audit.Acceptance{{ID: "GHSA-1", Package: "left-pad", Until: "2027-03-31"}}
	const (
		cleanLine   = "go.mod                                               0 known\n"
		awayLine    = "package-lock.json                                    not run: 405 Method Not Allowed\n"
		plantedLine = "requirements.txt                                     2 known\n"
		jinja       = "PYSEC-2026-1 jinja2 3.1.0, fixed in 3.1.1: planted\n"
		leftPad     = "GHSA-1 left-pad <2.0.0, fixed in no version that is named: planted too\n"
		failed      = "the audit failed: raise the versions, or accept a vulnerability for a while, with a reason, " +
			"in internal/audit/accepted.yaml\n"
		incomplete = "the audit is incomplete: run it where every database answers\n"
	)
	for name, c := range map[string]struct {
		results     []audit.Result
		accepted    []audit.Acceptance
		code        int
		out, errors string
	}{
		"nothing known": {
			[]audit.Result{clean}, nil, exitDone,
			cleanLine + "0 vulnerabilities stand, 0 are accepted; 0 of 1 files could not be asked about\n", "",
		},
		"a database is away": {
			[]audit.Result{clean, away}, accepted, exitIncomplete,
			cleanLine + awayLine + "0 vulnerabilities stand, 0 are accepted; 1 of 2 files could not be asked about\n", incomplete,
		},
		"vulnerabilities, and a database that is away": {
			[]audit.Result{away, planted}, nil, exitFailed,
			awayLine + plantedLine + jinja + leftPad +
				"2 vulnerabilities stand, 0 are accepted; 1 of 2 files could not be asked about\n", failed,
		},
		"one of them is accepted": {
			[]audit.Result{planted}, accepted, exitFailed,
			plantedLine + jinja + "1 vulnerabilities stand, 1 are accepted; 0 of 1 files could not be asked about\n", failed,
		},
		"an acceptance of nothing": {
			[]audit.Result{clean}, accepted, exitFailed,
			cleanLine + "acceptance of GHSA-1 in left-pad matches nothing, or is over; remove it\n" +
				"0 vulnerabilities stand, 0 are accepted; 0 of 1 files could not be asked about\n", failed,
		},
	} {
		t.Run(name, func(t *testing.T) {
			var out, complaint bytes.Buffer
			o := auditOptions{
				terminal: &terminal{out: &out, err: &complaint},
				now:      func() time.Time { return time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC) },
				accepted: func() ([]audit.Acceptance, error) { return c.accepted, nil },
				run: func(_ context.Context, report func(audit.Result)) error {
					for _, r := range c.results {
						report(r)
					}
					return nil
				},
			}
			code := exitCode(t.Context(), runAudit(t.Context(), o), o.terminal, nil)
			if code != c.code || out.String() != c.out || complaint.String() != c.errors {
				t.Errorf("code %d\n%s%s\nwant %d\n%s%s", code, &out, &complaint, c.code, c.out, c.errors)
			}
		})
	}
}
