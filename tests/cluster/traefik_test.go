//go:build cluster

package cluster

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/cloudfront"
	"github.com/titan-platform/titan/internal/conformance"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/webacl"
	"github.com/titan-platform/titan/stacks/order"
)

// plainSettings are those of sections that change nothing of the fixture: what is synthesized here is theirs, too.
const plainSettings = "edge: {rate_limit: 2000}\n"

// TestConformanceThroughTraefik sends the requests of tests/conformance that reach the cluster through the real
// Traefik, with its chart's arguments and the routes of our chart, to an application that answers what their rows say.
func TestConformanceThroughTraefik(t *testing.T) {
	e := environment(t, "dev")
	application := startApplication(t)
	through := startTraefik(t, e, application)
	path := newPath(t, e)
	rows, through404 := 0, 0
	for _, section := range plainSections(t) {
		for _, row := range section.Rows {
			t.Run(section.Title+"/"+row.Case, func(t *testing.T) {
				ask := func(sent cloudfront.OriginRequest, answer cloudfront.Answer) (cloudfront.Answer, error) {
					rows++
					if answer.Status == http.StatusNotFound {
						through404++
					}
					return through.ask(sent, answer)
				}
				problems, err := path.Check(row.Named(e.DNS.Name, e.DNS.Zone), e.DNS.Name, ask)
				if err != nil {
					t.Fatalf("%s:%d: %v", section.File, row.Line, err)
				}
				for _, problem := range problems {
					t.Errorf("%s:%d: %s", section.File, row.Line, problem)
				}
			})
		}
	}
	if rows < 40 || through404 == 0 {
		t.Errorf("%d requests went through Traefik, %d of them to a 404 of the application", rows, through404)
	}
}

// A name without a route, and an answer of the application that looks like Traefik's, have to be told apart.
func TestTraefikAnswersForItself(t *testing.T) {
	e := environment(t, "dev")
	through := startTraefik(t, e, startApplication(t))
	for host, want := range map[string]string{"evil.example": conformance.FromIngress, e.DNS.Name: "", e.DNS.Origin(): ""} {
		got, err := through.ask(cloudfront.OriginRequest{Method: "GET", Host: host, Path: "/", Headers: webacl.Headers{}}, cloudfront.Answer{Status: 404, Body: "404 page not found"})
		if err != nil || got.Status != 404 || got.By != want {
			t.Errorf("%s: %+v, %v; want a 404 by %q", host, got, err, want)
		}
	}
}

func TestTraefikAnswersForPodsThatRefuse(t *testing.T) {
	e := environment(t, "dev")
	a := startApplication(t)
	a.server.Close()
	got, err := startTraefik(t, e, a).ask(
		cloudfront.OriginRequest{Method: "GET", Host: e.DNS.Name, Path: "/", Headers: webacl.Headers{}}, cloudfront.Answer{Status: 200})
	if err != nil || got.Status != http.StatusBadGateway || got.By != conformance.FromIngress {
		t.Errorf("%+v, %v; want a 502 of Traefik's", got, err)
	}
}

// plainSections are the sections whose settings are the fixture's.
func plainSections(t *testing.T) []conformance.Section {
	t.Helper()
	files, err := filepath.Glob(root + "/tests/conformance/*.md")
	if err != nil {
		t.Fatal(err)
	}
	var plain []conformance.Section
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sections, err := conformance.Parse(filepath.Base(file), string(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, section := range sections {
			if section.Environment == "dev" && section.Settings == plainSettings {
				plain = append(plain, section)
			}
		}
	}
	return plain
}

// newPath is the way to an environment, as synthesized here.
func newPath(t *testing.T, e environments.Environment) *conformance.Path {
	t.Helper()
	var stacks []graph.Stack
	for _, kind := range []order.Kind{order.Environment, order.Global} {
		name := order.Name(e, kind)
		content, err := os.ReadFile(filepath.Join(stacksDir, name, "cdk.tf.json"))
		if err != nil {
			t.Fatal(err)
		}
		stacks = append(stacks, graph.Stack{Name: name, JSON: content})
	}
	g, err := graph.Read(stacks...)
	if err != nil {
		t.Fatal(err)
	}
	var hosts []string
	for _, host := range values(t, e, standIn)["hosts"].([]any) {
		hosts = append(hosts, host.(string))
	}
	path, err := conformance.NewPath(g, e.DNS.Name, hosts)
	if err != nil {
		t.Fatal(err)
	}
	return path
}
