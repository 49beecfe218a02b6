package emulator

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

const (
	clusterAtHome = "arn:aws:rds:eu-central-1:123456789012:cluster:prod"
	clusterAway   = "arn:aws:rds:eu-west-1:123456789012:cluster:prod-dr"
)

// account is an emulated account, for tests that go through the calls of a failover.
type account struct {
	*testing.T
	*Proxy
}

// accountWith is an account with an empty vault v in two regions, and clusters: the ones that are given by ARN.
func accountWith(t *testing.T, clusters ...string) account {
	t.Helper()
	a := account{t, started(t)}
	for _, region := range []string{"eu-central-1", "eu-west-1"} {
		if status, answer := a.backup(region, "PUT", "/backup-vaults/v", "{}"); status != 200 {
			a.Fatalf("the vault: %d %v", status, answer)
		}
	}
	for _, arn := range clusters {
		steps := strings.Split(arn, ":")
		a.rds(steps[3], "Action=CreateDBCluster", "DBClusterIdentifier="+steps[6], "Engine=aurora-postgresql",
			"MasterUsername=postgres", "ManageMasterUserPassword=true")
	}
	return a
}

// rds makes a call and fails the test unless it succeeds.
func (a account) rds(region string, form ...string) string {
	a.Helper()
	status, body := rdsIn(a.T, a.Proxy, region, strings.Join(form, "&"))
	if status != 200 {
		a.Fatalf("%v in %s: %d %s", form, region, status, body)
	}
	return body
}

// refused fails the test unless RDS refuses a call with an error code.
func (a account) refused(region, code string, form ...string) {
	a.Helper()
	status, body := rdsIn(a.T, a.Proxy, region, strings.Join(form, "&"))
	if status < 400 || !strings.Contains(body, "<Code>"+code+"</Code>") {
		a.Errorf("%v in %s: %d %s, want %s", form, region, status, body, code)
	}
}

// backup makes a call and returns its answer.
func (a account) backup(region, method, path, body string) (int, object) {
	a.Helper()
	status, text := call(a.T, a.Proxy, method, path, "backup", in(region, "backup", nil), body)
	answer := object{}
	if text != "" && json.Unmarshal([]byte(text), &answer) != nil {
		a.Fatalf("%s %s in %s: %d %s", method, path, region, status, text)
	}
	return status, answer
}

// startBackup backs a cluster up into a vault of its region.
func (a account) startBackup(cluster, vault string) (int, object) {
	a.Helper()
	body := fmt.Sprintf(`{"BackupVaultName":%q,"ResourceArn":%q,"IamRoleArn":"arn:r"}`, vault, cluster)
	return a.backup(strings.Split(cluster, ":")[3], "PUT", "/backup-jobs", body)
}

// startCopy copies a recovery point of vault v in a region into another region's vault.
func (a account) startCopy(home string, recoveryPoint any, region, vault string) (int, object) {
	a.Helper()
	return a.backup(home, "PUT", "/copy-jobs", fmt.Sprintf(
		`{"RecoveryPointArn":%q,"SourceBackupVaultName":"v","DestinationBackupVaultArn":%q,"IamRoleArn":"arn:r"}`,
		recoveryPoint, vaultARN(region, "123456789012", vault)))
}

// done describes a job until it is no longer running.
func (a account) done(region, kind string, id any) object {
	a.Helper()
	for range 3 {
		_, answer := a.backup(region, "GET", fmt.Sprintf("/%s/%s", kind, id), "")
		if job, ok := answer["CopyJob"].(object); ok {
			answer = job
		}
		if answer["State"] != "RUNNING" {
			return answer
		}
	}
	a.Fatalf("%s %s in %s does not end", kind, id, region)
	return nil
}

// backedUpTo backs a cluster up and copies that into the other region's vault; it returns the copy's ARN.
func (a account) backedUpTo(cluster, region string) string {
	a.Helper()
	home := strings.Split(cluster, ":")[3]
	_, job := a.startBackup(cluster, "v")
	a.done(home, "backup-jobs", job["BackupJobId"])
	_, copying := a.startCopy(home, job["RecoveryPointArn"], region, "v")
	arn, _ := a.done(home, "copy-jobs", copying["CopyJobId"])["DestinationRecoveryPointArn"].(string)
	return arn
}

