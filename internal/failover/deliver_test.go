package failover

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/environments"
)

func TestTheImageIsOneThatTheRegionsOwnRegistryHas(t *testing.T) {
	for name, c := range map[string]struct {
		images []string
		lost   environments.Region
		want   string
	}{
		"what prod runs": {[]string{"sha256:1", "sha256:2"}, "", "deliver sha256:2 by titan-prod-dr-deploy"},
		"prod's region is lost": {
			[]string{"sha256:1", "sha256:2"}, homeRegion, "deliver sha256:1 by titan-prod-dr-deploy",
		},
		"its replica never came":   {[]string{"sha256:1"}, "", "deliver sha256:1 by titan-prod-dr-deploy"},
		"only an older release":    {[]string{"sha256:0"}, "", "deliver sha256:0 by titan-prod-dr-deploy"},
		"nothing was ever shipped": {nil, "", ""},
	} {
		w := newWorld(t)
		w.backUp()
		w.images, w.lost = c.images, c.lost
		said := w.must(nil)
		got := ""
		for _, call := range w.calls {
			if strings.HasPrefix(call, "deliver") {
				got += strings.TrimSuffix(call, " in eu-central-1")
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q\n%s", name, got, c.want, said)
		}
	}
}

func TestThePlatformIsDeployedFromWhereItsClusterIsReached(t *testing.T) {
	for fromHere, want := range map[bool]string{
		false: "run titan-prod-dr-deployer in eu-central-1", true: "deploy prod-dr.platform in eu-central-1",
	} {
		w := newWorld(t)
		w.backUp()
		w.must(func(o *Options) { o.PlatformFromHere = fromHere })
		calls := strings.Join(w.calls, "\n") + "\n"
		for _, call := range []string{
			"run titan-prod-dr-deployer in eu-central-1", "deploy prod-dr.platform in eu-central-1",
		} {
			if has := strings.Contains(calls, call+"\n"); has != (call == want) {
				t.Errorf("from here %v: %q is called: %v", fromHere, call, has)
			}
		}
	}
}

func TestTheCheckAsksUntilTheApplicationAnswers(t *testing.T) {
	w := newWorld(t)
	w.backUp()
	asked := ""
	w.must(func(o *Options) {
		o.Probe = func(_ context.Context, url string) error { asked = url; return nil }
	})
	if asked != "https://api.titan.example.com/readyz" {
		t.Errorf("asked %q", asked)
	}
	down := errors.New("503")
	_, err := w.run(func(o *Options) {
		o.Probe = func(context.Context, string) error { w.now = w.now.Add(time.Hour); return down }
	})
	if !errors.Is(err, down) {
		t.Errorf("of one that never answers: %v", err)
	}
}
