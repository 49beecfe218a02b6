package environments

import (
	"bytes"
	"testing"
)

func TestSchemaIsUpToDate(t *testing.T) {
	want, err := Schema(".")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(schemaJSON, want) {
		t.Error("environments/schema.json is stale: the types or their comments have changed; run make schema")
	}
}
