package audit

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
)

// npm has npm ask its registry about a lock file.
func (a Audit) npm(ctx context.Context, file string) ([]Vulnerability, error) {
	var env []string
	if a.Databases.NPM != "" {
		env = append(env, "npm_config_registry="+a.Databases.NPM)
	}
	output, err := run(ctx, a.dir(file), env, "npm", "audit", "--package-lock-only", "--json")
	return readNPM(output, err)
}

// readNPM reads what npm reported, which failed also if it found something (npm audit, 'Exit Code').
func readNPM(output []byte, failed error) ([]Vulnerability, error) {
	var report struct {
		Message         string // why there is no report
		Version         int    `json:"auditReportVersion"`
		Vulnerabilities map[string]struct {
			Via []json.RawMessage // an advisory, or the name of a package that has one
		}
	}
	if err := json.Unmarshal(output, &report); err != nil {
		return nil, cmp.Or(failed, fmt.Errorf("reading npm's report: %w", err))
	}
	switch {
	case report.Message != "":
		return nil, errors.New(report.Message)
	case report.Version != 2:
		unknown := fmt.Errorf("npm's report has version %d, and only 2 is known; take npm 7 or later", report.Version)
		return nil, cmp.Or(failed, unknown)
	}
	var found []Vulnerability
	for _, name := range slices.Sorted(maps.Keys(report.Vulnerabilities)) {
		for _, via := range report.Vulnerabilities[name].Via {
			var advisory struct{ Name, Title, URL, Range string }
			if json.Unmarshal(via, &advisory) != nil { // a name: its advisories are listed there
				continue
			}
			v := Vulnerability{
				ID: path.Base(advisory.URL), Package: advisory.Name, Version: advisory.Range, Summary: advisory.Title,
			}
			if !slices.Contains(found, v) {
				found = append(found, v)
			}
		}
	}
	return found, nil
}
