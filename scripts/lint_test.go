package scripts

import (
	"go/build/constraint"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// systems are tags that a machine sets, not a command.
var systems = []string{"linux"}

// A file behind a tag that the linter is not given is read by nobody: neither `go vet` nor the linter sees it.
func TestTheLinterReadsFilesBehindEveryTag(t *testing.T) {
	text, err := os.ReadFile("../.golangci.yml")
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Run struct {
			Tags []string `yaml:"build-tags"`
		}
	}
	if err := yaml.Unmarshal(text, &config); err != nil {
		t.Fatal(err)
	}
	given := append(slices.Clone(config.Run.Tags), systems...)
	used := usedTags(t, "..")
	for tag, file := range used {
		if !slices.Contains(given, tag) {
			t.Errorf("%s is behind the tag %q, which run.build-tags of .golangci.yml lacks", file, tag)
		}
	}
	for _, tag := range given {
		if used[tag] == "" {
			t.Errorf("nothing is behind the tag %q; take it out of .golangci.yml", tag)
		}
	}
}

// usedTags are the tags in the build constraints of Go files below a folder, each with a file that has it.
func usedTags(t *testing.T, root string) map[string]string {
	t.Helper()
	used := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains([]string{"node_modules", ".titan", ".git", "cdktf.out"}, entry.Name()):
			return fs.SkipDir
		case filepath.Ext(path) != ".go":
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		line, _, _ := strings.Cut(string(text), "\n")
		if !constraint.IsGoBuild(line) {
			return nil
		}
		parsed, err := constraint.Parse(line)
		if err != nil {
			return err
		}
		parsed.Eval(func(tag string) bool {
			used[tag] = path
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return used
}
