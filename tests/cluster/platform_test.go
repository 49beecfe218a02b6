//go:build cluster

package cluster

import (
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/titan-platform/titan/internal/kubernetes"
	"github.com/titan-platform/titan/modules/addons"
	helmmodule "github.com/titan-platform/titan/modules/helm"
)

// applied is whether the cluster has what the charts' pods name: the platform stack's priority classes.
var applied bool

// apply has the API server take everything that a platform stack makes by itself. A storage class can't change, so it is made anew.
func (p platform) apply(t *testing.T) {
	t.Helper()
	kubectl(t, "", "delete", "storageclass", "gp3", "--ignore-not-found")
	kubectl(t, text(t, p.manifests(t)...), "apply", "--server-side", "--force-conflicts", "--validate=strict", "--filename", "-")
	applied = true
}

func TestEveryManifestOfThePlatformStackIsApplied(t *testing.T) {
	conforms := kubeconform(t)
	for _, e := range all(t) {
		p := platformOf(t, e, standIn)
		manifests := p.manifests(t)
		if len(manifests) < 30 {
			t.Errorf("%s: only %d manifests", e.Name, len(manifests))
		}
		p.apply(t)
		if err := conforms(manifests); err != nil {
			t.Errorf("%s: %v", e.Name, err)
		}
		ports := kubectl(t, "", "get", "--namespace", "traefik", "networkpolicy", "ingress-controller", "--output", "jsonpath={.spec.ingress[0].ports[*].port}")
		if ports != "8000 8080" {
			t.Errorf("%s: the load balancer reaches the ingress controller at %s", e.Name, ports)
		}
	}
}

// A namespace that the platform makes refuses what its own releases do without.
func TestEveryNamespaceOfThePlatformRefusesAPrivilegedPod(t *testing.T) {
	p := platformOf(t, environment(t, "prod"), standIn)
	p.apply(t)
	namespaces := 0
	for _, manifest := range p.manifests(t) {
		if manifest["kind"] != "Namespace" {
			continue
		}
		namespaces++
		ns, _ := at(manifest, "metadata", "name").(string)
		pod := object{
			"apiVersion": "v1", "kind": "Pod", "metadata": object{"name": "intruder", "namespace": ns},
			"spec": object{"containers": []any{object{"name": "intruder", "image": "x", "securityContext": object{"privileged": true}}}},
		}
		if err := dryRun(t, pod); err == nil || !strings.Contains(err.Error(), "violates PodSecurity \"restricted:v1.35\"") {
			t.Errorf("%s takes a privileged pod: %v", ns, err)
		}
	}
	if namespaces != 5 {
		t.Errorf("%d namespaces, not those of ingress, secrets, tracing, monitoring and application", namespaces)
	}
}

// The charts of the repository that are not the application's: each makes one custom resource.
func TestOurSmallChartsInstall(t *testing.T) {
	conforms := kubeconform(t)
	for _, e := range all(t) {
		p := platformOf(t, e, standIn)
		p.apply(t)
		for chart, want := range map[string]string{
			"secret-store":         "ClusterSecretStore/aws-secrets-manager",
			"target-group-binding": "TargetGroupBinding/target-group-binding",
		} {
			r := p.release(t, chart)
			helm(t, "lint", "--strict", "--quiet", root+"/charts/"+chart, "--values", file(t, r.Values)) // lint wants the folder to be named so
			for _, way := range []string{"installed", "installed again"} {
				helm(t, "upgrade", "--install", chart, r.Chart, "--namespace", r.Namespace, "--values", file(t, r.Values), "--reset-values")
				objects := documents(t, helm(t, "get", "manifest", chart, "--namespace", r.Namespace))
				if len(objects) != 1 || name(objects[0]) != want {
					t.Fatalf("%s: %s %s makes %v, want %s", e.Name, chart, way, objects, want)
				}
				if err := conforms(objects); err != nil {
					t.Errorf("%s: %v", e.Name, err)
				}
			}
			helm(t, "uninstall", chart, "--namespace", r.Namespace) // the next environment's target group is another, which a binding can't change to
		}
	}
}

func TestTheSmallChartsRefuseAWrongValue(t *testing.T) {
	p := platformOf(t, environment(t, "prod"), standIn)
	for _, c := range []struct {
		release, key string
		value        any
		want         string
	}{
		{"secret-store", "region", "Ireland", "at '/region': 'Ireland' does not match pattern"},
		{"secret-store", "namespaces", []any{}, "at '/namespaces': minItems: got 0, want 1"},
		{"secret-store", "auth", object{}, "additional properties 'auth' not allowed"},
		{"target-group-binding", "targetGroupArn", "titan", "at '/targetGroupArn': 'titan' does not match pattern"},
		{"target-group-binding", "networking", object{}, "additional properties 'networking' not allowed"},
	} {
		r := p.release(t, c.release)
		values := maps.Clone(r.Values)
		values[c.key] = c.value
		if _, err := try(programs.Helm, "", "template", c.release, r.Chart, "--values", file(t, values)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %s = %v: %v, want %s", c.release, c.key, c.value, err, c.want)
		}
	}
}

// What other charts are given to carry is ours to answer for.
func TestObjectsInValuesAreTaken(t *testing.T) {
	conforms := kubeconform(t)
	for _, e := range all(t) {
		p := platformOf(t, e, standIn)
		p.apply(t)
		carried := 0
		for _, r := range p.releases(t) {
			extra, _ := r.Values["extraObjects"].([]any)
			for _, o := range extra {
				carried++
				if err := conforms([]object{o.(object)}); err != nil {
					t.Errorf("%s: %s: %v", e.Name, r.Name, err)
				}
				if err := dryRun(t, o.(object)); err != nil {
					t.Errorf("%s: %s: %v", e.Name, r.Name, err)
				}
			}
		}
		if carried != 1 {
			t.Errorf("%s: %d objects in values, not Grafana's login alone", e.Name, carried)
		}
	}
}

// A definition stands in for one that a release of the table installs, at the version that it was read at.
func TestDefinitionsAreOfReleasesInTheTable(t *testing.T) {
	definitions, err := kubernetes.Definitions()
	if err != nil || len(definitions) == 0 {
		t.Fatalf("no definitions: %v", err)
	}
	for _, d := range definitions {
		if !slices.ContainsFunc(addons.Table(), func(r helmmodule.Release) bool { return r.Name == d.Release && r.Version == d.Version }) {
			t.Errorf("%s is of %s %s, which the table of releases does not have", d.Kind, d.Release, d.Version)
		}
	}
}

// documents are the manifests of a text.
func documents(t *testing.T, text string) []object {
	t.Helper()
	var objects []object
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for {
		var o object
		if err := decoder.Decode(&o); errors.Is(err, io.EOF) {
			return objects
		} else if err != nil {
			t.Fatal(err)
		}
		if o != nil {
			objects = append(objects, o)
		}
	}
}
