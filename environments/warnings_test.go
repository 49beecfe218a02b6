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
		{Name: "far", DNS: delegated, SecondRegion: GlobalRegion, Cluster: Cluster{Version: "1.36"}},
	}
	got := Warnings(all, date(2026, time.November, 23))
	want := []string{
		`prod: cluster.version "1.34" leaves standard support on 2026-12-02, when EKS begins to upgrade it by itself; upgrade to 1.35 before`,
		"new: dns.delegated is false: of its stacks only the zone's is there, new.example.com. Deploy it, make its output name_servers the NS record of new.example.com in the parent domain, " +
			"and remove the line; the other stacks stay as they are meanwhile",
		"far: second_region is us-east-1, where CloudFront, Route 53 and IAM are controlled from: with that region lost, replicas and the control of DNS are lost together (docs/outages.md)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
