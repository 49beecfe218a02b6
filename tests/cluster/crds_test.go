//go:build cluster

package cluster

import (
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/dynamic"

	"github.com/titan-platform/titan/internal/crds"
)

// definition is one of widgets, whose only version has a field.
func definition(t *testing.T, version, field string) *unstructured.Unstructured {
	t.Helper()
	text := strings.NewReplacer("VERSION", version, "FIELD", field).Replace(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}
  scope: Namespaced
  versions:
  - name: VERSION
    served: true
    storage: true
    schema: {openAPIV3Schema: {type: object, properties: {FIELD: {type: string}}}}
`)
	made := &unstructured.Unstructured{}
	if err := yaml.Unmarshal([]byte(text), &made.Object); err != nil {
		t.Fatal(err)
	}
	return made
}

func TestDefinitionsFollowTheirChart(t *testing.T) {
	client, err := dynamic.NewForConfig(connection(t))
	if err != nil {
		t.Fatal(err)
	}
	apply := func(one *unstructured.Unstructured) (crds.Change, error) { return crds.Apply(t.Context(), client, one) }
	// Helm installed it once, as kubectl create would.
	kubectl(t, "", "delete", "crd", "widgets.example.com", "--ignore-not-found")
	for _, step := range []struct {
		field string
		want  crds.Change
	}{{"old", crds.Created}, {"old", crds.Unchanged}, {"new", crds.Updated}, {"new", crds.Unchanged}} {
		got, err := apply(definition(t, "v1", step.field))
		if err != nil {
			t.Fatal(err)
		}
		if got != step.want {
			t.Errorf("with the field %s it was %s, want %s", step.field, got, step.want)
		}
	}
	fields := kubectl(t, "", "get", "crd", "widgets.example.com", "--output",
		"jsonpath={.spec.versions[0].schema.openAPIV3Schema.properties}")
	if strings.Contains(fields, "old") || !strings.Contains(fields, "new") {
		t.Errorf("the fields are %s", fields)
	}
	// Objects are stored in v1, so it can't go.
	if _, err := apply(definition(t, "v2", "new")); err == nil || !strings.Contains(err.Error(), "storedVersions") {
		t.Errorf("a version that is stored was taken out: %v", err)
	}
	// A field that no API server knows is a chart for another Kubernetes.
	wrong := definition(t, "v1", "new")
	if err := unstructured.SetNestedField(wrong.Object, true, "spec", "unknown"); err != nil {
		t.Fatal(err)
	}
	if _, err := apply(wrong); err == nil {
		t.Error("an unknown field was taken")
	}
}
