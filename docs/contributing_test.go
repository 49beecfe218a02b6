package docs

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	testDeclared = regexp.MustCompile(`(?m)^func (Test[A-Za-z0-9_]*)\(`)
	testNamed    = regexp.MustCompile(`\b(Test[A-Z][A-Za-z0-9]+)(?:/([a-z_]+))?`)
)

// declaredTests are the names of all tests of this repository, whatever their build tags, and the source of all tests.
func declaredTests(t *testing.T) (names map[string]bool, sources string) {
	t.Helper()
	names = map[string]bool{}
	var all strings.Builder
	err := filepath.WalkDir("..", func(file string, entry fs.DirEntry, err error) error {
		switch name := entry.Name(); {
		case err != nil:
			return err
		case entry.IsDir() && (name == "node_modules" || name == ".git" || name == ".titan" || name == "cdktf.out"):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		source, err := os.ReadFile(file)
		for _, found := range testDeclared.FindAllSubmatch(source, -1) {
			names[string(found[1])] = true
		}
		all.Write(source)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names, all.String()
}

// unknownTests are the tests that a page names and nobody has. A subtest's name stands in a source as a text, with spaces.
func unknownTests(page string, names map[string]bool, sources string) (unknown []string) {
	for _, found := range testNamed.FindAllStringSubmatch(page, -1) {
		subtest := strings.ReplaceAll(found[2], "_", " ")
		if !names[found[1]] || !strings.Contains(sources, `"`+subtest) {
			unknown = append(unknown, found[0])
		}
	}
	return unknown
}

// The tests that CONTRIBUTING.md says will fail are there.
func TestContributingNamesTestsThatThereAre(t *testing.T) {
	names, sources := declaredTests(t)
	for _, name := range unknownTests(read(t, "CONTRIBUTING.md"), names, sources) {
		t.Errorf("CONTRIBUTING.md names %s, which is no test", name)
	}
	if unknown := unknownTests("`TestFixtures/golden_files`, `TestThatThereIsNot`, `TestFixtures/golden_flies`", names, sources); len(unknown) != 2 {
		t.Errorf("of one test and two that are none, unknown are %v", unknown)
	}
}
