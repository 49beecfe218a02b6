package platformdemo

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/internal/kubernetes"
	"github.com/titan-platform/titan/internal/platformstack"
)

func kubernetesPrograms(dir string) kubernetes.Programs {
	return kubernetes.Programs{Kubectl: filepath.Join(dir, "kubectl"), Helm: filepath.Join(dir, "helm")}
}

func TestTheReportIsReadAtAGlance(t *testing.T) {
	report := Report{
		Releases: []Release{{
			Name: "traefik", Namespace: "traefik", Status: "deployed", Chart: "traefik-41.3.0", AppVersion: "v3.7.11",
		}},
		Nodes: []Node{{"spot-a-1", "eu-west-1a", "spot", "m7i.large"}, {"spot-b-1", "eu-west-1b", "spot", "m7i.large"}},
		Pods: []Pod{
			{Namespace: "traefik", Name: "t-1", Node: "spot-b-1"}, {Namespace: "traefik", Name: "t-2", Node: "spot-b-1"},
			{Namespace: "traefik", Name: "t-3", Reason: "0/2 nodes are available: 2 Insufficient cpu."},
		},
		Counts: []Count{{"Deployment", 1}, {"ResourceQuota", 0}, {"NetworkPolicy", 19}},
		Routes: []Route{{"api.example.com", "/", "birthday/birthday-app:http", "traefik"}},
		Missing: []Missing{{platformstack.Release{
			Name: "grafana", Chart: "grafana", Version: "12.11.1", Repository: "https://g.example.com",
		}, errors.New("no such host")}},
		Failed: []error{errors.New("release prometheus: timed out")},
	}
	var out strings.Builder
	report.Show(&out)
	want := `
release  namespace  chart           runs     status
traefik  traefik    traefik-41.3.0  v3.7.11  deployed

node      zone        bought as  type       pods
spot-a-1  eu-west-1a  spot       m7i.large  0
spot-b-1  eu-west-1b  spot       m7i.large  2

namespace  pods  where the scheduler placed them
traefik    3     1 without a node, 2 on spot-b-1
waiting: traefik/t-3: 0/2 nodes are available: 2 Insufficient cpu.

objects: Deployment 1, NetworkPolicy 19

route             to                          class
api.example.com/  birthday/birthday-app:http  traefik

releases left out, because their charts can't be fetched here: 1; of the first, Helm says:
  no such host
fetch them on a machine that can, into a folder, and begin again: make demo-platform-down demo-platform CHARTS=FOLDER
  helm pull grafana --version 12.11.1 --repo https://g.example.com

failed: release prometheus: timed out
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestWhatStandsInIsSaid(t *testing.T) {
	for text, r := range map[string]Report{
		"stand-ins: definitions with what our charts use of ExternalSecret\n": {Definitions: []string{"ExternalSecret"}},
		"removed:   no pod would answer apiservice/x\n":                       {Unanswered: []string{"apiservice/x"}},
	} {
		if got := r.Simulated(); !strings.HasSuffix(got, text) {
			t.Errorf("it does not end with %q:\n%s", text, got)
		}
	}
	empty := Report{}
	if got := empty.Simulated(); strings.Contains(got, "stand-ins") || strings.Contains(got, "removed") {
		t.Errorf("with nothing missing it says\n%s", got)
	}
}

func TestRoutesAreTheIngresses(t *testing.T) {
	var all items
	if err := json.Unmarshal([]byte(`{"items": [{
		"metadata": {"namespace": "x"}, "spec": {"ingressClassName": "traefik", "rules": [{"host": "a", "http": {"paths": [
			{"path": "/", "backend": {"service": {"name": "s", "port": {"name": "http"}}}},
			{"path": "/api", "backend": {"service": {"name": "s", "port": {"number": 80}}}}
		]}}]}
	}]}`), &all); err != nil {
		t.Fatal(err)
	}
	want := []Route{{"a", "/", "x/s:http", "traefik"}, {"a", "/api", "x/s:80", "traefik"}}
	if diff := cmp.Diff(want, routes(all)); diff != "" {
		t.Error(diff)
	}
}

// While something takes long, what it lacks is said; what is done has the seconds since the beginning.
func TestProgressSaysWhatIsWaitedFor(t *testing.T) {
	var out strings.Builder
	now := time.Unix(0, 0)
	ticks, end := make(chan time.Time, 1), make(chan struct{})
	p := &Progress{Out: &out, Began: now, Now: func() time.Time { now = now.Add(10 * time.Second); return now }}
	p.After = func(time.Duration) <-chan time.Time { return ticks }
	ticks <- now
	lacks := func(context.Context) string { close(end); return "pod x" }
	if err := p.During(t.Context(), "release y", lacks, func(context.Context) error { <-end; return nil }); err != nil {
		t.Fatal(err)
	}
	p.Done("%d releases", 3)
	if diff := cmp.Diff(" 10.0 s  waiting for release y: pod x\n 20.0 s  3 releases\n", out.String()); diff != "" {
		t.Error(diff)
	}
	failed := errors.New("refused")
	if err := p.During(t.Context(), "z", nil, func(context.Context) error { return failed }); !errors.Is(err, failed) {
		t.Errorf("got %v", err)
	}
}
