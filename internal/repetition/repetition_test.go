package repetition

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/terraform"
)

// TestTheProviderRepeatsWhatThePageSays applies a resource a case against an endpoint that refuses, and counts the
// calls. A provider that begins or ceases to repeat one makes the page wrong, and with it an order in modules.
func TestTheProviderRepeatsWhatThePageSays(t *testing.T) {
	aws := &endpoint{calls: map[string]int{}}
	server := httptest.NewServer(aws)
	defer server.Close()
	providers, err := terraform.Providers(t.Context(), filepath.Join("..", "..", ".titan"))
	if err != nil {
		t.Fatal(err)
	}
	w := terraform.Workspace{Dir: t.TempDir(), Env: terraform.EnvironmentOver(emulator.Isolated(server.URL), providers)}
	if err := os.WriteFile(filepath.Join(w.Dir, "main.tf.json"), configuration(t), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Run(
		t.Context(),
		"apply",
		"-input=false",
		"-no-color",
		"-auto-approve",
		"-parallelism=50",
	); err == nil {
		t.Fatal("something was made")
	}
	for i, c := range refusals {
		switch calls := aws.calls[nameOf(i)]; {
		case calls == 0:
			t.Errorf("%s was never called for: %s", c.kind, c.message)
		case c.repeated != (calls > 1):
			t.Errorf(
				"%s is called %d times after %s: %s; docs/firstapply.md says that it is repeated: %v",
				c.kind,
				calls,
				c.code,
				c.message,
				c.repeated,
			)
		}
	}
}

// configuration is one resource a case.
func configuration(t *testing.T) []byte {
	t.Helper()
	resources := map[string]object{}
	for i, c := range refusals {
		text, err := json.Marshal(c.arguments)
		if err != nil {
			t.Fatal(err)
		}
		if resources[c.kind] == nil {
			resources[c.kind] = object{}
		}
		resources[c.kind][nameOf(i)] = json.RawMessage(strings.ReplaceAll(string(text), "NAME", nameOf(i)))
	}
	content, err := json.Marshal(object{
		"terraform": object{
			"required_providers": object{"aws": object{"source": "hashicorp/aws", "version": "~> 5.99"}},
		},
		"provider": object{"aws": object{
			"region":                      "eu-west-1",
			"skip_credentials_validation": true,
			"skip_requesting_account_id":  true,
			"skip_metadata_api_check":     true,
			"s3_use_path_style":           true,
		}},
		"resource": resources,
	})
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestThePageNamesEveryCase(t *testing.T) {
	page, err := os.ReadFile("../../docs/firstapply.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range refusals {
		if !strings.Contains(string(page), "`"+c.kind+"`") {
			t.Errorf("docs/firstapply.md does not name %s", c.kind)
		}
	}
}
