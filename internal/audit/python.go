package audit

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"github.com/titan-platform/titan/internal/venv"
)

// requirements pin pip-audit and all it needs, by hash.
//
//go:embed requirements.txt
var requirements []byte

// python has pip-audit ask OSV about a list of requirements with hashes.
func (a Audit) python(ctx context.Context, file string) ([]Vulnerability, error) {
	programs, err := venv.Install(ctx, a.Work, "pip-audit", requirements)
	if err != nil {
		return nil, err
	}
	program, err := filepath.Abs(filepath.Join(programs, "pip-audit"))
	if err != nil {
		return nil, err
	}
	arguments := []string{
		"--requirement", path.Base(file), "--disable-pip", "--strict", "--vulnerability-service", "osv",
		"--format", "json", "--desc", "on", "--progress-spinner", "off",
	}
	if a.Databases.OSV != "" {
		arguments = append(arguments, "--osv-url", a.Databases.OSV)
	}
	output, err := run(ctx, a.dir(file), nil, program, arguments...)
	return readPipAudit(output, err)
}

// readPipAudit reads what pip-audit reported, which failed also if it found something.
func readPipAudit(output []byte, failed error) ([]Vulnerability, error) {
	var report struct {
		Dependencies []struct {
			Name, Version string
			SkipReason    string `json:"skip_reason"`
			Vulns         []struct {
				ID, Description string
				FixVersions     []string `json:"fix_versions"`
			}
		}
	}
	if err := json.Unmarshal(output, &report); err != nil {
		return nil, cmp.Or(failed, fmt.Errorf("reading pip-audit's report: %w", err))
	}
	if len(report.Dependencies) == 0 {
		return nil, cmp.Or(failed, fmt.Errorf("pip-audit saw no package"))
	}
	var found []Vulnerability
	for _, d := range report.Dependencies {
		if d.SkipReason != "" {
			return nil, fmt.Errorf("pip-audit left out %s: %s", d.Name, d.SkipReason)
		}
		for _, v := range d.Vulns {
			found = append(found, Vulnerability{
				ID: v.ID, Package: d.Name, Version: d.Version, Fixed: strings.Join(v.FixVersions, ", "), Summary: v.Description,
			})
		}
	}
	return found, nil
}
