// Package audit asks the databases of known vulnerabilities about all that this repository pins: Go modules, npm
// packages and Python packages, those of its tools and tests among them.
package audit

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// Vulnerability is a known vulnerability of a pinned package.
type Vulnerability struct {
	ID      string // GO-2026-0001, GHSA-…, PYSEC-…
	Package string
	Version string // that is pinned; of an npm package the versions that have it
	Fixed   string // the version that it is fixed in; empty where there is none, or none is named
	Summary string
}

// Result is what is known of what one file pins.
type Result struct {
	File            string // go.mod, package-lock.json
	Vulnerabilities []Vulnerability
	NotRun          error // why nothing is known, not even that there is nothing
}

// Databases are the URLs of the databases. Empty is the public one: vuln.go.dev, the registry that npm is configured
// for, api.osv.dev.
type Databases struct {
	Go  string // https:// or file://
	NPM string // a registry
	OSV string // OSV's query endpoint
}

// Audit is one audit.
type Audit struct {
	Root      string // of the repository
	Work      string // an ignored folder, for the tools
	Databases Databases
}

// pinned are the files that pin dependencies, with what asks about them.
var pinned = []struct {
	file string
	ask  func(a Audit, ctx context.Context, file string) ([]Vulnerability, error)
}{
	{"go.mod", packagesOf("./...")},
	{"internal/kubernetes/programs/go.mod", packagesOf("tool")},
	{"internal/kubernetes/kwok/go.mod", packagesOf("tool")},
	{"internal/kubernetes/traefik/go.mod", packagesOf("tool")},
	{"internal/audit/govulncheck/go.mod", packagesOf("tool")},
	{"internal/starter/programs/go.mod", packagesOf("tool")},
	{"tests/queries/go.mod", packagesOf("./...")},
	{"package-lock.json", Audit.npm},
	{"internal/gomodules/npm/helm/package-lock.json", Audit.npm},
	{"internal/gomodules/npm/kubernetes/package-lock.json", Audit.npm},
	{"tests/bench/ts/package-lock.json", Audit.npm},
	{"internal/emulator/requirements.txt", Audit.python},
	{"internal/scan/requirements.txt", Audit.python},
	{"internal/scan/iamlint-requirements.txt", Audit.python},
	{"internal/audit/requirements.txt", Audit.python},
}

// Run asks about one file after another and reports each. A file that is not there, as in a repository that only uses
// Titan, is left out. The error is that of a cancelled context.
func (a Audit) Run(ctx context.Context, report func(Result)) error {
	for _, p := range pinned {
		if _, err := os.Stat(a.path(p.file)); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		found, err := p.ask(a, ctx, p.file)
		if ctx.Err() != nil {
			return fmt.Errorf("auditing %s: %w", p.file, ctx.Err())
		}
		report(Result{File: p.file, Vulnerabilities: found, NotRun: err})
	}
	return nil
}

// path is where a file, or folder, of the repository is.
func (a Audit) path(file string) string { return filepath.Join(a.Root, filepath.FromSlash(file)) }

// dir is the folder that a file of the repository is in.
func (a Audit) dir(file string) string { return a.path(path.Dir(file)) }
