package emulator

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

const recoveryPointsOfV = "/backup-vaults/v/recovery-points/"

// points are the recovery points of a page.
func points(answer object) []any {
	points, _ := answer["RecoveryPoints"].([]any)
	return points
}

func TestRecoveryPointsAreListedPageByPage(t *testing.T) {
	a := accountWith(t, clusterAtHome)
	var want []string
	start := time.Date(2026, 2, 1, 3, 0, 0, 0, time.UTC)
	for day, status := range []string{"", "EXPIRED", "COMPLETED", "PARTIAL", "COMPLETED"} {
		point := RecoveryPoint{Vault: "v", Cluster: clusterAtHome, Created: start.AddDate(0, 0, day), Status: status}
		arn, err := a.AddRecoveryPoint("eu-west-1", point)
		if err != nil {
			t.Fatal(err)
		}
		if status == "" {
			status = "COMPLETED"
		}
		want = append(want, arn+" "+status)
	}
	var got []string
	for next, pages := "", 0; pages < 9; pages++ {
		_, answer := a.backup("eu-west-1", "GET", recoveryPointsOfV+"?nextToken="+next, "")
		for _, point := range points(answer) {
			p, _ := point.(object)
			got = append(got, fmt.Sprint(p["RecoveryPointArn"], " ", p["Status"]))
		}
		if pages == 0 && len(got) == len(want) {
			t.Error("all are on one page")
		}
		if next, _ = answer["NextToken"].(string); next == "" {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("listed %v, want %v", got, want)
	}
	for asked, want := range map[string]int{
		"resourceArn=" + url.QueryEscape(clusterAway): 0, "resourceArn=" + url.QueryEscape(clusterAtHome): 5,
		"createdAfter=2026-02-03T04:00:00Z": 2, "createdBefore=2026-02-03T03:00:00Z": 2,
	} {
		_, answer := a.backup("eu-west-1", "GET", recoveryPointsOfV+"?maxResults=9&"+asked, "")
		if len(points(answer)) != want {
			t.Errorf("asked for %s: %v, want %d", asked, answer, want)
		}
	}
}

func TestVaultsAreDeletedWhenTheyAreEmpty(t *testing.T) {
	a := accountWith(t, clusterAtHome)
	arn, err := a.AddRecoveryPoint("eu-west-1", RecoveryPoint{Vault: "v", Cluster: clusterAtHome})
	if err != nil {
		t.Fatal(err)
	}
	path := recoveryPointsOfV + url.PathEscape(arn)
	if status, answer := a.backup("eu-west-1", "GET", path, ""); status != 200 || answer["RecoveryPointArn"] != arn {
		t.Errorf("described as %d %v", status, answer)
	}
	if status, _ := a.backup("eu-west-1", "DELETE", "/backup-vaults/v", ""); status != 400 {
		t.Errorf("a vault that holds a recovery point was deleted: %d", status)
	}
	a.backup("eu-west-1", "DELETE", path, "")
	if status, _ := a.backup("eu-west-1", "GET", path, ""); status != 400 {
		t.Errorf("deleted, it is described: %d", status)
	}
	a.refused("eu-west-1", "DBClusterSnapshotNotFoundFault",
		"Action=RestoreDBClusterFromSnapshot&Engine=aurora-postgresql&DBClusterIdentifier=prod-dr", "SnapshotIdentifier="+arn)
	if status, _ := a.backup("eu-west-1", "DELETE", "/backup-vaults/v", ""); status != 200 {
		t.Errorf("an empty vault is not deleted: %d", status)
	}
}

func TestRecoveryPointsAreOfClustersThatAreThere(t *testing.T) {
	a := accountWith(t, clusterAtHome)
	for _, cluster := range []string{clusterAway, "prod"} {
		_, err := a.AddRecoveryPoint("eu-west-1", RecoveryPoint{Vault: "v", Cluster: cluster})
		if err == nil || !strings.Contains(err.Error(), cluster) {
			t.Errorf("of %s: %v", cluster, err)
		}
	}
	if status, _ := a.startBackup(clusterAtHome+"-other", "v"); status != 400 {
		t.Errorf("backed up a cluster that is not there: %d", status)
	}
	if status, _ := a.startBackup(clusterAtHome, "none"); status != 400 {
		t.Errorf("backed up into no vault: %d", status)
	}
}

func TestCopiesNeedACompleteBackupAVaultAndItsRegion(t *testing.T) {
	a := accountWith(t, clusterAtHome)
	_, job := a.startBackup(clusterAtHome, "v")
	copyInto := func(vault string) (int, object) {
		return a.startCopy("eu-central-1", job["RecoveryPointArn"], "eu-west-1", vault)
	}
	if status, answer := copyInto("v"); status != 400 {
		t.Errorf("copied while it was being made: %d %v", status, answer)
	}
	a.done("eu-central-1", "backup-jobs", job["BackupJobId"])
	if status, answer := copyInto("none"); status != 400 {
		t.Errorf("copied into no vault: %d %v", status, answer)
	}
	if status, answer := a.startCopy("eu-central-1", clusterAtHome, "eu-west-1", "v"); status != 400 {
		t.Errorf("copied what is no recovery point: %d %v", status, answer)
	}
	a.Lose("eu-west-1", Refusing)
	_, copying := copyInto("v")
	if done := a.done("eu-central-1", "copy-jobs", copying["CopyJobId"]); done["State"] != "FAILED" {
		t.Errorf("copied into a lost region: %v", done)
	}
}

func TestBackupsAreSnapshotsThatRDSOnlyShows(t *testing.T) {
	a := accountWith(t, clusterAtHome)
	arn, err := a.AddRecoveryPoint("eu-west-1", RecoveryPoint{Vault: "v", Cluster: clusterAtHome})
	if err != nil {
		t.Fatal(err)
	}
	name := nameIn(arn)
	for form, shown := range map[string]bool{
		"": false, "SnapshotType=awsbackup": true,
		"SnapshotType=awsbackup&DBClusterIdentifier=prod":  true,
		"SnapshotType=awsbackup&DBClusterIdentifier=other": false,
		"DBClusterSnapshotIdentifier=" + name:              true,
		"DBClusterSnapshotIdentifier=" + arn:               true,
	} {
		if body := a.rds("eu-west-1", "Action=DescribeDBClusterSnapshots", form); strings.Contains(body, arn) != shown {
			t.Errorf("asked for %q: %s, want it shown: %t", form, body, shown)
		}
	}
	body := a.rds("eu-central-1", "Action=DescribeDBClusterSnapshots&SnapshotType=awsbackup")
	if strings.Contains(body, arn) {
		t.Errorf("in another region: %s", body)
	}
	const deleting = "Action=DeleteDBClusterSnapshot&DBClusterSnapshotIdentifier="
	a.refused("eu-west-1", "InvalidDBClusterSnapshotStateFault", deleting+name)
}
