package scan

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
	"go.yaml.in/yaml/v3"
)

// Release is a helm_release of a plan.
type Release struct {
	Address, Name, Namespace string

	Chart       string   // a path below the stack's folder, or a name in a repository
	Values      []string // YAML documents, the last one wins
	NotRendered string   // why it can't be judged here; empty where it can
}

// Releases are the Helm releases of a plan's JSON, in its order.
func Releases(plan []byte) ([]Release, error) {
	var parsed tfjson.Plan
	if err := json.Unmarshal(plan, &parsed); err != nil {
		return nil, fmt.Errorf("reading the releases of a plan: %w", err)
	}
	var releases []Release
	for _, change := range parsed.ResourceChanges {
		if change.Type != "helm_release" || change.Mode != tfjson.ManagedResourceMode || change.Change.After == nil {
			continue
		}
		release, err := newRelease(change)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", change.Address, err)
		}
		releases = append(releases, release)
	}
	return releases, nil
}

func newRelease(change *tfjson.ResourceChange) (Release, error) {
	var after struct {
		Name, Namespace, Chart, Repository string
		Values                             []string
		Set                                []any
		SetList                            []any `json:"set_list"`
		SetSensitive                       []any `json:"set_sensitive"`
	}
	var unknown struct {
		Chart  bool
		Values any // true, or a list with true in it
	}
	if err := errors.Join(decode(change.Change.After, &after), decode(change.Change.AfterUnknown, &unknown)); err != nil {
		return Release{}, err
	}
	r := Release{
		Address: change.Address, Name: after.Name, Namespace: after.Namespace, Chart: after.Chart, Values: after.Values,
	}
	values, _ := unknown.Values.([]any)
	switch {
	case after.Repository != "":
		r.NotRendered = "the chart is not of this repository, but " + after.Chart + " of " + after.Repository
	case unknown.Chart, unknown.Values == true, len(values) > 0 && fmt.Sprint(values) != "[false]":
		r.NotRendered = "its chart or values are known only after an apply"
	case len(after.Set)+len(after.SetList)+len(after.SetSensitive) > 0:
		r.NotRendered = "it has set blocks, which are not read here; give it values"
	}
	return r, nil
}

// decode moves one JSON value into a type.
func decode(value, to any) error {
	encoded, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return json.Unmarshal(encoded, to)
}

// Render has Helm render a release whose chart lies below a stack's folder: its objects, hooks among them, as YAML.
func (r Release) Render(ctx context.Context, helm, stackDir string) ([]byte, error) {
	home, err := os.MkdirTemp("", "titan-helm-")
	if err != nil {
		return nil, fmt.Errorf("rendering %s: %w", r.Name, err)
	}
	defer func() { _ = os.RemoveAll(home) }() // temporary
	arguments := []string{"template", r.Name, filepath.Join(stackDir, r.Chart), "--namespace", r.Namespace}
	for i, values := range r.Values {
		file := filepath.Join(home, "values-"+strconv.Itoa(i)+".yaml")
		if err := os.WriteFile(file, []byte(values), 0o600); err != nil {
			return nil, fmt.Errorf("rendering %s: %w", r.Name, err)
		}
		arguments = append(arguments, "--values", file)
	}
	command := exec.CommandContext(ctx, helm, arguments...)
	// Helm's own folders, so that nothing of the user's is read or written.
	command.Env = append(os.Environ(), "HELM_CACHE_HOME="+home, "HELM_CONFIG_HOME="+home, "HELM_DATA_HOME="+home)
	var output, problems bytes.Buffer
	command.Stdout, command.Stderr = &output, &problems
	if err := command.Run(); err != nil {
		return nil, fmt.Errorf("rendering %s: %w\n%s", r.Name, err, strings.TrimSpace(problems.String()))
	}
	return inNamespace(output.Bytes(), r.Namespace)
}

// inNamespace gives objects the namespace that Helm installs them in where they name none: the scanner would take them
// for objects of `default`. It makes no difference to those that are in no namespace.
func inNamespace(manifests []byte, namespace string) ([]byte, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(manifests))
	var output bytes.Buffer
	encoder := yaml.NewEncoder(&output)
	for {
		var object map[string]any
		if err := decoder.Decode(&object); errors.Is(err, io.EOF) {
			return output.Bytes(), encoder.Close()
		} else if err != nil {
			return nil, fmt.Errorf("reading rendered objects: %w", err)
		}
		if len(object) == 0 { // a template that renders nothing
			continue
		}
		metadata, _ := object["metadata"].(map[string]any)
		if metadata != nil && metadata["namespace"] == nil {
			metadata["namespace"] = namespace
		}
		if err := encoder.Encode(object); err != nil {
			return nil, fmt.Errorf("writing rendered objects: %w", err)
		}
	}
}

// Manifests has checkov judge an environment's rendered charts, by the names of their releases. work is an ignored
// folder, for the scanner.
func Manifests(ctx context.Context, work, environment string, rendered map[string][]byte) (Result, error) {
	if len(rendered) == 0 {
		return Result{}, nil
	}
	files := map[string][]byte{}
	for name, manifests := range rendered {
		files[name+".yaml"] = manifests
	}
	return judge(ctx, work, environment, "kubernetes", files)
}
