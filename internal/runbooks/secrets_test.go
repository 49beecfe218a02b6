package runbooks

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// Each secret that a stack makes has its row in secrets.md, which says by what it is renewed.
func TestEverySecretHasItsRow(t *testing.T) {
	var rows []*regexp.Regexp
	for _, page := range pages(t) {
		if page.Path == "runbooks/secrets.md" {
			for _, span := range page.Spans {
				rows = append(rows, matcher(span.Text))
			}
		}
	}
	for _, secret := range secretsIn(t, filepath.Join(root, "tests", "golden")) {
		if !slices.ContainsFunc(rows, func(row *regexp.Regexp) bool { return row.MatchString(secret) }) {
			t.Errorf("docs/runbooks/secrets.md has no row of %s", secret)
		}
	}
}

func secretsIn(t *testing.T, golden string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(golden, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	var secrets []string
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var stack struct {
			Resource struct {
				Secrets map[string]struct{ Name string } `json:"aws_secretsmanager_secret"`
			}
		}
		if err := json.Unmarshal(content, &stack); err != nil {
			t.Fatal(err)
		}
		for _, secret := range stack.Resource.Secrets {
			secrets = append(secrets, secret.Name)
		}
	}
	if len(secrets) < 10 {
		t.Fatalf("only %q are secrets", secrets)
	}
	return secrets
}
