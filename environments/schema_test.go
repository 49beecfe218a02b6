package environments

import (
	"bytes"
	"testing"
)

func TestSchemasAreUpToDate(t *testing.T) {
	t.Chdir("..") // where `make schema` runs
	want, err := Schemas("environments")
	if err != nil {
		t.Fatal(err)
	}
	for file, got := range map[string][]byte{environmentGrammar.file: schemaJSON, accountGrammar.file: accountSchemaJSON} {
		if !bytes.Equal(got, want[file]) {
			t.Errorf("environments/%s is stale: the types or their comments have changed; run make schema", file)
		}
	}
}
