//go:build cluster

package cluster

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// render is what Helm makes of the chart: the release's own objects, and its hooks in the order that Helm runs them.
func render(t *testing.T, values object) (objects, hooks []object) {
	t.Helper()
	text := helm(t, "template", release, chart, "--namespace", "birthday", "--values", file(t, values))
	for _, o := range documents(t, text) {
		if annotation(o, "helm.sh/hook") != "" {
			hooks = append(hooks, o)
		} else {
			objects = append(objects, o)
		}
	}
	slices.SortStableFunc(hooks, func(a, b object) int { return cmp.Compare(weight(a), weight(b)) })
	return objects, hooks
}

func weight(hook object) int {
	n, _ := strconv.Atoi(annotation(hook, "helm.sh/hook-weight")) // none is 0
	return n
}

func annotation(o object, name string) string {
	annotations, _ := at(o, "metadata", "annotations").(object)
	value, _ := annotations[name].(string)
	return value
}

// at is the value at a path of keys, or nil.
func at(o any, path ...string) any {
	for _, key := range path {
		m, ok := o.(object)
		if !ok {
			return nil
		}
		o = m[key]
	}
	return o
}

func name(o object) string {
	kind, _ := o["kind"].(string)
	n, _ := at(o, "metadata", "name").(string)
	return kind + "/" + n
}

func one(t *testing.T, objects []object, wanted string) object {
	t.Helper()
	for _, o := range objects {
		if name(o) == wanted {
			return o
		}
	}
	t.Fatalf("no %s is rendered", wanted)
	return nil
}

// pod is the Pod that an object's template makes, or that it is; nil where it has none.
func pod(o object) object {
	if o["kind"] == "Pod" {
		return o
	}
	template, ok := at(o, "spec", "template").(object)
	if !ok {
		return nil
	}
	metadata, _ := template["metadata"].(object)
	metadata = maps.Clone(metadata)
	metadata["name"] = strings.ToLower(strings.ReplaceAll(name(o), "/", "-"))
	metadata["namespace"] = at(o, "metadata", "namespace")
	return object{"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": template["spec"]}
}

// text is an object as kubectl and kubeconform read it.
func text(t *testing.T, objects ...object) string {
	t.Helper()
	var b strings.Builder
	for _, o := range objects {
		content, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString("---\n" + string(content) + "\n")
	}
	return b.String()
}

// in moves objects to a namespace.
func in(namespace string, objects []object) []object {
	var moved []object
	for _, o := range objects {
		o = maps.Clone(o)
		metadata := maps.Clone(o["metadata"].(object))
		metadata["namespace"] = namespace
		o["metadata"] = metadata
		moved = append(moved, o)
	}
	return moved
}
