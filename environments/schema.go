package environments

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/invopop/jsonschema"
)

// schemaJSON is what editors complete from and what the loader enforces: the same file, so they cannot disagree.
//
//go:embed schema.json
var schemaJSON []byte

// closed is a setting with a closed set of values.
type closed interface{ values() []string }

// Schema generates the JSON Schema of environment files from the types of this package, with the doc comments found in the Go
// source of dir as descriptions. `make schema` writes it to schema.json; a test says when that is stale.
func Schema(dir string) ([]byte, error) {
	reflector := &jsonschema.Reflector{
		FieldNameTag:               "yaml",
		RequiredFromJSONSchemaTags: true,
		DoNotReference:             true,
		ExpandedStruct:             true,
		Anonymous:                  true,
		Mapper:                     closedSet,
	}
	// The reflector takes a folder's path for the end of its package's.
	const pkg = "github.com/titan-platform/titan/environments"
	if err := reflector.AddGoComments(strings.TrimSuffix(pkg, "/"+dir), dir); err != nil {
		return nil, fmt.Errorf("reading doc comments in %q: %w", dir, err)
	}
	schema := reflector.Reflect(&Environment{})
	schema.Title = "Titan environment"
	text, err := json.MarshalIndent(schema, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("writing the schema: %w", err)
	}
	return append(text, '\n'), nil
}

// closedSet gives a closed set of values its enum.
func closedSet(t reflect.Type) *jsonschema.Schema {
	set, ok := reflect.Zero(t).Interface().(closed)
	if !ok {
		return nil
	}
	schema := &jsonschema.Schema{Type: "string"}
	if t.Kind() == reflect.Int {
		schema.Type = "integer"
	}
	for _, value := range set.values() {
		schema.Enum = append(schema.Enum, enumValue(t, value))
	}
	return schema
}

func enumValue(t reflect.Type, value string) any {
	if t.Kind() != reflect.Int {
		return value
	}
	n, err := strconv.Atoi(value)
	if err != nil {
		panic(fmt.Sprintf("%v lists %q, which is no number", t, value))
	}
	return n
}
