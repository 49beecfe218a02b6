//go:build e2e

package e2e

import (
	"net/url"
	"regexp"
	"testing"
)

// addedReader is called as Application Auto Scaling calls the readers that it adds, but for the end.
func (d *deployment) addedReader() string {
	return "application-autoscaling-7f0f6f3e-5d5c-4b55-" + d.Name
}

// autoscalingAddsAReader does behind Terraform's back what Application Auto Scaling does under load, where readers scale.
func (d *deployment) autoscalingAddsAReader(t *testing.T) {
	t.Helper()
	if d.Database.MaxReaders == d.Database.Readers {
		return
	}
	d.rds(t, url.Values{
		"Action": {"CreateDBInstance"}, "DBInstanceIdentifier": {d.addedReader()}, "DBClusterIdentifier": {d.DatabaseName()},
		"DBInstanceClass": {d.Database.InstanceClass}, "Engine": {"aurora-postgresql"},
	})
}

var instanceIDs = regexp.MustCompile(`<DBInstanceIdentifier>(application-autoscaling-[^<]+)</DBInstanceIdentifier>`)

// addedReadersAreRemoved follows docs/runbooks/destroy.md: with such a reader in it, RDS does not delete the cluster.
func (d *deployment) addedReadersAreRemoved(t *testing.T) {
	t.Helper()
	if d.Database.MaxReaders == d.Database.Readers {
		return
	}
	found := instanceIDs.FindAllStringSubmatch(d.rds(t, url.Values{
		"Action": {"DescribeDBInstances"}, "Filters.Filter.1.Name": {"db-cluster-id"}, "Filters.Filter.1.Values.Value.1": {d.DatabaseName()},
	}), -1)
	if len(found) != 1 || found[0][1] != d.addedReader() {
		t.Fatalf("readers that autoscaling added: %v", found)
	}
	d.rds(t, url.Values{"Action": {"DeleteDBInstance"}, "DBInstanceIdentifier": {d.addedReader()}})
}

// rds calls RDS in the environment's region.
func (d *deployment) rds(t *testing.T, form url.Values) string {
	t.Helper()
	return ask(t, d.emulator.URL(), string(d.Region), "rds", "", "", form.Encode(), "")
}
