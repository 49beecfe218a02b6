package environments

import (
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/quotas"
	"github.com/titan-platform/titan/internal/wafrules"
)

// loadedWith is the valid production file with other settings of its edge.
func loadedWith(t *testing.T, edge string) Environment {
	t.Helper()
	all, err := Load(folder(t, map[string]string{"prod.yaml": add(edge).in(t, valid)}), "")
	if err != nil {
		t.Fatal(err)
	}
	return all[0]
}

// A file that says nothing refuses nobody, sees what AWS shows without extra charge, and limits bodies to that.
func TestTheWebACLCountsByDefault(t *testing.T) {
	for name, c := range map[string]struct {
		edge      string
		bodyLimit int
	}{
		"nothing said":      {"", 16},
		"more is inspected": {"edge: {waf: {inspected_kib: 48}}", 48},
		"no limit":          {"edge: {waf: {body_limit_kib: 0}}", 0},
		"a load balancer's": {"edge: {enabled: false}\nload_balancer: {allow_cidrs: [8.8.8.0/24]}", 8},
		"a limit of its own": {"edge: {enabled: false, waf: {body_limit_kib: 4}}\nload_balancer: {allow_cidrs: [8.8.8.0/24]}",
			4},
	} {
		t.Run(name, func(t *testing.T) {
			e := loadedWith(t, c.edge)
			if e.Edge.WAF.Mode != WAFCount || e.Edge.WAF.BotControl != BotControlOff {
				t.Errorf("mode %s, bot control %s", e.Edge.WAF.Mode, e.Edge.WAF.BotControl)
			}
			if settings := e.Edge.WebACL(); settings.BodyLimit != c.bodyLimit<<10 || !settings.Counts {
				t.Errorf("bodies of %d bytes, want %d KiB; counts: %v", settings.BodyLimit, c.bodyLimit, settings.Counts)
			}
		})
	}
}

// The samples fit into what the price includes, and each holding into its quota.
func TestTheDefaultsFitTheirQuotas(t *testing.T) {
	e := loadedWith(t, "")
	if capacity := wafrules.Sum(wafrules.Build(e.Edge.WebACL())).Capacity; capacity > quotas.IncludedCapacity {
		t.Errorf("the web ACL takes %d capacity units", capacity)
	}
	for _, holding := range e.Holdings() {
		if holding.Count > holding.Default || holding.Source == "" || holding.Setting == "" {
			t.Errorf("%+v", holding)
		}
	}
}

func TestTheWebACLWarns(t *testing.T) {
	many := "[" + longPaths(15) + "]" // 23 units each
	for name, c := range map[string]struct{ edge, mode, capacity string }{
		"production counts":      {"", "is count: ", ""},
		"production blocks":      {"edge: {waf: {mode: block}}", "", ""},
		"a load balancer counts": {"edge: {enabled: false}\nload_balancer: {allow_cidrs: [8.8.8.0/24]}", "is count: ", ""},
		"more than the price": {"edge: {waf: {mode: block, uploads: " + many + "}}", "",
			"takes 1546 web ACL capacity units, and the price includes 1500: every million requests costs 0.20 USD more"},
	} {
		t.Run(name, func(t *testing.T) {
			e := loadedWith(t, c.edge)
			for _, warning := range []struct{ got, want string }{
				{e.wafModeWarning(), c.mode}, {e.wafCapacityWarning(), c.capacity},
			} {
				if (warning.got == "") != (warning.want == "") || !strings.HasPrefix(warning.got, warning.want) {
					t.Errorf("got %q, want %q", warning.got, warning.want)
				}
			}
		})
	}
}
