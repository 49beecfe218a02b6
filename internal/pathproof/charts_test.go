package pathproof

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"testing"
)

// Our own charts are not looked up among other people's: they hold no roles of Kubernetes.
func TestOurChartsHoldNoRoles(t *testing.T) {
	role := regexp.MustCompile(`(?m)^kind: (Cluster)?Role(Binding)?$`)
	read := 0
	err := fs.WalkDir(os.DirFS("../../charts"), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile("../../charts/" + path)
		if err != nil {
			return err
		}
		if read++; role.Match(text) {
			t.Errorf("charts/%s holds a role: read it in charts.go", path)
		}
		return nil
	})
	if err != nil || read == 0 {
		t.Errorf("%d files were read: %v", read, err)
	}
}

func TestAChartReadsSecretsUnlessItsValuesSayNo(t *testing.T) {
	for name, c := range map[string]struct {
		chart, values string
		want          []string
	}{
		"one that nobody described": {"vault", `{}`, []string{"chart vault in every namespace"}},
		"one that does": {"external-secrets", `{}`,
			[]string{"n/external-secrets in every namespace", "n/external-secrets-cert-controller in every namespace"}},
		"one that does not": {"metrics-server", `{}`, nil},
		"by default":        {"prometheus", `{}`, []string{"n/kube-state-metrics in every namespace"}},
		"by its values": {"prometheus", `{"kube-state-metrics":{"collectors":["pods","secrets"]}}`,
			[]string{"n/kube-state-metrics in every namespace"}},
		"not by its values":          {"prometheus", `{"kube-state-metrics":{"collectors":["pods"]}}`, nil},
		"by values that are no JSON": {"traefik", `{"rbac": ${jsonencode(1)}`, []string{"n/traefik in every namespace"}},
		"our own":                    {"./assets/x", `{}`, nil},
	} {
		f := account(t, map[string]map[string]any{
			"helm_release.r": {"chart": c.chart, "namespace": "n", "values": []any{c.values}},
		})
		var got []string
		for _, reach := range f.Secrets([]string{"one"}) {
			got = append(got, reach.Who)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
