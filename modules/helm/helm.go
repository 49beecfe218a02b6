// Package helm provides Helm releases as this platform makes them: pinned, waited for, undone when they fail.
package helm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	helmrelease "github.com/cdktf/cdktf-provider-helm-go/helm/v10/release"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/stateful"
)

// Release is one Helm release: a chart of a repository at a version, or one of a folder.
type Release struct {
	Name      string
	Namespace string

	Chart      string
	Version    string
	AppVersion string // of what the chart runs at that version, for readers
	Repository string // https://…

	Folder string // instead of a chart of a repository: charts/…, from the folder of cdktf.json
	Files  fs.FS  // what Folder is in, instead of the folder of cdktf.json

	// SkipCRDs leaves out the chart's custom resource definitions, where nothing of ours uses them.
	SkipCRDs bool
	Minutes  int // until a release counts as failed; 0 is 10, time enough for a node to come

	Protected bool // whether it refuses to be destroyed: a release's volumes go with it
}

// keptRevisions is how many revisions of a release can be gone back to.
const keptRevisions = 10

// New declares a release under scope, after what it needs. Helm waits until its pods are ready,
// and takes back what fails.
func New(
	scope constructs.Construct, id string, r Release, values map[string]any, after ...cdktf.ITerraformDependable,
) cdktf.ITerraformDependable {
	minutes := r.Minutes
	if minutes == 0 {
		minutes = 10
	}
	config := &helmrelease.ReleaseConfig{
		Name:       jsii.String(r.Name),
		Namespace:  jsii.String(r.Namespace),
		Chart:      jsii.String(r.Chart),
		Atomic:     jsii.Bool(true),
		Wait:       jsii.Bool(true),
		Timeout:    jsii.Number(minutes * 60), // seconds
		MaxHistory: jsii.Number(keptRevisions),
		SkipCrds:   jsii.Bool(r.SkipCRDs),
		Values:     jsii.Strings(encoded(values)),
		DependsOn:  &after,
		Lifecycle:  stateful.Lifecycle(r.Protected),
	}
	if r.Folder != "" {
		chart, err := asset(scope, id, r)
		if err != nil {
			panic(err) // the stack's builder turns it into an error
		}
		config.Chart = jsii.String(chart)
	} else {
		config.Version, config.Repository = jsii.String(r.Version), jsii.String(r.Repository)
	}
	return helmrelease.NewRelease(scope, jsii.String(id), config)
}

// encoded is values as YAML, of which JSON is a part; a key a line, so that a plan shows the line that changes.
func encoded(values map[string]any) string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // <, > and & are nothing special to Helm
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(values); err != nil {
		panic(fmt.Sprintf("values %v: %v", values, err)) // maps, lists and plain values always encode
	}
	return strings.TrimSuffix(text.String(), "\n")
}

// Literal is a text that Terraform is not to read its own expressions into.
func Literal(text string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(text)
}
