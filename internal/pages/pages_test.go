package pages

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/environments"
)

// input is the fixtures, as their golden files have them, with a text in them replaced.
func input(t *testing.T, old, replacement string) Input {
	t.Helper()
	all, err := environments.Load("../../tests/fixtures/platform", "")
	if err != nil {
		t.Fatal(err)
	}
	return Input{Root: "../..", Environments: all, Synthesized: func(stack string) ([]byte, error) {
		text, err := os.ReadFile("../../tests/golden/" + stack + ".json")
		return []byte(strings.ReplaceAll(string(text), old, replacement)), err
	}}
}

func TestPages(t *testing.T) {
	written, err := Pages(input(t, "", ""))
	if err != nil {
		t.Fatal(err)
	}
	for file, wants := range map[string][]string{
		"docs/environments/prod.md": {
			"# prod\n", "../architecture-prod.svg", "| network | ", "(../runbooks/alarms.md#application-errors)",
			"cron(0 1 * * ? *)", "| titan-prod-cluster | eks.amazonaws.com |", "USD a month", "Without a price",
			"| `vpc_id` |  | the VPC |",
		},
		"docs/settings.md": {
			"| `network.nat` | single, per-az | development: single; staging: per-az; production: per-az |",
			"| `cluster.node_groups[].instance_types` | list of strings | required |",
			"| `region` | one of ", "| `network.cidr` | string | required |",
		},
		"docs/modules.md": {"## modules/cache\n", "| `TLS` | `bool` |",
			"| `LogKeyARN` | `string` | encrypts log groups |"},
		"docs/document.md": {"| `aws_vpc.main` | `prod: aws_vpc.network_main_",
			"`dev: aws_elasticache_cluster.cache_"},
		"docs/architecture-prod.svg": {"<svg"},

		"docs/dashboards/cloudwatch-prod.svg":     {"<svg", "Requests failed with 5xx, %", "alarm 5"},
		"docs/dashboards/grafana-application.svg": {"<svg", "Ingress: time to answer", "made up"},
	} {
		for _, want := range wants {
			if !strings.Contains(string(written[file]), want) {
				t.Errorf("%s lacks %q", file, want)
			}
		}
	}
	for file, text := range written {
		if strings.Contains(file, "local") {
			t.Errorf("%s is of an emulated environment", file)
		}
		if strings.Contains(string(text), "<no value>") || strings.ContainsRune(string(text), '\x00') {
			t.Errorf("%s has a hole", file)
		}
	}
}

func TestAResourceOfTheDocumentThatIsNowhereIsAnError(t *testing.T) {
	_, err := input(t, "network_main_", "network_vpc_").documentPage()
	if err == nil || !strings.Contains(err.Error(), "aws_vpc.main of the document is in no environment") {
		t.Errorf("error %v", err)
	}
}

func TestOutsideOfTitansRepositoryThereAreNoPagesOfModules(t *testing.T) {
	in := input(t, "", "")
	in.Root, in.Environments = t.TempDir(), in.Environments[:1]
	written, err := Pages(in)
	if err != nil {
		t.Fatal(err)
	}
	if written["docs/modules.md"] != nil || written["docs/document.md"] != nil || written["docs/settings.md"] == nil {
		t.Errorf("there are %d pages, those of modules among them, or the settings are not", len(written))
	}
}

func TestAnEnvironmentThatWaitsForItsZoneHasNoPage(t *testing.T) {
	in := input(t, "", "")
	in.Root, in.Environments = t.TempDir(), in.Environments[:1]
	in.Environments[0].DNS.Delegated = false
	written, err := Pages(in)
	if err != nil || len(written) != 1 {
		t.Errorf("error %v, %d pages; want that of the settings alone", err, len(written))
	}
}

func TestKinds(t *testing.T) {
	for text, want := range map[string]string{
		`{"type": "string", "enum": ["a", "b"]}`:                   "a, b",
		`{"type": "integer", "minimum": 1, "maximum": 35}`:         "integer, 1 to 35",
		`{"type": "integer", "minimum": 1, "maximum": 2147483647}`: "integer, 1 and more",
		`{"type": "array", "items": {"type": "string"}}`:           "list of strings",
		`{"oneOf": [{"type": "string"}, {"type": "boolean"}]}`:     "string or boolean",
		`{"enum": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]}`:    "one of 13 values, such as 1",
	} {
		var s schema
		if err := json.Unmarshal([]byte(text), &s); err != nil {
			t.Fatal(err)
		}
		if have := s.kind(); have != want {
			t.Errorf("%s is %q, want %q", text, have, want)
		}
	}
}

func TestModulesHaveTheirFieldsAndComments(t *testing.T) {
	found, err := readModule(fstest.MapFS{
		"modules/x/x.go": {Data: []byte(`// Package x makes one.
package x

// Config is what it needs.
type Config struct {
	Target
	Name string // at most 40
	// Both are ARNs.
	A, B []string
}
`)},
		"modules/x/x_test.go": {Data: []byte("package x\n\ntype Output struct{ Wrong int }\n")},
	}, "modules/x")
	if err != nil {
		t.Fatal(err)
	}
	want := module{Name: "modules/x", Says: "Package x makes one.\n", Inputs: []field{
		{"Target", "Target", ""}, {"Name", "string", "at most 40"}, {"A", "[]string", "Both are ARNs."},
		{"B", "[]string", "Both are ARNs."},
	}}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Error(diff)
	}
}

func TestCellsDoNotBreakTables(t *testing.T) {
	if have := cell("a|b\nc <name>"); have != `a\|b c &lt;name&gt;` {
		t.Errorf("%q", have)
	}
}

func TestAStackThatIsNotThereIsAnError(t *testing.T) {
	in := input(t, "", "")
	in.Synthesized = func(stack string) ([]byte, error) { return nil, fmt.Errorf("no %s", stack) }
	if _, err := Pages(in); err == nil || !strings.Contains(err.Error(), "writing the page of") {
		t.Errorf("error %v", err)
	}
}
