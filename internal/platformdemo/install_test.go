package platformdemo

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/internal/platformstack"
)

// Archives of the given folder win, then those that were fetched before; one that is not to be had stops nothing.
func TestChartsAreFetchedOnce(t *testing.T) {
	given, kept := t.TempDir(), filepath.Join(t.TempDir(), "charts")
	release := func(name string) platformstack.Release {
		return platformstack.Release{
			Name: name, Chart: name + "-chart", Version: "1.0.0", Repository: "https://charts.example.com",
		}
	}
	if err := os.WriteFile(filepath.Join(given, "a-chart-1.0.0.tgz"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var mutex sync.Mutex
	var asked []string
	a := archives{[]string{given, kept}, func(_ context.Context, arguments ...string) (string, error) {
		mutex.Lock()
		defer mutex.Unlock()
		asked = append(asked, strings.Join(arguments, " "))
		if arguments[1] == "c-chart" {
			return "", errors.New("no such host")
		}
		return "", os.WriteFile(filepath.Join(kept, "b-chart-1.0.0.tgz"), nil, 0o600)
	}}
	releases := []platformstack.Release{release("a"), release("b"), release("c"), {Name: "ours", Chart: "charts/ours"}}
	for _, want := range [][]string{{"b-chart", "c-chart"}, {"c-chart"}} {
		asked = nil
		found, missing := a.fetch(t.Context(), releases)
		slices.Sort(asked)
		var lines []string
		for _, chart := range want {
			lines = append(lines, "pull "+chart+" --repo https://charts.example.com --version 1.0.0 --destination "+kept)
		}
		if diff := cmp.Diff(lines, asked); diff != "" {
			t.Error(diff)
		}
		files := map[string]string{
			"a": filepath.Join(given, "a-chart-1.0.0.tgz"), "b": filepath.Join(kept, "b-chart-1.0.0.tgz"),
		}
		if diff := cmp.Diff(files, found); diff != "" {
			t.Error(diff)
		}
		if len(missing) != 1 || missing[0].Name != "c" || missing[0].Why.Error() != "fetching c-chart 1.0.0: no such host" {
			t.Errorf("missing: %v", missing)
		}
	}
}

func TestWhatAsksPodsIsFoundInAManifest(t *testing.T) {
	got, err := askingPods(`---
kind: Service
metadata: {name: metrics-server}
---
kind: APIService
metadata: {name: v1beta1.metrics.k8s.io}
---
kind: ValidatingWebhookConfiguration
metadata: {name: secretstore-validate}
`)
	want := []string{"apiservice/v1beta1.metrics.k8s.io", "validatingwebhookconfiguration/secretstore-validate"}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if _, err := askingPods("kind: [x"); err == nil {
		t.Error("a manifest that is none is taken")
	}
}

// A shell reads the file back, whatever is in the path of the repository.
func TestTheShellFindsClusterAndPrograms(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "it's $HOME")
	programs := filepath.Join(dir, "programs")
	if err := os.MkdirAll(programs, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"kubectl", "helm"} {
		script := "#!/bin/sh\necho " + name + " \"$KUBECONFIG\"\n"
		if err := os.WriteFile(filepath.Join(programs, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	p := kubernetesPrograms(programs)
	if err := WriteShell(dir, Kubeconfig(dir), p); err != nil {
		t.Fatal(err)
	}
	text, err := newClients(p, dir, "").run(t.Context(), "sh", "", "-c", `. "$1"; kubectl; helm`, "sh", Shell(dir))
	if want := "kubectl " + Kubeconfig(dir) + "\nhelm " + Kubeconfig(dir) + "\n"; err != nil || text != want {
		t.Errorf("got %q, %v, want %q", text, err, want)
	}
}

// Nothing of the user's reaches Helm or kubectl.
func TestClientsHaveTheirOwnFolders(t *testing.T) {
	for _, name := range []string{"KUBECONFIG", "KUBECACHEDIR", "HELM_CACHE_HOME", "HELM_NAMESPACE", "HELM_DRIVER"} {
		t.Setenv(name, "hostile")
	}
	text, err := newClients(kubernetesPrograms(""), t.TempDir(), "mine").run(t.Context(), "env", "", "--")
	if err != nil || strings.Contains(text, "hostile") || !strings.Contains(text, "\nKUBECONFIG=mine\n") {
		t.Errorf("%v\n%s", err, text)
	}
}
