package pathproof

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the table of invariants anew (make golden)")

const (
	securityPage = "../../docs/security.md"
	tableBegins  = "<!-- the table of invariants, written by make golden -->\n"
	tableEnds    = "<!-- end of the table -->\n"
)

// TestTheDocsHaveTheTableOfInvariants holds the page against the table that is checked.
func TestTheDocsHaveTheTableOfInvariants(t *testing.T) {
	content, err := os.ReadFile(securityPage)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(content), tableBegins)
	have, after, ended := strings.Cut(rest, tableEnds)
	if !found || !ended {
		t.Fatalf("%s has no place for the table: %q … %q", securityPage, tableBegins, tableEnds)
	}
	want := invariantsTable()
	if *update {
		if err := os.WriteFile(securityPage, []byte(before+tableBegins+want+tableEnds+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if have != want {
		t.Errorf("%s is stale; run: make golden\nhas\n%s\nwant\n%s", securityPage, have, want)
	}
}

func invariantsTable() string {
	var table strings.Builder
	table.WriteString("| invariant | the question | the answer may name | why |\n| --- | --- | --- | --- |\n")
	for _, i := range Invariants {
		may := "nobody and nothing"
		if len(i.Want) > 0 {
			may = "`" + strings.Join(i.Want, "`, `") + "`"
		}
		fmt.Fprintf(&table, "| %s | %s | %s | %s |\n", i.Title, i.Question(), may, i.Reason)
	}
	return table.String()
}
