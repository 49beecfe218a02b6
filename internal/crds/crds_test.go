package crds

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const definition = `# generated
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: %s}
spec: {group: example.com}
`

// archive packs the files of a chart.
func archive(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var packed bytes.Buffer
	compressed := gzip.NewWriter(&packed)
	tarred := tar.NewWriter(compressed)
	for name, content := range files {
		if err := tarred.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content))}); err != nil {
			t.Fatal(err)
		}
		if _, err := tarred.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := tarred.Close(); err != nil {
		t.Fatal(err)
	}
	if err := compressed.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

// repository serves one chart at one version.
func repository(t *testing.T, address string, packed, summed []byte) Chart {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /charts/index.yaml", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w,
			"entries: {example: [{version: 1.0.0, urls: [gone.tgz], digest: aa}, {version: 2.0.0, urls: [%q], digest: %x}]}",
			address, sha256.Sum256(summed))
	})
	mux.HandleFunc("GET /charts/example-2.0.0.tgz", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(packed)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return Chart{Name: "example", Version: "2.0.0", Repository: server.URL + "/charts"}
}

func TestDefinitionsAreThoseOfTheChartAndItsSubcharts(t *testing.T) {
	packed := archive(t, map[string]string{
		"example/crds/one.yaml":                  fmt.Sprintf(definition, "one"),
		"example/charts/inner/crds/deep/two.yml": fmt.Sprintf(definition, "two"),
		"example/templates/crds/three.yaml":      "{{ not yaml",
		"example/crds/README.md":                 "text",
	})
	for _, address := range []string{"example-2.0.0.tgz", "/charts/example-2.0.0.tgz"} {
		found, err := repository(t, address, packed, packed).Definitions(t.Context(), http.DefaultClient)
		if err != nil {
			t.Fatal(err)
		}
		names := map[string]bool{}
		for _, one := range found {
			names[one.GetName()] = true
		}
		if len(found) != 2 || !names["one"] || !names["two"] {
			t.Errorf("found %v", names)
		}
	}
}

func TestWhatIsNotTheChartIsRefused(t *testing.T) {
	packed := archive(t, map[string]string{"example/crds/one.yaml": fmt.Sprintf(definition, "one")})
	other := archive(t, map[string]string{"example/crds/one.yaml": "kind: Secret\napiVersion: v1\n"})
	for want, chart := range map[string]Chart{
		"it was changed on its way":                repository(t, "example-2.0.0.tgz", packed, other),
		`v1 Secret "" is no CustomResourceDefinit`: repository(t, "example-2.0.0.tgz", other, other),
		"answers 404 Not Found":                    repository(t, "missing.tgz", packed, packed),
		"has no such version": {
			Name:       "example",
			Version:    "3.0.0",
			Repository: repository(t, "x", nil, nil).Repository,
		},
		"reading the definitions of chart absent 1": {
			Name:       "absent",
			Version:    "1",
			Repository: repository(t, "x", nil, nil).Repository,
		},
	} {
		if _, err := chart.Definitions(t.Context(), http.DefaultClient); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
