package runbooks

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var quotaCode = regexp.MustCompile(`\bL-[0-9A-F]{8}\b`)

// Codes of quotas in the runbook are those that titan asks and computes with, each with its source.
func TestQuotasAreThoseThatTitanKnows(t *testing.T) {
	var known strings.Builder
	for _, pattern := range []string{"internal/preflight/*.go", "internal/quotas/*.go"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			known.Write(content)
		}
	}
	page, err := os.ReadFile(filepath.Join(root, "docs", "runbooks", "quotas.md"))
	if err != nil {
		t.Fatal(err)
	}
	codes := quotaCode.FindAllString(string(page), -1)
	if len(codes) < 10 {
		t.Fatalf("the page has %q alone", codes)
	}
	for _, code := range codes {
		if !strings.Contains(known.String(), code) {
			t.Errorf("titan knows no quota %s", code)
		}
	}
}
