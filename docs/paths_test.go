package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// pathNamed finds paths of this repository in code on a page. One with a placeholder or a pattern in it ends before that, and is
// not followed; neither is what stands for all below a folder.
var pathNamed = regexp.MustCompile("`((?:internal|modules|stacks|environments|tests|cmd|charts|docs|scripts)/[A-Za-z0-9_./-]*)(`)?")

var identifier = regexp.MustCompile(`\.[A-Z]\w*$`)

// missingPaths are the paths that a page names and that are not there. A package may have an identifier of its own behind it, as in
// internal/target.Target.
func missingPaths(page string) (missing []string) {
	for _, found := range pathNamed.FindAllStringSubmatch(page, -1) {
		if found[2] == "" || strings.Contains(found[1], "...") {
			continue
		}
		path := identifier.ReplaceAllString(strings.TrimSuffix(found[1], "/"), "")
		if _, err := os.Stat("../" + path); err != nil {
			missing = append(missing, path)
		}
	}
	return missing
}

// Files and packages that pages name are where they say.
func TestPathsThatPagesNameAreThere(t *testing.T) {
	pages := []string{"README.md", "CONTRIBUTING.md"}
	for _, pattern := range []string{"*.md", "*/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range found {
			pages = append(pages, "docs/"+page)
		}
	}
	if len(pages) < 30 {
		t.Fatalf("pages %v", pages)
	}
	for _, page := range pages {
		for _, path := range missingPaths(read(t, page)) {
			t.Errorf("%s names %s, which is not there", page, path)
		}
	}
	if missing := missingPaths("`internal/wire`, `internal/wired/`, `modules/<name>/x.go`, `tests/none_test.go`"); len(missing) != 2 {
		t.Errorf("of two paths that are not there, missing are %v", missing)
	}
}
