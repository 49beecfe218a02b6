package edit

import (
	"strings"
	"testing"
)

func TestSeveralChangesAndTheirDiff(t *testing.T) {
	f := opened(t, `tier: production # one
a: 1
b: 2
c: 3
owner: platform
d: 4
e: 5
f: 6
g: 7

database: {snapshots: [standby]} # copied

dr: {role: primary}`)
	for _, c := range []change{
		set("tier", "staging"),
		removed("b"),
		removed("owner"),
		appendItem("database.snapshots", "failback-20260203"),
		set("dr.fenced", true),
	} {
		if err := c(f); err != nil {
			t.Fatal(err)
		}
	}
	want := `--- prod.yaml
+++ prod.yaml
@@ -1,13 +1,11 @@
-tier: production # one
+tier: staging # one
 a: 1
-b: 2
 c: 3
-owner: platform
 d: 4
 e: 5
 f: 6
 g: 7
 
-database: {snapshots: [standby]} # copied
+database: {snapshots: [standby, failback-20260203]} # copied
 
-dr: {role: primary}
\ No newline at end of file
+dr: {role: primary, fenced: true}
\ No newline at end of file
`
	if got := strings.ReplaceAll(f.Diff(), f.path, "prod.yaml"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestADiffOfDistantChangesCountsTheirLines(t *testing.T) {
	f := opened(t, "a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\ng: 1\nh: 1\ni: 1\nj: 1\nk: 1\nl: 1\nm: 1\nn: 1\no: 1\np: 1\n")
	for _, c := range []change{set("b", 2), removed("d"), set("n", 2)} {
		if err := c(f); err != nil {
			t.Fatal(err)
		}
	}
	var headers []string
	for line := range strings.Lines(f.Diff()) {
		if strings.HasPrefix(line, "@@") {
			headers = append(headers, strings.TrimSpace(line))
		}
	}
	if got, want := strings.Join(headers, ", "), "@@ -1,7 +1,6 @@, @@ -11,6 +10,6 @@"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestADiffWithoutChangesIsEmpty(t *testing.T) {
	f := opened(t, "dr: {role: 'primary'}\n")
	if err := f.Set("dr.role", "primary"); err != nil {
		t.Fatal(err)
	}
	if got := f.Diff(); got != "" {
		t.Errorf("got %q", got)
	}
}
