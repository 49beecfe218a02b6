package environments

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryNameOfAnApplicationThatIsTakenHasItsMessage(t *testing.T) {
	for name, c := range map[string]struct{ settings, want string }{
		"a part of the platform": {"application: {name: cache}",
			`prod.yaml:16:15: application.name is "cache", as a part of the platform is called: ` +
				`its role, pipeline or address would be that part's; choose another, for instance cache-app`},
		"a workload's construct": {"application: {name: grafana-role}",
			`prod.yaml:16:15: application.name is "grafana-role", as a part of the platform is called: ` +
				`its role, pipeline or address would be that part's; choose another, for instance grafana-role-app`},
		"a user of PostgreSQL's own": {"application: {name: pg-admin}\ndatabase: {name: admins}",
			`prod.yaml:16:15: application.name is "pg-admin", which makes the database ` +
				`user "pg_admin_app", and PostgreSQL keeps names with pg_ to itself; choose another`},
		"a database that is there": {"database: {name: postgres}",
			`prod.yaml:16:12: database.name is "postgres", which every Aurora cluster has or keeps to itself; ` +
				`choose another, for instance service`},
		"a reserved word": {"application: {name: order-app}",
			`prod.yaml:1:1: database.name is "order", a reserved word of PostgreSQL, which RDS refuses; ` +
				`choose another, for instance order_db`},
		"two hyphens": {"application: {name: my--app}",
			`prod.yaml:16:15: application.name is "my--app", which does not match ^[a-z][a-z0-9]*(-[a-z0-9]+)*$: `},
	} {
		t.Run(name, func(t *testing.T) {
			got := complaints(t, map[string]string{"prod.yaml": valid + c.settings + "\n"})
			if !strings.HasPrefix(got, c.want) || strings.Contains(got, "\n") {
				t.Errorf("got\n%s\nwant it to be\n%s", got, c.want)
			}
		})
	}
}

func TestEveryChartThatIsNoneHasItsMessage(t *testing.T) {
	for chart, want := range map[string]string{
		"/charts/orders": `is "/charts/orders"; write a folder below that of cdktf.json, ` +
			`without dots or a slash at its end, for instance charts/birthday-app`,
		"charts/../../orders": `is "charts/../../orders"; write a folder below`,
		"charts/orders/":      `is "charts/orders/"; write a folder below`,
		"charts/orders": `is "charts/orders", and its Chart.yaml cannot be read: no such file or directory; ` +
			`name a folder with a Helm chart`,
		"environments":            `is "environments", and its Chart.yaml cannot be read`,
		"tests/fixtures/otherorg": `is "tests/fixtures/otherorg", and its Chart.yaml cannot be read`,
		"tests/fixtures/chart/build": `is "tests/fixtures/chart/build", whose Chart.yaml has version "1.0.0+build"; ` +
			`write a version that can be a tag, for instance 1.0.0`,
	} {
		got := complaints(t, map[string]string{"prod.yaml": valid + "application: {chart: " + chart + "}\n"})
		if !strings.HasPrefix(got, "prod.yaml:16:15: application.chart "+want) {
			t.Errorf("%s: got\n%s\nwant\n%s", chart, got, want)
		}
	}
}

func TestThePairHasOneApplicationAndOneDatabase(t *testing.T) {
	all, err := Load("../tests/fixtures/otherorg", "")
	if err != nil {
		t.Fatal(err)
	}
	primary, secondary := *named(all, "retail"), *named(all, "retail-dr")
	var said []string
	check := func(change func(*Environment)) {
		changed := secondary
		change(&changed)
		everything := func(...string) bool { return true }
		changed.DR.validatePair(func(path, _ string, _ ...any) { said = append(said, path) }, everything, changed, primary)
	}
	check(func(*Environment) {})
	check(func(e *Environment) { e.Application.Name = "invoices" })
	check(func(e *Environment) { e.Database.Name = "orders" })
	if want := []string{"application.name", "database.name"}; !slices.Equal(said, want) {
		t.Errorf("complains of %q, want %q", said, want)
	}
}

// names are what is called after the application.
func names(e Environment) []string {
	return []string{
		e.Application.Namespace, e.Application.ServiceName(), e.DatabaseName(), e.Database.Name, e.DatabaseUser(),
		e.DatabaseSecret(), e.TraceGroupName(),
		e.ImageRepository(), e.ChartRepository(), e.ImageParameter(), e.CacheName(), e.CollectorRoleName(),
		e.CollectorPolicyName(), e.DataKeyAlias(),
	}
}

func TestDefaultsGiveTheDocumentsNames(t *testing.T) {
	all, err := Load("../tests/fixtures/platform", "")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"birthday", "birthday-app-service", "birthday-db-prod", "birthday", "birthday_app", "db-credentials-prod",
		"app-tracing-group-prod", "titan-prod/birthday-app", "titan-prod/charts/birthday-app",
		"/titan-prod/birthday-app/image", "titan-cache-prod", "xray-eks-role-prod", "xray-eks-policy-prod",
		"alias/app-key-prod",
	}
	if got := names(*named(all, "prod")); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNamesAreMadeOfProjectEnvironmentAndApplication(t *testing.T) {
	all, err := Load("../tests/fixtures/otherorg", "")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]string{
		"retail": {
			"orders", "orders-service", "orders-db-retail", "ordering", "orders_app", "orders-db-credentials-retail",
			"orders-retail", "acme-logistics-retail/orders", "acme-logistics-retail/charts/orders",
			"/acme-logistics-retail/orders/image", "acme-logistics-cache-retail", "acme-logistics-xray-eks-role-retail",
			"acme-logistics-xray-eks-policy-retail", "alias/acme-logistics-app-key-retail",
		},
		"retail-dr": { // whose secret and images are its primary's
			"orders", "orders-service", "orders-db-retail-dr", "ordering", "orders_app", "orders-db-credentials-retail",
			"orders-retail-dr", "acme-logistics-retail/orders", "acme-logistics-retail/charts/orders",
			"/acme-logistics-retail-dr/orders/image", "acme-logistics-cache-retail-dr", "acme-logistics-xray-eks-role-retail-dr",
			"acme-logistics-xray-eks-policy-retail-dr", "alias/acme-logistics-app-key-retail-dr",
		},
		"trial": {
			"invoices", "invoices-app-service", "invoices-db-trial", "invoices", "invoices_app", "invoices-db-credentials-trial",
			"invoices-trial", "acme-logistics-trial/invoices-app", "acme-logistics-trial/charts/invoices-app",
			"/acme-logistics-trial/invoices-app/image", "acme-logistics-cache-trial", "acme-logistics-xray-eks-role-trial",
			"acme-logistics-xray-eks-policy-trial", "alias/acme-logistics-app-key-trial",
		},
	} {
		if got := names(*named(all, name)); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if chart := named(all, "retail").Application.ChartVersion; chart != "2.3.4" {
		t.Errorf("the chart's version is %q, want that of its Chart.yaml", chart)
	}
}

func named(all []Environment, name string) *Environment {
	return &all[slices.IndexFunc(all, func(e Environment) bool { return e.Name == name })]
}
