package upgrade

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/preflight"
)

func at(name, version string, tier environments.Tier) environments.Environment {
	return environments.Environment{Name: name, Tier: tier, Cluster: environments.Cluster{Version: version},
		Database: environments.Database{EngineVersion: "17.9"}}
}

func upgrade(to string, environment environments.Environment, others ...environments.Environment) Upgrade {
	return Upgrade{Environment: environment, To: to, All: append(others, environment),
		Day: time.Date(2026, time.November, 29, 0, 0, 0, 0, time.UTC)}
}

// lines are the results of a severity.
func lines(t *testing.T, u Upgrade, severity preflight.Severity) []string {
	t.Helper()
	var list []string
	u.Check(t.Context(), func(r preflight.Result) {
		if r.Severity == severity {
			list = append(list, r.Subject+": "+r.Detail)
		}
	})
	return list
}

func TestOneStepAtATimeAndTheOthersFirst(t *testing.T) {
	prod := at("prod", "1.34", environments.Production)
	standby := at("prod-dr", "1.34", environments.Production)
	standby.DR.Primary = "prod"
	for name, c := range map[string]struct {
		upgrade Upgrade
		want    []string
	}{
		"all are well": {upgrade("1.35", prod, at("staging", "1.35", environments.Staging)), nil},
		"two steps": {upgrade("1.36", prod, at("staging", "1.36", environments.Staging)),
			[]string{"the step from 1.34 to 1.36: 2 minor versions, and EKS upgrades one at a time"}},
		"back": {upgrade("1.34", at("dev", "1.35", environments.Development)),
			[]string{"the step from 1.35 to 1.34: EKS does not take a cluster back to an older version"}},
		"staging is behind": {upgrade("1.35", prod, at("staging", "1.34", environments.Staging)),
			[]string{"the order of environments: before prod: staging (1.34)"}},
		"so is the standby": {upgrade("1.35", prod, at("staging", "1.35", environments.Staging), standby),
			[]string{"the order of environments: before prod: prod-dr (1.34)"}},
		"development goes first": {upgrade("1.35", at("dev", "1.34", environments.Development), prod), nil},
		"out of support": {upgrade("1.33", at("dev", "1.33", environments.Development)),
			[]string{"support of Kubernetes 1.33: it left standard support on 2026-07-29"}},
	} {
		if got := lines(t, c.upgrade, preflight.Bad); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if Next("1.34") != "1.35" || Next("1.36") != "" || Next("1.20") != "" {
		t.Error("the next version is another")
	}
}

// Kubernetes' own types say what goes, and when: 'Deprecated API Migration Guide', v1.22, v1.25.
func TestAnAPIThatGoesIsNamedWithWhatComesInstead(t *testing.T) {
	for api, want := range map[[2]string]struct {
		version int
		instead string
	}{
		{"extensions/v1beta1", "Ingress"}:         {22, "networking.k8s.io/v1"},
		{"policy/v1beta1", "PodDisruptionBudget"}: {25, "policy/v1"},
		{"networking.k8s.io/v1", "Ingress"}:       {0, ""},
		{"v1", "Namespace"}:                       {0, ""},
		{"external-secrets.io/v1", "SecretStore"}: {0, ""}, // a custom resource, whose end is its controller's to say
	} {
		version, instead, err := Removed(api[0], api[1])
		if err != nil || version != want.version || instead != want.instead {
			t.Errorf("%v: %d, %q, %v", api, version, instead, err)
		}
	}
	if _, _, err := Removed("apps/v1", "Deploymnet"); err == nil {
		t.Error("a kind that there is not")
	}
	u := upgrade("1.35", at("dev", "1.34", environments.Development))
	u.Objects = []Object{{"policy/v1beta1", "PodDisruptionBudget", "chart.yaml"}, {"v1", "Secret", "x"}}
	want := "policy/v1beta1 PodDisruptionBudget in chart.yaml: Kubernetes 1.25 has it no more"
	if got := lines(t, u, preflight.Bad); !slices.Equal(got, []string{want}) {
		t.Errorf("%q", got)
	}
}

const platform = `{"resource": {
	"kubernetes_network_policy_v1": {"deny": {}}, "kubernetes_namespace_v1": {"app": {}},
	"kubernetes_horizontal_pod_autoscaler_v2": {"app": {}},
	"helm_release": {
		"app": {"chart": "./assets/app-chart"},
		"traefik": {"chart": "traefik", "version": "41.3.0", "repository": "https://traefik.github.io/charts"}
	}
}}`

func TestWhatIsDeclaredIsReadWithItsCharts(t *testing.T) {
	folder := fstest.MapFS{
		"assets/app-chart/templates/a.yaml": {
			Data: []byte("{{- if .Values.on }}\napiVersion: policy/v1beta1\nkind: PodDisruptionBudget\n---\n" +
				"apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\n{{- end }}\n"),
		},
		"assets/app-chart/templates/_helpers.tpl": {Data: []byte("apiVersion: v1\nkind: Nothing\n")},
		"assets/app-chart/values.yaml":            {Data: []byte("apiVersion: v1\nkind: Nothing\n")},
	}
	objects, charts, err := Declared("prod.platform", []byte(platform), folder)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, one := range objects {
		got = append(got, one.APIVersion+" "+one.Kind)
	}
	want := []string{
		"policy/v1beta1 PodDisruptionBudget", "apps/v1 Deployment", "v2 kubernetes_horizontal_pod_autoscaler_v2",
		"v1 Namespace", "networking.k8s.io/v1 NetworkPolicy",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if !slices.Equal(charts, []string{"traefik 41.3.0"}) {
		t.Errorf("charts %q", charts)
	}
	u := upgrade("1.35", at("dev", "1.34", environments.Development))
	u.Objects, u.Charts = objects, charts
	unknown := strings.Join(lines(t, u, preflight.Unknown), "\n")
	for _, told := range []string{"kubernetes_horizontal_pod_autoscaler_v2", "objects of traefik 41.3.0"} {
		if !strings.Contains(unknown, told) {
			t.Errorf("%q is not told as unknown: %s", told, unknown)
		}
	}
}

// Every resource in the table is one that Kubernetes' types know.
func TestTheTableOfResourcesIsKubernetes(t *testing.T) {
	for name := range resources {
		object := ofResource(name+"_v1", "")
		if _, _, err := Removed(object.APIVersion, object.Kind); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
