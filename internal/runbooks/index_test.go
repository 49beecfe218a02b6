package runbooks

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The index leads to every procedure, the alarms' apart, which are found by their names.
func TestTheIndexLeadsToEveryProcedure(t *testing.T) {
	index, err := os.ReadFile(filepath.Join(root, "docs", "runbooks", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages(t) {
		if !page.IsRunbook() {
			continue
		}
		file := strings.TrimPrefix(page.Path, "runbooks/")
		for _, procedure := range page.Procedures() {
			if file != "alarms.md" && !strings.Contains(string(index), "("+file+"#"+Anchor(procedure.Title)+")") {
				t.Errorf("docs/runbooks/README.md does not lead to %s#%s", file, Anchor(procedure.Title))
			}
		}
		if !strings.Contains(string(index), "("+file) {
			t.Errorf("docs/runbooks/README.md does not lead to %s", file)
		}
	}
}

var link = regexp.MustCompile(`\]\(([^()\s]*\.md)?(?:#([^()\s]+))?\)`)

// Links between pages lead to pages and headings that there are.
func TestLinksLeadSomewhere(t *testing.T) {
	anchors := map[string][]string{}
	for _, page := range pages(t) {
		for _, heading := range page.Heads {
			anchors[page.Path] = append(anchors[page.Path], Anchor(heading.Title))
		}
	}
	for _, page := range pages(t) {
		for _, found := range link.FindAllStringSubmatch(page.Text, -1) {
			to := page.Path
			if found[1] != "" {
				to = filepath.ToSlash(filepath.Join(filepath.Dir(page.Path), found[1]))
			}
			if strings.HasPrefix(to, "..") || strings.Contains(found[1], "://") {
				continue
			}
			headings, read := anchors[to]
			if _, err := os.Stat(filepath.Join(root, "docs", to)); err != nil ||
				read && found[2] != "" && !slices.Contains(headings, found[2]) {
				t.Errorf("docs/%s links to %s", page.Path, found[0][2:])
			}
		}
	}
}

// What a reader fills in is explained: in the index, or on the page, in its text or in a block before.
func TestPlaceholdersAreExplained(t *testing.T) {
	index, err := os.ReadFile(filepath.Join(root, "docs", "runbooks", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages(t) {
		if !page.IsRunbook() {
			continue
		}
		for _, block := range page.Blocks {
			if block.Language != "sh" {
				continue
			}
			for _, written := range placeholder.FindAllString(block.Text, -1) {
				told := strings.Contains(string(index), "`"+written+"`") || strings.Contains(written, " of ") ||
					slices.ContainsFunc(page.Spans, func(span Span) bool { return strings.Contains(span.Text, written) })
				if !told {
					t.Errorf("docs/%s:%d: nobody says what %s is", page.Path, block.Line, written)
				}
			}
		}
	}
}
