package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// scanner is the module that pins govulncheck. It is another module than the platform's, so that the repository alone
// has it.
const scanner = "internal/audit/govulncheck"

// packagesOf asks about the packages that match a pattern, and all that they import.
func packagesOf(pattern string) func(Audit, context.Context, string) ([]Vulnerability, error) {
	return func(a Audit, ctx context.Context, file string) ([]Vulnerability, error) {
		return a.golang(ctx, file, pattern)
	}
}

// golang has govulncheck ask about packages of a module. Which functions of them are called is not asked for: that
// takes the call graph of the AWS bindings, 55,000 generated files. So it may name more than matters, and never less.
func (a Audit) golang(ctx context.Context, file, pattern string) ([]Vulnerability, error) {
	dir, err := os.MkdirTemp("", "titan-audit-")
	if err != nil {
		return nil, fmt.Errorf("building govulncheck: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // temporary
	program := filepath.Join(dir, "govulncheck")
	env := []string{"GOWORK=off"}
	build := []string{"build", "-o", program, "golang.org/x/vuln/cmd/govulncheck"}
	if _, err := run(ctx, a.path(scanner), env, "go", build...); err != nil { // from the build cache but once
		return nil, fmt.Errorf("building govulncheck: %w", err)
	}
	arguments := []string{"-scan", "package", "-format", "json"}
	if a.Databases.Go != "" {
		arguments = append(arguments, "-db", a.Databases.Go)
	}
	output, err := run(ctx, a.dir(file), env, program, append(arguments, pattern)...)
	if err != nil { // with -format json what was found is none
		return nil, err
	}
	return readGovulncheck(output)
}

// readGovulncheck reads a stream of govulncheck's messages. What a module has and no package of it that is imported is
// left out.
func readGovulncheck(output []byte) ([]Vulnerability, error) {
	summaries := map[string]string{}
	var found []Vulnerability
	seen := map[Vulnerability]bool{}
	decoder := json.NewDecoder(bytes.NewReader(output))
	complete := false // it begins with its configuration
	for {
		var message struct {
			Config *struct{}
			OSV    *struct{ ID, Summary string }
			Found  *struct {
				OSV          string
				FixedVersion string `json:"fixed_version"`
				Trace        []struct{ Module, Version, Package string }
			} `json:"finding"`
		}
		if err := decoder.Decode(&message); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("reading govulncheck's report: %w", err)
		}
		complete = complete || message.Config != nil
		if message.OSV != nil {
			summaries[message.OSV.ID] = message.OSV.Summary
		}
		if f := message.Found; f != nil && len(f.Trace) > 0 && f.Trace[0].Package != "" {
			v := Vulnerability{ID: f.OSV, Package: f.Trace[0].Module, Version: f.Trace[0].Version, Fixed: f.FixedVersion}
			if !seen[v] {
				seen[v] = true
				found = append(found, v)
			}
		}
	}
	if !complete {
		return nil, errors.New("govulncheck reported nothing")
	}
	for i := range found {
		found[i].Summary = summaries[found[i].ID]
	}
	return found, nil
}
