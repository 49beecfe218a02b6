package main

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/environments"
)

func (b *bench) upgrade(t *testing.T, to, date string) (code int) {
	t.Helper()
	o := upgradeOptions{run: b.options, environment: "prod", to: to, date: date, offline: true}
	load := o.run.environments
	o.run.environments = func() ([]environments.Environment, error) {
		all, err := load()
		for i := range all {
			all[i].Cluster.Version, all[i].Database.EngineVersion = "1.34", "17.9"
		}
		return all, err
	}
	o.synthesized = func(string) ([]byte, fs.FS, error) {
		return []byte(`{"resource": {"kubernetes_namespace_v1": {"app": {}}, "helm_release": {` +
			`"traefik": {"chart": "traefik", "version": "41.3.0", "repository": "https://traefik.github.io/charts"}}}}`), fstest.MapFS{}, nil
	}
	command, _, err := newRoot(b.terminal).Find([]string{"upgrade"})
	if err != nil {
		t.Fatal(err)
	}
	return exitCode(t.Context(), runUpgrade(t.Context(), o), b.terminal, command)
}

func TestAnUpgradeIsSaidALineAResult(t *testing.T) {
	b := newBench("")
	if code := b.upgrade(t, "", "2026-11-29"); code != exitFailed {
		t.Errorf("exit %d, and the standby is behind", code)
	}
	want := `good     the step from 1.34 to 1.35: one minor version; there is no way back
bad      the order of environments: before prod: prod-dr (1.34)
         -> upgrade those first, and let them run
good     support of Kubernetes 1.35: standard until 2027-03-27
good     support of Aurora PostgreSQL 17.9: standard until 2030-02-28
good     objects that titan declares: 1, with APIs that stay
unknown  objects of traefik 41.3.0: charts of others, which are not read here
         -> read the insights below, and docs/upgrades.md for which release goes with which Kubernetes
4 good, 1 bad, 1 unknown
`
	_, got, _ := strings.Cut(b.out.String(), " in 0 s\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAnUpgradeToWhatThereIsNotIsWrongUsage(t *testing.T) {
	for _, c := range []struct{ to, date, want string }{
		{"1.99", "", `--to is "1.99", which EKS does not offer; there are 1.33, 1.34, 1.35, 1.36`},
		{"1.35", "tomorrow", `--date is "tomorrow", and no day`},
	} {
		b := newBench("")
		if code := b.upgrade(t, c.to, c.date); code != exitUsage || !strings.Contains(b.err.String(), c.want) {
			t.Errorf("exit %d: %s", code, b.err.String())
		}
	}
}
