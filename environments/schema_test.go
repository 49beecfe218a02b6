package environments

import (
	"bytes"
	"testing"
)

func TestSchemaIsUpToDate(t *testing.T) {
	t.Chdir("..") // where `make schema` runs
	want, err := Schema("environments")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(schemaJSON, want) {
		t.Error("environments/schema.json is stale: the types or their comments have changed; run make schema")
	}
}
