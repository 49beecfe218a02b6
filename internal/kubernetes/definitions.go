package kubernetes

import (
	"embed"
	"fmt"
	"io/fs"

	"go.yaml.in/yaml/v3"
)

// definitions are the parts of custom resource definitions that our charts use.
//
//go:embed definitions/*.yaml
var definitions embed.FS

// Definition is a custom resource definition with no more than the fields that our charts use: another one is refused
// as unknown. It is for where the chart that brings the real one is not installed.
type Definition struct {
	Kind, Release, Version string // of the release that brings the real one
	Manifest               string
}

// Definitions are all of them.
func Definitions() ([]Definition, error) {
	files, err := fs.Glob(definitions, "definitions/*.yaml")
	if err != nil {
		return nil, err
	}
	var all []Definition
	for _, file := range files {
		text, err := definitions.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var read struct {
			Kind     string
			Metadata struct{ Annotations map[string]string }
			Spec     struct{ Names struct{ Kind string } }
		}
		if err := yaml.Unmarshal(text, &read); err != nil {
			return nil, fmt.Errorf("reading %s: %w", file, err)
		}
		d := Definition{Kind: read.Spec.Names.Kind, Manifest: string(text)}
		by := read.Metadata.Annotations["titan/installed-by"]
		if _, err := fmt.Sscan(by, &d.Release, &d.Version); err != nil || read.Kind != "CustomResourceDefinition" {
			return nil, fmt.Errorf("%s is a %s installed by %q; want a CustomResourceDefinition and RELEASE VERSION in the "+
				"annotation titan/installed-by", file, read.Kind, by)
		}
		all = append(all, d)
	}
	return all, nil
}
