package docs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// folders are those below a folder of the repository that hold Go, or a folder of Go.
func folders(t *testing.T, parent string) []string {
	t.Helper()
	entries, err := os.ReadDir("../" + parent)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, entry := range entries {
		files, err := filepath.Glob(filepath.Join("..", parent, entry.Name(), "*.go"))
		below, err2 := filepath.Glob(filepath.Join("..", parent, entry.Name(), "*", "*.go"))
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		if entry.IsDir() && len(files)+len(below) > 0 {
			found = append(found, entry.Name())
		}
	}
	return found
}

// The page's map has each package, and its table each module.
func TestTheDesignNamesEveryPackage(t *testing.T) {
	page := read(t, "docs/design.md")
	for parent, prefix := range map[string]string{
		"internal": "", "modules": "", "stacks": "stacks/", "tests": "tests/", "cmd": "cmd/",
	} {
		all := folders(t, parent)
		if len(all) == 0 {
			t.Fatalf("no package in %s", parent)
		}
		for _, name := range all {
			if !strings.Contains(page, "`"+prefix+name+"`") && !strings.Contains(page, "`"+prefix+name+"/…`") {
				t.Errorf("docs/design.md lacks `%s%s`, of %s", prefix, name, parent)
			}
		}
	}
}
