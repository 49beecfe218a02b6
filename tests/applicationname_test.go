package tests

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/order"
)

// applicationName is the form of an application's name; nothing of another form can be in its way.
var applicationName = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// TestNoApplicationIsCalledAsAPartOfThePlatform holds the names that the loader refuses to what is synthesized.
func TestNoApplicationIsCalledAsAPartOfThePlatform(t *testing.T) {
	missing := map[string]bool{}
	for _, environment := range loaded {
		for _, kind := range []order.Kind{order.Environment, order.Platform, order.Second} {
			for _, name := range partsOf(environment, synthesized[order.Name(environment, kind)]) {
				own := name == environment.Application.Name || name == environment.Application.Name+"-role"
				if !own && applicationName.MatchString(name) && !environments.TakenByPlatform(name) {
					missing[name] = true
				}
			}
		}
	}
	if len(missing) > 0 {
		t.Errorf("the platform makes what an application with one of these names would make too; add them to platformNames "+
			"in environments/application_rules.go: %s",
			strings.Join(slices.Sorted(maps.Keys(missing)), " "))
	}
}

// partsOf are the names that an application's would meet: of constructs, outputs and providers at the top of a stack,
// and of roles and pipelines behind the environment's prefix.
func partsOf(environment environments.Environment, stack Stack) []string {
	names := slices.Collect(maps.Keys(synth.Object(stack.Root, "output")))
	names = slices.AppendSeq(names, maps.Keys(synth.Object(stack.Root, "provider")))
	for _, section := range []string{"resource", "data"} {
		for kind := range synth.Object(stack.Root, section) {
			for _, block := range stack.Blocks(section, kind) {
				id := strings.TrimPrefix(block.Address, kind+".")
				first, _, _ := strings.Cut(id, "_")
				names = append(names, first)
				if name, ok := block.At("name").(string); ok && (kind == "aws_iam_role" || kind == "aws_codepipeline") {
					if part, found := strings.CutPrefix(name, environment.Prefix()+"-"); found {
						names = append(names, part)
					}
				}
			}
		}
	}
	return names
}

func TestAPartOfThePlatformIsFound(t *testing.T) {
	stack := Stack{Root: map[string]any{
		"output":   map[string]any{"url": map[string]any{}},
		"provider": map[string]any{"helm": []any{}},
		"resource": map[string]any{
			"aws_iam_role": map[string]any{"grafana-role_role_AB": map[string]any{"name": "titan-prod-grafana"}},
			"aws_vpc":      map[string]any{"network_vpc_CD": map[string]any{"name": "titan-prod-anything"}},
		},
	}}
	got := partsOf(loaded[slices.IndexFunc(loaded, func(e environments.Environment) bool { return e.Name == "prod" })],
		stack)
	slices.Sort(got)
	if want := []string{"grafana", "grafana-role", "helm", "network", "url"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}
