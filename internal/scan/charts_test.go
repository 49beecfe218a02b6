package scan

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// planWith is a plan that makes a release with arguments, of which some are unknown.
func planWith(after, unknown string) []byte {
	return []byte(`{"format_version":"1.2","resource_changes":[
		{"address":"aws_vpc.main","mode":"managed","type":"aws_vpc","name":"main","change":{"actions":["create"],"after":{}}},
		{"address":"helm_release.gone","mode":"managed","type":"helm_release","name":"gone",
			"change":{"actions":["delete"],"after":null}},
		{"address":"helm_release.one","mode":"managed","type":"helm_release","name":"one","change":{"actions":["create"],
			"after":` + after + `,"after_unknown":` + unknown + `}}]}`)
}

func TestReleasesOfAPlan(t *testing.T) {
	const ours = `{"name":"one","namespace":"apps","chart":"./assets/one","values":["{}"]`
	for name, c := range map[string]struct{ after, unknown, want string }{
		"our chart": {ours + `}`, `{"id":true,"values":[false]}`, ""},
		"another's": {
			`{"name":"one","namespace":"apps","chart":"traefik","repository":"https://traefik.github.io/charts"}`, `{}`,
			"traefik of https://",
		},
		"unknown values": {`{"name":"one","namespace":"apps","chart":"./assets/one"}`,
			`{"values":true}`,
			"only after an apply"},
		"one is unknown": {ours + `}`, `{"values":[true]}`, "only after an apply"},
		"set blocks":     {ours + `,"set":[{"name":"a","value":"b"}]}`, `{}`, "set blocks"},
	} {
		t.Run(name, func(t *testing.T) {
			releases, err := Releases(planWith(c.after, c.unknown))
			if err != nil || len(releases) != 1 {
				t.Fatalf("got %v, %v, want one release", releases, err)
			}
			r := releases[0]
			if r.Name != "one" || r.Namespace != "apps" || r.Address != "helm_release.one" {
				t.Errorf("got %+v", r)
			}
			if !strings.Contains(r.NotRendered, c.want) || (c.want == "") != (r.NotRendered == "") {
				t.Errorf("not rendered: %q, want %q", r.NotRendered, c.want)
			}
		})
	}
	if _, err := Releases([]byte(`{}`)); err == nil {
		t.Error("what is no plan was read as one without releases")
	}
}

// fakeHelm says how it was called, as a comment of the object that it renders.
const fakeHelm = `#!/bin/sh
echo "apiVersion: v1
kind: ConfigMap
metadata: {name: called}
data: {arguments: '$1 $2 $3 $4 $5', values: '$(cat "$7")'}
---
# a template that renders nothing
---
kind: Role
metadata: {name: elsewhere, namespace: other}"
`

func TestRenderedObjectsHaveTheirNamespace(t *testing.T) {
	helm := filepath.Join(t.TempDir(), "helm")
	if err := os.WriteFile(helm, []byte(fakeHelm), 0o700); err != nil {
		t.Fatal(err)
	}
	release := Release{Name: "one", Namespace: "apps", Chart: "./assets/one", Values: []string{"replicas: 2"}}
	got, err := release.Render(t.Context(), helm, "stack")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"template one stack/assets/one --namespace apps", "replicas: 2", "namespace: apps", "namespace: other",
	} {
		if !strings.Contains(string(got), want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if n := strings.Count(string(got), "kind:"); n != 2 {
		t.Errorf("%d objects, want 2:\n%s", n, got)
	}
}

func TestAChartThatDoesNotRenderIsAnError(t *testing.T) {
	helm := filepath.Join(t.TempDir(), "helm")
	if err := os.WriteFile(helm, []byte("#!/bin/sh\necho no such value >&2\nexit 1\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := Release{Name: "one"}.Render(t.Context(), helm, "stack")
	if err == nil || !strings.Contains(err.Error(), "rendering one: exit status 1\nno such value") {
		t.Error(err)
	}
}

func TestAStackWithoutChartsNeedsNoScanner(t *testing.T) {
	result, err := Manifests(t.Context(), t.TempDir(), "dev", nil)
	if err != nil || result.Passed != 0 || len(result.Findings) != 0 {
		t.Errorf("got %v, %v", result, err)
	}
}
