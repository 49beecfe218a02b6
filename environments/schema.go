package environments

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/invopop/jsonschema"
	compiledschema "github.com/santhosh-tekuri/jsonschema/v6"
)

// schemaJSON and accountSchemaJSON are what editors complete from and what the loader enforces: the same files,
// so they cannot disagree.
var (
	//go:embed schema.json
	schemaJSON []byte
	//go:embed accounts/schema.json
	accountSchemaJSON []byte
)

// grammar is what files of a kind may hold.
type grammar struct {
	kind, of, one string // environment, an environment, one environment
	file          string // of its JSON Schema, in the folder of this package
	types         any    // the Go type that it is generated from
	compiled      func() *compiledschema.Schema
}

var (
	environmentGrammar = &grammar{
		kind: "environment", of: "an environment", one: "one environment", file: "schema.json", types: &Environment{},
		compiled: compile("schema.json", &schemaJSON),
	}
	accountGrammar = &grammar{
		kind: "account", of: "an account", one: "one account", file: accountsDir + "/schema.json", types: &Account{},
		compiled: compile(accountsDir+"/schema.json", &accountSchemaJSON),
	}
)

// compile makes a schema ready to check documents, once.
func compile(file string, text *[]byte) func() *compiledschema.Schema {
	return sync.OnceValue(func() *compiledschema.Schema {
		value, err := compiledschema.UnmarshalJSON(bytes.NewReader(*text))
		if err != nil {
			panic(fmt.Sprintf("environments/%s: %v; run make schema", file, err))
		}
		compiler := compiledschema.NewCompiler()
		if err := compiler.AddResource(file, value); err != nil {
			panic(fmt.Sprintf("environments/%s: %v; run make schema", file, err))
		}
		return compiler.MustCompile(file)
	})
}

// EmbeddedSchemas are the schemas that the loader enforces, by their place below the folder of the files.
func EmbeddedSchemas() map[string][]byte {
	return map[string][]byte{
		environmentGrammar.file: bytes.Clone(schemaJSON),
		accountGrammar.file:     bytes.Clone(accountSchemaJSON),
	}
}

// closed is a setting with a closed set of values.
type closed interface{ values() []string }

// Schemas generates the JSON Schemas of environment and account files, by their paths below dir, from the types of
// this package, with the doc comments found in the Go source of dir as descriptions. `make schema` writes them; a test
// says when one is stale.
func Schemas(dir string) (map[string][]byte, error) {
	schemas := map[string][]byte{}
	for _, grammar := range []*grammar{environmentGrammar, accountGrammar} {
		text, err := grammar.generate(dir)
		if err != nil {
			return nil, err
		}
		schemas[grammar.file] = text
	}
	return schemas, nil
}

func (g *grammar) generate(dir string) ([]byte, error) {
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
	schema := reflector.Reflect(g.types)
	schema.Title = "Titan " + g.kind
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
