//go:build audit

package audit

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// databases are small ones of the test's: each knows of one vulnerability of a package that the repository pins.
func databases(t *testing.T) Databases {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"index/db.json": `{"modified":"2026-11-01T00:00:00Z"}`,
		"index/modules.json": `[{"path":"github.com/spf13/cobra",
			"vulns":[{"id":"GO-2026-0001","modified":"2026-11-01T00:00:00Z"}]}]`,
		"ID/GO-2026-0001.json": `{"schema_version":"1.3.1","id":"GO-2026-0001","summary":"planted","affected":[{
			"package":{"name":"github.com/spf13/cobra","ecosystem":"Go"},
			"ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}],
			"ecosystem_specific":{"imports":[{"path":"github.com/spf13/cobra"}]}}]}`,
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	database := url.URL{Scheme: "file", Path: filepath.ToSlash(dir)}
	return Databases{Go: database.String(), NPM: serve(t, answerNPM), OSV: serve(t, answerOSV) + "/v1/query"}
}

func serve(t *testing.T, handler http.HandlerFunc) string {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// answerNPM answers as a registry does: npm posts what a lock file has, and looks at the packages that are named.
func answerNPM(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || r.URL.Path != "/-/npm/v1/security/advisories/bulk" {
		http.NotFound(w, r)
		return
	}
	_, _ = io.WriteString(w, `{"cdktf-cli":[{"id":1,"url":"https://github.com/advisories/GHSA-plan-ted0-0001",
		"title":"planted","severity":"high","vulnerable_versions":"<1.0.0"}]}`) // a closed connection is the client's
}

// answerOSV answers for one package at a time.
func answerOSV(w http.ResponseWriter, r *http.Request) {
	var query struct{ Package struct{ Name string } }
	if err := json.NewDecoder(r.Body).Decode(&query); err != nil || query.Package.Name != "botocore" {
		_, _ = io.WriteString(w, `{}`) // a closed connection is the client's
		return
	}
	_, _ = io.WriteString(w, `{"vulns":[{"id":"PYSEC-2026-1","summary":"planted","affected":[{
		"package":{"name":"botocore","ecosystem":"PyPI"},"ranges":[{"type":"ECOSYSTEM","events":[{"fixed":"999"}]}]}]}]}`)
}

func audit(t *testing.T, d Databases) map[string]Result {
	t.Helper()
	results := map[string]Result{}
	a := Audit{Root: "../..", Work: "../../.titan", Databases: d}
	if err := a.Run(t.Context(), func(r Result) { results[r.File] = r }); err != nil {
		t.Fatal(err)
	}
	return results
}

// TestPlantedVulnerabilitiesAreFound shows that all three tools are awake, and that each asks about its own files.
func TestPlantedVulnerabilitiesAreFound(t *testing.T) {
	results := audit(t, databases(t))
	for file, want := range map[string]string{
		"go.mod":                              "GO-2026-0001 github.com/spf13/cobra",
		"internal/kubernetes/programs/go.mod": "GO-2026-0001 github.com/spf13/cobra",
		"internal/audit/govulncheck/go.mod":   "",
		"package-lock.json":                   "GHSA-plan-ted0-0001 cdktf-cli",
		"internal/emulator/requirements.txt":  "PYSEC-2026-1 botocore",
		"internal/audit/requirements.txt":     "",
	} {
		r := results[file]
		var found []string
		for _, v := range r.Vulnerabilities {
			found = append(found, v.ID+" "+v.Package)
		}
		if got := strings.Join(found, ", "); got != want || r.NotRun != nil {
			t.Errorf("%s: found %q, want %q; not run: %v", file, got, want, r.NotRun)
		}
	}
}

// TestADatabaseThatDoesNotAnswerIsNoCleanBillOfHealth has nobody listen.
func TestADatabaseThatDoesNotAnswerIsNoCleanBillOfHealth(t *testing.T) {
	server := httptest.NewServer(nil)
	server.Close()
	t.Setenv("npm_config_fetch_retries", "0")
	results := audit(t, Databases{Go: server.URL, NPM: server.URL, OSV: server.URL})
	if len(results) != len(pinned) {
		t.Errorf("%d results of %d files", len(results), len(pinned))
	}
	for file, r := range results {
		if r.NotRun == nil {
			t.Errorf("%s: nobody was asked, and it counts as asked: %v", file, r.Vulnerabilities)
		}
	}
}
