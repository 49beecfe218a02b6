package environments

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"go.yaml.in/yaml/v3"
)

// chartVersion is a version that Helm pins and ECR takes as a tag, which has no place for build metadata (`+`).
var chartVersion = regexp.MustCompile(`^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$`)

// readChart checks the application's own chart, and notes its version: deployments pin it.
func (f *file) readChart(say report) {
	folder := f.Application.Chart
	if folder == "" {
		return
	}
	if !filepath.IsLocal(folder) || filepath.ToSlash(filepath.Clean(folder)) != folder {
		say("application.chart", "is %q; write a folder below that of cdktf.json, without dots or a slash at its end, "+
			"for instance charts/%s", folder, f.Application.Name)
		return
	}
	version, err := readChartVersion(filepath.Join(projectFolder(), folder))
	if err != nil {
		say("application.chart", "is %q, and %v; name a folder with a Helm chart", folder, err)
		return
	}
	if !chartVersion.MatchString(version) {
		say("application.chart", "is %q, whose Chart.yaml has version %q; write a version that can be a tag, "+
			"for instance 1.0.0", folder, version)
		return
	}
	f.Application.ChartVersion = version
}

func readChartVersion(folder string) (string, error) {
	const name = "Chart.yaml"
	text, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		return "", fmt.Errorf("its %s cannot be read: %w", name, cause(err))
	}
	var chart struct {
		Version string `yaml:"version"`
	}
	if err := yaml.Unmarshal(text, &chart); err != nil {
		return "", fmt.Errorf("its %s is not YAML: %w", name, err)
	}
	return chart.Version, nil
}

// projectFolder is the one with cdktf.json, the working directory or one above it: what CDKTF takes paths of assets
// from.
func projectFolder() string {
	working, err := os.Getwd()
	if err != nil {
		return "." // and then nothing is found, which the rule says
	}
	for folder := working; ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, "cdktf.json")); err == nil {
			return folder
		}
		if folder == filepath.Dir(folder) {
			return working
		}
	}
}
