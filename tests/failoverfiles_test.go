package tests

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/titan-platform/titan/environments"
)

// The pair of the committed files, whose part in disaster recovery these tests change.
const (
	primaryName   = "prod"
	secondaryName = "prod-dr"
	globalName    = "prod.global" // the stack of the distribution
)

// drFiles is what a pair's files say of disaster recovery.
type drFiles struct {
	fenced   bool
	outdated string
	active   bool
}

// everyDRFiles are all combinations, whether they are legal or not.
func everyDRFiles() []drFiles {
	var all []drFiles
	for _, fenced := range []bool{false, true} {
		for _, outdated := range []string{"", "none"} {
			for _, active := range []bool{false, true} {
				all = append(all, drFiles{fenced, outdated, active})
			}
		}
	}
	return all
}

// load writes the committed files with this in them, and loads the pair. The error is the loader's, where its rules
// refuse the combination.
func (f drFiles) load(t *testing.T) ([]environments.Environment, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "accounts"), os.DirFS(fixtures+"/accounts")); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(fixtures + "/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var settings map[string]any
		if err := yaml.Unmarshal(content, &settings); err != nil {
			t.Fatal(err)
		}
		switch filepath.Base(file) {
		case primaryName + ".yaml":
			part := settings["dr"].(map[string]any)
			part["fenced"] = f.fenced
			if f.outdated != "" {
				part["outdated"] = f.outdated
			}
		case secondaryName + ".yaml":
			settings["dr"].(map[string]any)["active"] = f.active
		}
		if content, err = yaml.Marshal(settings); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(file)), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return environments.Load(dir, primaryName+","+secondaryName)
}

// drVersion is a pair as legal files have it.
type drVersion struct {
	files  drFiles
	stale  map[string]bool // by environment, whether its data is one that must not serve
	stacks map[string]Stack
}

// drVersions are the pair with all combinations of the files that the loader takes.
func drVersions(t *testing.T) []drVersion {
	t.Helper()
	var versions []drVersion
	all := everyDRFiles()
	for _, files := range all {
		loaded, err := files.load(t)
		var problems environments.Problems
		if errors.As(err, &problems) {
			t.Logf("refused: %+v\n%v", files, problems)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		made := synthesize(t, loaded...)
		version := drVersion{files: files, stale: map[string]bool{}, stacks: map[string]Stack{}}
		for _, environment := range loaded {
			version.stale[environment.Name] = environment.Standby()
			for name := range onTheWay(t, environment) {
				version.stacks[name] = made[name]
			}
		}
		versions = append(versions, version)
	}
	t.Logf("%d of %d combinations of the files are refused by the loader", len(all)-len(versions), len(all))
	return versions
}
