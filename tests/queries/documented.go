package queries

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed cloudwatch.yaml
var cloudwatch []byte

// Documented is what AWS documents: of each namespace the guide and its metrics, of each metric the sets of dimensions.
type Documented map[string]struct {
	Guide   string
	Metrics map[string][]string
}

// ReadDocumented reads it.
func ReadDocumented() (Documented, error) {
	var documented Documented
	if err := yaml.Unmarshal(cloudwatch, &documented); err != nil {
		return nil, fmt.Errorf("reading cloudwatch.yaml: %w", err)
	}
	return documented, nil
}

// Problem is what keeps a metric from being there, or is empty. Namespaces that are not AWS's are those of metric
// filters.
func (d Documented) Problem(asked Asked) string {
	namespace, known := d[asked.Namespace]
	if !known {
		if !strings.HasPrefix(asked.Namespace, "AWS/") {
			return ""
		}
		return fmt.Sprintf("%s asks for %s, of which nothing is in cloudwatch.yaml: read its guide",
			asked.By, asked.Namespace)
	}
	sets, known := namespace.Metrics[asked.Metric]
	if !known {
		return fmt.Sprintf("%s asks for %s %s, which is not in %s", asked.By, asked.Namespace, asked.Metric, namespace.Guide)
	}
	dimensions := strings.Join(slices.Sorted(slices.Values(asked.Dimensions)), " ")
	if !slices.Contains(sets, dimensions) {
		return fmt.Sprintf("%s asks for %s %s by %q; it is published by %q",
			asked.By, asked.Namespace, asked.Metric, dimensions, sets)
	}
	return ""
}

// dynamic is a dimension in a label (CloudWatch User Guide, 'Use dynamic labels').
var dynamic = regexp.MustCompile(`\$\{PROP\('Dim\.(\w+)'\)\}`)

// Nameless is why nobody can tell the lines of a target apart that asks CloudWatch for all values of a dimension, or is
// empty.
func (t Target) Nameless() string {
	named := dynamic.FindStringSubmatch(t.Label)
	if t.Metric == "" || named != nil && slices.Contains(t.Dimensions, named[1]) {
		return ""
	}
	return fmt.Sprintf("the label %q of %s names none of the dimensions %q", t.Label, t.Metric, t.Dimensions)
}
