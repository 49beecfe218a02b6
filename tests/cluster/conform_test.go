//go:build cluster

package cluster

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestChartPassesHelmsLint(t *testing.T) {
	for _, e := range all(t) {
		helm(t, "lint", "--strict", "--quiet", chart, "--values", file(t, values(t, e, standIn)))
	}
}

func TestEverythingRenderedConforms(t *testing.T) {
	conforms := kubeconform(t)
	for _, e := range all(t) {
		objects, hooks := render(t, values(t, e, standIn))
		if err := conforms(append(objects, hooks...)); err != nil {
			t.Errorf("%s: %v", e.Name, err)
		}
	}
}

func TestATypoDoesNotConform(t *testing.T) {
	conforms := kubeconform(t)
	for _, typo := range []struct {
		object string
		do     func(o object)
		want   string
	}{
		{"Deployment/birthday-app", func(o object) { set(o, 3, "spec", "replica") }, "additional properties 'replica' not allowed"},
		{"PodDisruptionBudget/birthday-app", func(o object) { set(o, "AlwaysAllow", "spec", "unhealthyPodEvictionpolicy") }, "'unhealthyPodEvictionpolicy' not allowed"},
		{"Service/birthday-app", func(o object) { set(o, "http", "spec", "ports") }, "got string, want array"},
		{"ExternalSecret/birthday-app-database", func(o object) { set(o, "x", "spec", "secretStoreRef", "nme") }, "'nme' not allowed"},
	} {
		objects, _ := render(t, values(t, environment(t, "prod"), standIn))
		o := one(t, objects, typo.object)
		typo.do(o)
		if err := conforms([]object{o}); err == nil || !strings.Contains(err.Error(), typo.want) {
			t.Errorf("%s: %v, want %q", typo.object, err, typo.want)
		}
	}
}

// kubeconform makes its schemas from the API server's own OpenAPI and returns a check by them.
func kubeconform(t *testing.T) func(objects []object) error {
	t.Helper()
	dir := t.TempDir()
	var openAPI struct{ Definitions map[string]object }
	if err := json.Unmarshal([]byte(kubectl(t, "", "get", "--raw", "/openapi/v2")), &openAPI); err != nil {
		t.Fatal(err)
	}
	for definition, schema := range openAPI.Definitions {
		strict(definition, schema)
	}
	kinds := 0
	for definition, schema := range openAPI.Definitions {
		versions, _ := schema["x-kubernetes-group-version-kind"].([]any)
		if len(versions) != 1 { // several are options and lists, which are no manifests
			continue
		}
		version := versions[0].(object)
		group := fmt.Sprint(version["group"])
		if group == "" {
			group = fmt.Sprint(version["version"]) // as kubeconform has it
		}
		used := map[string]object{}
		reach(openAPI.Definitions, definition, used)
		content, err := json.Marshal(object{"$ref": "#/definitions/" + definition, "definitions": used})
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, strings.ToLower(fmt.Sprintf("%s_%s_%s.json", group, version["version"], version["kind"])))
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		kinds++
	}
	if kinds < 100 {
		t.Fatalf("the API server's OpenAPI has only %d kinds", kinds)
	}
	location := filepath.Join(dir, "{{.Group}}_{{.ResourceAPIVersion}}_{{.ResourceKind}}.json")
	return func(objects []object) error {
		output, err := try(programs.Kubeconform, text(t, objects...), "-strict", "-summary", "-schema-location", location)
		if err == nil && !strings.Contains(output, fmt.Sprintf("Valid: %d, Invalid: 0, Errors: 0, Skipped: 0", len(objects))) {
			return fmt.Errorf("kubeconform did not look at all of %d objects: %s", len(objects), output)
		}
		return err
	}
}

// strict makes a schema of JSON Schema from one of OpenAPI: no field but the known ones, and what Kubernetes writes as a string but takes
// as a number, too.
func strict(definition string, schema object) {
	switch {
	case strings.HasSuffix(definition, "api.resource.Quantity"), strings.HasSuffix(definition, "util.intstr.IntOrString"):
		delete(schema, "format")
		schema["type"] = []string{"string", "integer", "number"}
	}
	forEach(schema, func(o object) {
		if o["properties"] != nil && o["additionalProperties"] == nil && o["x-kubernetes-preserve-unknown-fields"] == nil {
			o["additionalProperties"] = false
		}
	})
}

// reach collects a definition and what it refers to.
func reach(definitions map[string]object, definition string, used map[string]object) {
	if used[definition] != nil {
		return
	}
	used[definition] = definitions[definition]
	forEach(definitions[definition], func(o object) {
		if ref, ok := o["$ref"].(string); ok {
			reach(definitions, strings.TrimPrefix(ref, "#/definitions/"), used)
		}
	})
}

// forEach visits an object and the objects in it.
func forEach(value any, visit func(object)) {
	switch v := value.(type) {
	case object:
		visit(v)
		for _, part := range v {
			forEach(part, visit)
		}
	case []any:
		for _, part := range v {
			forEach(part, visit)
		}
	}
}
