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
		{Name: "new", DNS: DNS{Zone: "new.acme.io"}, Cluster: Cluster{Version: "1.36"}},
		{Name: "far", DNS: delegated, SecondRegion: GlobalRegion, Cluster: Cluster{Version: "1.36"}},
	}
	got := Warnings(all, date(2026, time.November, 23))
	want := []string{
		`prod: cluster.version "1.34" leaves standard support on 2026-12-02, when EKS begins to upgrade it by itself; ` +
			`upgrade to 1.35 before`,
		"new: dns.delegated is false: of its stacks only the zone's is there, new.acme.io. " +
			"Deploy it, make its output name_servers the NS record of new.acme.io in the parent domain, and remove the line; " +
			"the other stacks stay as they are meanwhile",
		"far: second_region is us-east-1, where CloudFront, Route 53 and IAM are controlled from: " +
			"with that region lost, replicas and the control of DNS are lost together (docs/outages.md)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestWarningsNameEachPlaceholderOnceSomethingIsSomebodys(t *testing.T) {
	dev := sampleOf(func(e *Environment) {
		e.DNS.Delegated, e.Cluster.Version, e.Account.Region = true, "1.36", "eu-west-1"
	})
	prod := dev
	prod.Name = "prod"
	for name, c := range map[string]struct {
		change func(*Environment)
		want   []string
	}{
		"all is somebody's": {func(*Environment) {}, nil},
		"the samples": {func(e *Environment) {
			e.Account.ID, e.Account.Repository, e.DNS.Zone = "111111111111", "titan-platform/titan", "titan.example.com"
		}, nil},
		"the account's number is left": {func(e *Environment) { e.Account.ID = "111122223333" }, []string{
			`accounts/acme.yaml: id is "111122223333", a value of the samples, and AWS is not deployed to with it: ` +
				`put your own account's number`,
		}},
		"repository and snapshot are left": {func(e *Environment) {
			e.Account.Repository, e.Database.RestoredFrom = "titan-platform/titan",
				"arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:standby"
		}, []string{
			`accounts/acme.yaml: repository is "titan-platform/titan", a value of the samples, ` +
				`and AWS is not deployed to with it: put ` + ownRepository,
			`dev.yaml: database.restored_from is "arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:standby", ` +
				`a value of the samples, and AWS is not deployed to with it: put your own account's number`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			all := []Environment{dev, prod}
			c.change(&all[0])
			all[1].Account = all[0].Account
			if got := Warnings(all, date(2026, time.November, 23)); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