// restore deletes a cluster and makes it again from a snapshot.
func (a account) restore(cluster, snapshot string) {
	a.Helper()
	region, name := strings.Split(cluster, ":")[3], "DBClusterIdentifier="+strings.Split(cluster, ":")[6]
	a.rds(region, "Action=DeleteDBCluster", name, "SkipFinalSnapshot=true")
	if got := a.DataOf(cluster); got != "" {
		a.Errorf("deleted, %s holds %q", cluster, got)
	}
	a.rds(region, "Action=RestoreDBClusterFromSnapshot", name, "Engine=aurora-postgresql",
		"SnapshotIdentifier="+url.QueryEscape(snapshot))
}

// holds fails the test unless a cluster's data is what is wanted.
func (a account) holds(cluster, want string) {
	a.Helper()
	if got := a.DataOf(cluster); got != want {
		a.Errorf("%s holds %q, want %q", cluster, got, want)
	}
}

func TestDataFollowsTheBackupsThroughTwoFailoversAndBack(t *testing.T) {
	a := accountWith(t, clusterAtHome, clusterAway)
	seen := map[string]bool{}
	for circle := 1; circle <= 2; circle++ {
		written := fmt.Sprintf("circle %d, at home", circle)
		a.MarkData(clusterAtHome, written)
		copied := a.backedUpTo(clusterAtHome, "eu-west-1")
		a.MarkData(clusterAtHome, "after the backup")
		a.Lose("eu-central-1", Refusing)
		a.restore(clusterAway, copied)
		a.holds(clusterAway, written)
		a.Restore("eu-central-1")
		a.holds(clusterAtHome, "after the backup")
		written = fmt.Sprintf("circle %d, away", circle)
		a.MarkData(clusterAway, written)
		a.restore(clusterAtHome, a.backedUpTo(clusterAway, "eu-central-1"))
		a.holds(clusterAtHome, written)
		for _, region := range []string{"eu-central-1", "eu-west-1"} {
			described := a.rds(region, "Action=DescribeDBClusters")
			for _, element := range []string{"SecretArn", "DbClusterResourceId"} {
				found := regexp.MustCompile("<" + element + ">([^<]+)<").FindStringSubmatch(described)
				if found == nil || seen[found[1]] {
					t.Errorf("the restored cluster's %s is %v, want a new one", element, found)
					continue
				}
				seen[found[1]] = true
			}
		}
	}
}

func TestSnapshotsCarryTheDataThatTheyWereMadeOf(t *testing.T) {
	a := accountWith(t, clusterAtHome)
	a.MarkData(clusterAtHome, "first")
	a.rds("eu-central-1", "Action=CreateDBClusterSnapshot&DBClusterIdentifier=prod&DBClusterSnapshotIdentifier=s")
	a.MarkData(clusterAtHome, "last")

	const source = "arn:aws:rds:eu-central-1:123456789012:cluster-snapshot:s"
	const copying = "Action=CopyDBClusterSnapshot&TargetDBClusterSnapshotIdentifier=copy&" +
		"SourceDBClusterSnapshotIdentifier=" + source
	const restoring = "Action=RestoreDBClusterFromSnapshot&Engine=aurora-postgresql&"
	a.Lose("eu-central-1", Refusing)
	a.refused("eu-west-1", "InvalidDBClusterSnapshotStateFault", copying)
	a.Restore("eu-central-1")
	a.rds("eu-west-1", copying)
	const away = restoring + "DBClusterIdentifier=prod-dr&SnapshotIdentifier="
	a.refused("eu-west-1", "DBClusterSnapshotNotFoundFault", away+source)
	a.rds("eu-west-1", away+"copy")
	a.holds(clusterAway, "first")

	a.rds("eu-central-1", "Action=DeleteDBCluster&DBClusterIdentifier=prod&FinalDBSnapshotIdentifier=final")
	const home = restoring + "DBClusterIdentifier=prod&SnapshotIdentifier="
	a.rds("eu-central-1", home+"final")
	a.holds(clusterAtHome, "last")
	// A restore over a cluster that is there is refused, and changes nothing.
	a.refused("eu-central-1", "DBClusterAlreadyExistsFault", home+"s")
	a.holds(clusterAtHome, "last")
}
