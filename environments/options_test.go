package environments

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// optionFolders are the folders of files that together use every option: what is synthesized and validated of them
// (tests/options_test.go) covers the grammar.
var optionFolders = []string{
	".", "../tests/fixtures/options", "../tests/fixtures/failedover", "../tests/fixtures/otherorg",
}

// unused are values of closed sets that no file can have, by their path.
var unused = map[string]string{
	"dr.failover=automatic": "the loader refuses it: no database here replicates continuously",
}

// TestEveryOptionIsUsedSomewhere fails where an option is set by no file, or a value of a closed set is in none.
func TestEveryOptionIsUsedSomewhere(t *testing.T) {
	for _, folder := range optionFolders {
		if _, err := Load(folder, ""); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		grammar *grammar
		files   string
	}{{environmentGrammar, "*.yaml"}, {accountGrammar, accountsDir + "/*.yaml"}} {
		used := map[string]bool{}
		for _, folder := range optionFolders {
			files, err := filepath.Glob(filepath.Join(folder, filepath.FromSlash(c.files)))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				maps.Copy(used, optionsOf(t, file, c.grammar))
			}
		}
		for _, option := range allOptions("", c.grammar.compiled()) {
			if _, impossible := unused[option]; !used[option] && !impossible {
				t.Errorf("no file of %v sets %s: %s", optionFolders, c.grammar.kind, option)
			}
			if _, impossible := unused[option]; used[option] && impossible {
				t.Errorf("%s is used, and said to be impossible", option)
			}
		}
	}
}

// optionsOf are the options that a file sets: their paths without list indexes, and each with its value.
func optionsOf(t *testing.T, path string, of *grammar) map[string]bool {
	t.Helper()
	d := &document{path: path, grammar: of}
	_, content := d.open()
	if d.parse(content); d.problems != nil {
		t.Fatal(d.problems)
	}
	options := map[string]bool{}
	var walk func(path string, value any)
	walk = func(path string, value any) {
		switch holder := value.(type) {
		case map[string]any:
			for key, inner := range holder {
				walk(join(path, key), inner)
			}
		case []any:
			for _, inner := range holder {
				walk(path, inner)
			}
		default:
			options[path], options[fmt.Sprintf("%s=%v", path, value)] = true, true
		}
	}
	walk("", d.value)
	return options
}

// allOptions are the options of a schema: a path of each that is open, and a path with each value of one that is
// closed. Regions and days have tests of their own.
func allOptions(path string, schema *jsonschema.Schema) []string {
	var options []string
	for _, key := range slices.Sorted(maps.Keys(schema.Properties)) {
		options = append(options, allOptions(join(path, key), schema.Properties[key])...)
	}
	switch {
	case len(schema.Properties) > 0:
	case schema.Items2020 != nil:
		options = allOptions(path, schema.Items2020)
	case schema.Enum != nil && len(schema.Enum.Values) <= 12:
		for _, value := range schema.Enum.Values {
			options = append(options, fmt.Sprintf("%s=%v", path, value))
		}
	case schema.Types != nil && slices.Contains(schema.Types.ToStrings(), "boolean"):
		options = []string{path + "=true"}
	default:
		options = []string{path}
	}
	return options
}
