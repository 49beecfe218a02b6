package docs

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// read is a file of the repository, by its path from the root.
func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile("../" + file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var (
	costOfPage = regexp.MustCompile(`About \*\*([0-9,]+) USD a month\*\*`)
	costRow    = regexp.MustCompile(`(?m)^\| \[([a-z-]+)\]\(docs/environments/[a-z-]+\.md#cost-drivers\) \| ([0-9,]+) \|`)
)

// The front page's costs are those of the environments' pages, which are made of what is synthesized.
func TestTheReadmeHasTheCostOfEachEnvironment(t *testing.T) {
	rows := costRow.FindAllStringSubmatch(read(t, "README.md"), -1)
	if len(rows) < 4 {
		t.Fatalf("the table of costs has %d rows", len(rows))
	}
	for _, row := range rows {
		page := "docs/environments/" + row[1] + ".md"
		if found := costOfPage.FindStringSubmatch(read(t, page)); found == nil || found[1] != row[2] {
			t.Errorf("README.md has %s USD for %s, and %s %q", row[2], row[1], page, found)
		}
	}
}

// The file that the front page shows is the one that lies in environments.
func TestTheReadmeShowsTheFileOfDev(t *testing.T) {
	_, shown, found := strings.Cut(read(t, "README.md"), "<!-- the file of dev -->\n```yaml\n")
	shown, _, ended := strings.Cut(shown, "```\n")
	if !found || !ended || shown != read(t, "environments/dev.yaml") {
		t.Errorf("README.md shows another file than environments/dev.yaml:\n%s", shown)
	}
}

var (
	target  = regexp.MustCompile(`(?m)^([a-z0-9-]+):.*## `)
	command = regexp.MustCompile("`make ([a-z0-9-]+)")
)

// Each target of the Makefile is a command of the page, and the other way round; what README.md and CONTRIBUTING.md have people
// call is one as well.
func TestEveryTargetOfTheMakefileIsOnThePageOfCommands(t *testing.T) {
	targets := map[string]bool{}
	for _, found := range target.FindAllStringSubmatch(read(t, "Makefile"), -1) {
		targets[found[1]] = true
	}
	if !targets["deploy"] || !targets["e2e-fresh"] {
		t.Fatalf("the Makefile's targets are %v", targets)
	}
	page := read(t, "docs/commands.md")
	for name := range targets {
		if name != "help" && !strings.Contains(page, "`make "+name+"`") && !strings.Contains(page, "`make "+name+" ") {
			t.Errorf("docs/commands.md lacks `make %s`", name)
		}
	}
	for _, file := range []string{"docs/commands.md", "README.md", "CONTRIBUTING.md"} {
		for _, found := range command.FindAllStringSubmatch(read(t, file), -1) {
			if !targets[found[1]] {
				t.Errorf("%s has people call `make %s`, which is no target", file, found[1])
			}
		}
	}
}
