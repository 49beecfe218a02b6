package environments

import (
	"slices"
	"testing"
	"time"
)

func TestWarningsNameTheEnvironment(t *testing.T) {
	delegated := DNS{Delegated: true}
	all := []Environment{
		{Name: "dev", DNS: delegated, Cluster: Cluster{Version: "1.36"}},
		{Name: "prod", DNS: delegated, Cluster: Cluster{Version: "1.34"}},
		{Name: "new", DNS: DNS{Zone: "new.example.com"}, Cluster: Cluster{Version: "1.36"}},
	}
	got := Warnings(all, date(2026, time.November, 23))
	want := []string{
		`prod: cluster.version "1.34" leaves standard support on 2026-12-02, when EKS begins to upgrade it by itself; upgrade to 1.35 before`,
		"new: dns.delegated is false: only the zone new.example.com is made. Deploy it, make its output name_servers the NS record of new.example.com in the parent domain, and remove the line; " +
			"on an environment that is deployed already, the rest would be destroyed",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
