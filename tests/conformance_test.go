package tests

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/conformance"
	"github.com/titan-platform/titan/internal/synth"
	"github.com/titan-platform/titan/stacks/order"
)

// conformanceRows is how many requests the tables have at least.
const conformanceRows = 100

// TestConformance follows every request of the tables in tests/conformance through what is synthesized of the settings
// above it. The same requests reach a real Traefik in tests/cluster.
func TestConformance(t *testing.T) {
	sections := conformanceSections(t)
	rows := 0
	for _, section := range sections {
		rows += len(section.Rows)
		t.Run(section.Title, func(t *testing.T) {
			environment := loadedWith(t, section.Environment, section.Settings)
			path, toGrafana := pathsOf(t, environment)
			for _, row := range section.Rows {
				t.Run(row.Case, func(t *testing.T) {
					path := path
					if isGrafanas(row, environment) {
						path = toGrafana
					}
					problems, err := path.Check(row.Named(environment.DNS.Name, environment.DNS.Zone), environment.DNS.Name, nil)
					if err != nil {
						t.Fatalf("%s:%d: %v", section.File, row.Line, err)
					}
					for _, problem := range problems {
						t.Errorf("%s:%d: %s", section.File, row.Line, problem)
					}
				})
			}
		})
	}
	if rows < conformanceRows {
		t.Errorf("%d rows in %d sections, want %d", rows, len(sections), conformanceRows)
	}
}

// conformanceSections are those of all tables.
func conformanceSections(t *testing.T) []conformance.Section {
	t.Helper()
	files, err := filepath.Glob("conformance/*.md")
	if err != nil {
		t.Fatal(err)
	}
	var sections []conformance.Section
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := conformance.Parse(file, string(text))
		if err != nil {
			t.Fatal(err)
		}
		sections = append(sections, parsed...)
	}
	return sections
}

// loadedWith is an environment of the fixtures with some settings on top of its file.
func loadedWith(t *testing.T, name, settings string) environments.Environment {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(fixtures)); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, name+".yaml")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var base, top map[string]any
	for text, into := range map[string]*map[string]any{string(content): &base, settings: &top} {
		if err := yaml.Unmarshal([]byte(text), into); err != nil {
			t.Fatalf("parsing %q: %v", text, err)
		}
	}
	merged, err := yaml.Marshal(onTop(base, top))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, merged, 0o600); err != nil {
		t.Fatal(err)
	}
	all, err := environments.Load(dir, name)
	if err != nil {
		t.Fatal(err)
	}
	return all[0]
}

// onTop puts settings on top of others, key by key.
func onTop(base, top map[string]any) map[string]any {
	merged := maps.Clone(base)
	for key, value := range top {
		below, isBelow := merged[key].(map[string]any)
		above, isAbove := value.(map[string]any)
		if isBelow && isAbove {
			value = onTop(below, above)
		}
		merged[key] = value
	}
	return merged
}

// isGrafanas is whether a row's request is for Grafana's name, which leads to the load balancer.
func isGrafanas(row conformance.Row, environment environments.Environment) bool {
	name := environment.Addons.Grafana.Name
	request := row.Named(environment.DNS.Name, environment.DNS.Zone).Request
	return name != "" && strings.Contains(request, "https://"+name+"/")
}

// pathsOf are the ways of requests to an environment, and to its Grafana, nil where it has no name.
func pathsOf(t *testing.T, environment environments.Environment) (application, grafana *conformance.Path) {
	t.Helper()
	made := synthesize(t, environment)
	var stacks []Stack
	for _, name := range slices.Sorted(maps.Keys(made)) {
		stacks = append(stacks, made[name])
	}
	g, err := synth.Graph(stacks...)
	if err != nil {
		t.Fatal(err)
	}
	platform := made[order.Name(environment, order.Platform)]
	hosts := ingressHosts(t, environment, platform)
	name := environment.Addons.Grafana.Name
	if name != "" {
		_, values := releaseNamed(t, platform, "grafana")
		for _, host := range synth.List(values.At("ingress.hosts")) {
			hosts = append(hosts, fmt.Sprint(host))
		}
		if grafana, err = conformance.NewPath(g, name, hosts); err != nil {
			t.Fatal(err)
		}
	}
	if application, err = conformance.NewPath(g, environment.DNS.Name, hosts); err != nil {
		t.Fatal(err)
	}
	return application, grafana
}

// ingressHosts are those that the application's release gives its Ingress. Its values are no JSON before Terraform has
// evaluated the expressions in them; the hosts are.
func ingressHosts(t *testing.T, environment environments.Environment, platform Stack) []string {
	t.Helper()
	for _, release := range platform.Resources("helm_release") {
		if release.Body["name"] != environment.Application.Name {
			continue
		}
		texts, _ := release.Body["values"].([]any)
		_, rest, _ := strings.Cut(fmt.Sprint(texts...), `"hosts": `)
		var hosts []string
		if err := json.NewDecoder(strings.NewReader(rest)).Decode(&hosts); err != nil || len(hosts) == 0 {
			t.Fatalf("%s has no hosts in its values: %v", release.Address, err)
		}
		return hosts
	}
	t.Fatalf("no release %s in %s", environment.Application.Name, platform.Name)
	return nil
}
