//go:build cluster

package cluster

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// object is a part of a manifest or of values.
type object = map[string]any

// image is what the SSM parameter holds.
type image struct{ repository, digest string }

// standIn is the parameter's first value.
var standIn = image{"ghcr.io/stefanprodan/podinfo", "sha256:ec73780a8425f59ea49f5bc8cdff0d598805a224fbaa1f86c67a244f250fa9da"}

// values are what Terraform gives the application's release of an environment, read from its synthesized block. They are the caller's to
// change.
func values(t *testing.T, e environments.Environment, parameter image) object {
	t.Helper()
	encoded, err := json.Marshal(platformOf(t, e, parameter).release(t, release).Values)
	if err != nil {
		t.Fatal(err)
	}
	var copied object
	if err := json.Unmarshal(encoded, &copied); err != nil {
		t.Fatal(err)
	}
	return copied
}

// all are the environments and the variants of them.
func all(t *testing.T) []environments.Environment {
	t.Helper()
	list, err := environmentsAndVariants()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func environment(t *testing.T, name string) environments.Environment {
	t.Helper()
	for _, e := range all(t) {
		if e.Name == name {
			return e
		}
	}
	t.Fatalf("no environment %q", name)
	return environments.Environment{}
}

// set changes one value, by its path.
func set(values object, value any, path ...string) object {
	part := values
	for _, key := range path[:len(path)-1] {
		if part[key] == nil {
			part[key] = object{}
		}
		part = part[key].(object)
	}
	part[path[len(path)-1]] = value
	return values
}

// file writes values where Helm can read them.
func file(t *testing.T, values object) string {
	t.Helper()
	content, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "values.json")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
