package main

import (
	"bytes"
	"context"
	"errors"
	"testing"

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
	const cleanLine = "go.mod                                         0 known\n"
	const awayLine = "package-lock.json                              not run: 405 Method Not Allowed\n"
	for name, c := range map[string]struct {
		results     []audit.Result
		code        int
		out, errors string
	}{
		"nothing known": {
			[]audit.Result{clean}, exitDone, cleanLine + "no vulnerability is known of what 1 files pin\n", "",
		},
		"a database is away": {
			[]audit.Result{clean, away}, exitIncomplete, cleanLine + awayLine,
			"no vulnerability is known, but 1 of 2 files could not be asked about; run it where the databases answer\n",
		},
		"a vulnerability, and a database that is away": {
			[]audit.Result{away, planted}, exitFailed, awayLine + "requirements.txt                               2 known\n" +
				"  PYSEC-2026-1 jinja2 3.1.0, fixed in 3.1.1: planted\n" +
				"  GHSA-1 left-pad <2.0.0, fixed in no version that is named: planted too\n",
			"2 vulnerabilities are known, 1 of 2 files could not be asked about; raise the versions\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var out, complaint bytes.Buffer
			o := auditOptions{terminal: &terminal{out: &out, err: &complaint}}
			o.run = func(_ context.Context, report func(audit.Result)) error {
				for _, r := range c.results {
					report(r)
				}
				return nil
			}
			code := exitCode(t.Context(), runAudit(t.Context(), o), o.terminal, nil)
			if code != c.code || out.String() != c.out || complaint.String() != c.errors {
				t.Errorf("code %d\n%s%s\nwant %d\n%s%s", code, &out, &complaint, c.code, c.out, c.errors)
			}
		})
	}
}
