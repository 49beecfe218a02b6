package audit

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What pins dependencies and is not asked about would never be heard of.
func TestEveryFileThatPinsIsAskedAbout(t *testing.T) {
	root := os.DirFS("../..")
	var want []string
	err := fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		switch name := entry.Name(); {
		case err != nil:
			return err
		case slices.Contains([]string{"node_modules", ".titan", "cdktf.out", ".git", "testdata"}, name):
			if !entry.IsDir() { // a link to one
				return nil
			}
			return fs.SkipDir
		case path == "internal/kubernetes/traefik/ext/go.mod": // requires nothing
		case name == "go.mod", name == "package-lock.json", strings.HasSuffix(name, "requirements.txt"):
			want = append(want, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range pinned {
		got = append(got, p.file)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("asked about\n%s\nthere are\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestReadGovulncheck(t *testing.T) {
	const config = `{"config":{"scanner_name":"govulncheck"}}`
	const osv = `{"osv":{"id":"GO-2026-0001","summary":"planted"}}`
	finding := func(pkg string) string {
		return `{"finding":{"osv":"GO-2026-0001","fixed_version":"v1.2.0","trace":[` +
			`{"module":"example.com/m","version":"v1.0.0"` + pkg + `}]}}`
	}
	imported := finding(`,"package":"example.com/m/a"`)
	want := Vulnerability{"GO-2026-0001", "example.com/m", "v1.0.0", "v1.2.0", "planted"}
	found, err := readGovulncheck([]byte(config + osv + finding("") + imported + finding(`,"package":"example.com/m/b"`)))
	if err != nil || !slices.Equal(found, []Vulnerability{want}) {
		t.Errorf("got %v, %v, want %v once", found, err, want)
	}
	if found, err := readGovulncheck([]byte(config + osv + finding(""))); err != nil || found != nil {
		t.Errorf("a package that is not imported: %v, %v", found, err)
	}
	for _, output := range []string{"", imported[:20]} {
		if _, err := readGovulncheck([]byte(output)); err == nil {
			t.Errorf("%q is taken for a clean bill of health", output)
		}
	}
}

func TestReadNPM(t *testing.T) {
	const advisory = `{"name":"left-pad","title":"planted","range":"<2.0.0",` +
		`"url":"https://github.com/advisories/GHSA-plan-ted0-0001"}`
	const report = `{"auditReportVersion":2,"vulnerabilities":{` +
		`"left-pad":{"via":[` + advisory + `]},"user":{"via":["left-pad",` + advisory + `]}}}`
	want := Vulnerability{"GHSA-plan-ted0-0001", "left-pad", "<2.0.0", "", "planted"}
	found, err := readNPM([]byte(report), errors.New("exit status 1"))
	if err != nil || !slices.Equal(found, []Vulnerability{want}) {
		t.Errorf("got %v, %v, want %v once", found, err, want)
	}
	if found, err := readNPM([]byte(`{"auditReportVersion":2,"vulnerabilities":{}}`), nil); err != nil || found != nil {
		t.Errorf("nothing known: %v, %v", found, err)
	}
	for output, want := range map[string]string{
		`{"message":"405 Method Not Allowed","statusCode":405}`: "405 Method Not Allowed",
		`{"actions":[],"advisories":{}}`:                        "npm's report has version 0",
		`not JSON`:                                              "reading npm's report",
	} {
		if _, err := readNPM([]byte(output), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", output, err, want)
		}
	}
}

func TestReadPipAudit(t *testing.T) {
	const planted = `{"dependencies":[{"name":"boto3","version":"1.0","vulns":[]},
		{"name":"jinja2","version":"3.1.0","vulns":[
			{"id":"PYSEC-2026-1","description":"planted","fix_versions":["3.1.1","3.2.0"]}]}]}`
	want := Vulnerability{"PYSEC-2026-1", "jinja2", "3.1.0", "3.1.1, 3.2.0", "planted"}
	found, err := readPipAudit([]byte(planted), errors.New("exit status 1"))
	if err != nil || !slices.Equal(found, []Vulnerability{want}) {
		t.Errorf("got %v, %v, want %v", found, err, want)
	}
	for output, want := range map[string]string{
		``:                    "connection refused",
		`{"dependencies":[]}`: "connection refused",
		`{"dependencies":[{"name":"x","skip_reason":"not on PyPI"}]}`: "pip-audit left out x: not on PyPI",
	} {
		_, err := readPipAudit([]byte(output), errors.New("connection refused"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", output, err, want)
		}
	}
}

func TestWhatIsNotThereIsLeftOut(t *testing.T) {
	root := t.TempDir() // a repository that uses Titan, without a lock file
	if err := os.WriteFile(filepath.Join(root, "go.mod"), []byte("module m\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var reported []Result
	if err := (Audit{Root: root}).Run(t.Context(), func(r Result) { reported = append(reported, r) }); err != nil {
		t.Fatal(err)
	}
	// It has no sources of govulncheck either, which is a reason and no clean bill of health.
	if len(reported) != 1 || reported[0].File != "go.mod" || reported[0].NotRun == nil {
		t.Errorf("got %v", reported)
	}
}
