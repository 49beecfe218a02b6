package platformdemo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/titan-platform/titan/internal/platformstack"
)

// release installs one release and waits for it, as Terraform's helm provider does.
func (d *Demo) release(ctx context.Context, r platformstack.Release, archive string, report *Report) error {
	chart := archive
	if r.Ours() {
		chart = r.Chart
	}
	values, err := json.Marshal(r.Values)
	if err != nil {
		return err
	}
	path := filepath.Join(runDir(d.Dir), "values-"+r.Name+".json")
	if err := os.WriteFile(path, values, 0o600); err != nil {
		return err
	}
	arguments := []string{
		"install", r.Name, chart, "--namespace", r.Namespace, "--values", path, "--wait", "--timeout", releaseTimeout,
	}
	if r.SkipCRDs {
		arguments = append(arguments, "--skip-crds")
	}
	err = d.Progress.During(ctx, "release "+r.Name, d.unready, func(ctx context.Context) error {
		_, err := d.helm(ctx, arguments...)
		return err
	})
	if err != nil {
		return err
	}
	return d.unanswered(ctx, r, report)
}

// unanswered takes away what has the API server ask pods of a release, which no container of these would answer:
// webhooks, and APIs that it hands on.
func (d *Demo) unanswered(ctx context.Context, r platformstack.Release, report *Report) error {
	text, err := d.helm(ctx, "get", "manifest", r.Name, "--namespace", r.Namespace)
	if err != nil {
		return err
	}
	objects, err := askingPods(text)
	if err != nil || len(objects) == 0 {
		return err
	}
	report.Unanswered = append(report.Unanswered, objects...)
	_, err = d.kubectl(ctx, "", append([]string{"delete", "--ignore-not-found"}, objects...)...)
	return err
}

// asking are the kinds of objects that have the API server ask a Service, by the names that kubectl takes.
var asking = map[string]string{
	"ValidatingWebhookConfiguration": "validatingwebhookconfiguration",
	"MutatingWebhookConfiguration":   "mutatingwebhookconfiguration",
	"APIService":                     "apiservice",
}

// askingPods are those objects of a release's manifest that have the API server ask its pods: kind/name.
func askingPods(manifest string) ([]string, error) {
	var found []string
	decoder := yaml.NewDecoder(strings.NewReader(manifest))
	for {
		var object struct {
			Kind     string
			Metadata struct{ Name string }
		}
		if err := decoder.Decode(&object); errors.Is(err, io.EOF) {
			return found, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading a release's manifest: %w", err)
		}
		if kind := asking[object.Kind]; kind != "" {
			found = append(found, kind+"/"+object.Metadata.Name)
		}
	}
}
