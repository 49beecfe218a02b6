package emulator

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestVaultsLockAndPolicyAreKept(t *testing.T) {
	proxy := behind(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, `{"BackupVaultName":"v","Locked":false}`)
	})
	backup := func(method, path, body string) (int, string) {
		return call(t, proxy, method, path, "backup", nil, body)
	}
	if status, body := backup("GET", "/backup-vaults/v/access-policy", ""); status != 400 || !strings.Contains(body, "ResourceNotFoundException") {
		t.Errorf("before it is made: %d %s", status, body)
	}
	backup("PUT", "/backup-vaults/v/access-policy", `{"Policy":"{}"}`)
	if _, body := backup("GET", "/backup-vaults/v/access-policy", ""); body != `{"BackupVaultName":"v","Policy":"{}"}` {
		t.Errorf("got %s", body)
	}
	if _, body := backup("GET", "/backup-vaults/v", ""); strings.Contains(body, "MinRetentionDays") {
		t.Errorf("locked before the lock: %s", body)
	}
	backup("PUT", "/backup-vaults/v/vault-lock", `{"MinRetentionDays":7,"ChangeableForDays":3}`)
	if _, body := backup("GET", "/backup-vaults/v", ""); body != `{"BackupVaultName":"v","Locked":true,"MinRetentionDays":7}` {
		t.Errorf("locked: %s", body)
	}
	backup("DELETE", "/backup-vaults/v/vault-lock", "")
	if _, body := backup("GET", "/backup-vaults/v", ""); strings.Contains(body, "MinRetentionDays") {
		t.Errorf("unlocked: %s", body)
	}
}

func TestOptInRefusesWhatARegionDoesNotKnow(t *testing.T) {
	proxy := nowhere(t)
	settings := func(method, body string) (int, string) {
		return call(t, proxy, method, "/account-settings", "backup", nil, body)
	}
	if status, _ := settings("PUT", `{"ResourceTypeOptInPreference":{"Aurora":true,"EKS":true}}`); status != 400 {
		t.Errorf("a type that the region does not know: %d", status)
	}
	if _, body := settings("GET", ""); !strings.Contains(body, `"Aurora":false`) {
		t.Errorf("refused, and changed: %s", body)
	}
	settings("PUT", `{"ResourceTypeOptInPreference":{"Aurora":true}}`)
	if _, body := settings("GET", ""); !strings.Contains(body, `"Aurora":true`) || !strings.Contains(body, `"EFS":true`) || !strings.Contains(body, `"S3":false`) {
		t.Errorf("got %s", body)
	}
}

func TestRestoreTestsAreKept(t *testing.T) {
	proxy := nowhere(t)
	backup := func(method, path, body string) (int, string) {
		return call(t, proxy, method, path, "backup", nil, body)
	}
	backup("PUT", "/restore-testing/plans", `{"RestoreTestingPlan":{"RestoreTestingPlanName":"p","ScheduleExpression":"cron(0 6 ? * SUN *)"},"Tags":{"a":"b"}}`)
	backup("PUT", "/restore-testing/plans/p/selections", `{"RestoreTestingSelection":{"RestoreTestingSelectionName":"s","ProtectedResourceType":"S3"}}`)
	for path, want := range map[string]string{
		"/restore-testing/plans/p":              `"ScheduleExpression":"cron(0 6 ? * SUN *)"`,
		"/restore-testing/plans/p/selections/s": `"RestoreTestingPlanName":"p"`,
		"/tags/arn%3Aaws%3Abackup%3Aeu-west-1%3A000000000000%3Arestore-testing-plan%3Ap": `{"Tags":{"a":"b"}}`,
	} {
		if status, body := backup("GET", path, ""); status != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: %d %s, want %s", path, status, body, want)
		}
	}
	backup("DELETE", "/restore-testing/plans/p", "")
	if status, _ := backup("GET", "/restore-testing/plans/p", ""); status != 400 {
		t.Errorf("after it is deleted: %d", status)
	}
}

func TestStreamsRememberTheirDestination(t *testing.T) {
	const described = `{"DeliveryStreamDescription":{"Destinations":[{"ExtendedS3DestinationDescription":{"Prefix":"p"}}]}}`
	proxy := behind(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, described) })
	firehose := func(action, body string) string {
		_, answer := call(t, proxy, "POST", "/", "firehose", map[string]string{"X-Amz-Target": "Firehose_20150804." + action}, body)
		return answer
	}
	firehose("CreateDeliveryStream", `{"DeliveryStreamName":"s","ExtendedS3DestinationConfiguration":{"Prefix":"other","FileExtension":".gz"}}`)
	if got, want := firehose("DescribeDeliveryStream", `{"DeliveryStreamName":"s"}`), strings.Replace(described, `"Prefix"`, `"FileExtension":".gz","Prefix"`, 1); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := firehose("DescribeDeliveryStream", `{"DeliveryStreamName":"other"}`); got != described {
		t.Errorf("another stream: %s", got)
	}
}

func TestCopiesOfSnapshotsLiveInTheRegionThatIsAsked(t *testing.T) {
	passed := 0
	proxy := behind(t, func(w http.ResponseWriter, _ *http.Request) {
		passed++
		_, _ = io.WriteString(w, "<DBClusterSnapshots></DBClusterSnapshots>")
	})
	rds := func(form string) string {
		_, body := call(t, proxy, "POST", "/", "rds", query, form)
		return body
	}
	snapshotOfACluster(t, proxy)
	passed = 0
	const source = "arn%3Aaws%3Ards%3Aeu-central-1%3A333333333333%3Acluster-snapshot%3As"
	copied := rds("Action=CopyDBClusterSnapshot&SourceDBClusterSnapshotIdentifier=" + source + "&TargetDBClusterSnapshotIdentifier=s&KmsKeyId=k&Tags.Tag.1.Key=a&Tags.Tag.1.Value=b")
	for _, want := range []string{
		"<DBClusterSnapshotArn>arn:aws:rds:eu-west-1:333333333333:cluster-snapshot:s</DBClusterSnapshotArn>",
		"<SourceDBClusterSnapshotArn>arn:aws:rds:eu-central-1:333333333333:cluster-snapshot:s</SourceDBClusterSnapshotArn>", "<KmsKeyId>k</KmsKeyId>",
	} {
		if !strings.Contains(copied, want) {
			t.Errorf("no %s in %s", want, copied)
		}
	}
	if tags := rds("Action=ListTagsForResource&ResourceName=arn%3Aaws%3Ards%3Aeu-west-1%3A333333333333%3Acluster-snapshot%3As"); !strings.Contains(tags, "<Tag><Key>a</Key><Value>b</Value></Tag>") {
		t.Errorf("tags: %s", tags)
	}
	if list := rds("Action=DescribeDBClusterSnapshots"); !strings.Contains(list, "<DBClusterSnapshotIdentifier>s</DBClusterSnapshotIdentifier>") {
		t.Errorf("not in the list: %s", list)
	}
	passed = 0
	rds("Action=DeleteDBClusterSnapshot&DBClusterSnapshotIdentifier=s")
	if rds("Action=DescribeDBClusterSnapshots&DBClusterSnapshotIdentifier=s"); passed != 1 {
		t.Errorf("a deleted copy was asked of the emulator %d times", passed)
	}
}

// snapshotOfACluster makes the cluster c and its snapshot s in eu-central-1.
func snapshotOfACluster(t *testing.T, proxy *Proxy) {
	t.Helper()
	for _, form := range []string{
		"Action=CreateDBCluster&DBClusterIdentifier=c&MasterUsername=postgres&DatabaseName=birthday",
		"Action=CreateDBClusterSnapshot&DBClusterIdentifier=c&DBClusterSnapshotIdentifier=s",
	} {
		rdsIn(t, proxy, "eu-central-1", form)
	}
}

func TestClustersAreRestoredFromSnapshotsOfTheirRegion(t *testing.T) {
	var passed []string
	proxy := behind(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		passed = append(passed, string(body))
		_, _ = io.WriteString(w, "<CreateDBClusterResponse><CreateDBClusterResult><DBCluster><DBClusterIdentifier>d</DBClusterIdentifier>"+
			"<MasterUserSecret><KmsKeyId>aws</KmsKeyId></MasterUserSecret></DBCluster></CreateDBClusterResult></CreateDBClusterResponse>")
	})
	snapshotOfACluster(t, proxy)
	const restore = "Action=RestoreDBClusterFromSnapshot&DBClusterIdentifier=d&SnapshotIdentifier=s"
	if status, body := rdsIn(t, proxy, "eu-west-1", restore); status != 404 || !strings.Contains(body, "DBClusterSnapshotNotFoundFault") {
		t.Errorf("a snapshot of another region: %d %s", status, body)
	}
	if _, body := rdsIn(t, proxy, "eu-central-1", restore); !strings.Contains(body, "<RestoreDBClusterFromSnapshotResult><DBCluster>") {
		t.Errorf("got %s", body)
	}
	if made := passed[len(passed)-1]; !strings.Contains(made, "MasterUsername=postgres") || strings.Contains(made, "Snapshot") {
		t.Errorf("passed on: %s", made)
	}
	if calls := proxy.Calls(); calls[len(calls)-1].Source != FromGap || calls[len(calls)-1].Action != "RestoreDBClusterFromSnapshot" {
		t.Errorf("recorded as %+v", calls[len(calls)-1])
	}
	rdsIn(t, proxy, "eu-central-1", "Action=ModifyDBCluster&DBClusterIdentifier=d&MasterUserSecretKmsKeyId=ours")
	if _, body := rdsIn(t, proxy, "eu-central-1", "Action=DescribeDBClusters"); !strings.Contains(body, "<KmsKeyId>ours</KmsKeyId>") {
		t.Errorf("the secret's key: %s", body)
	}
}

func TestExportsAreComplete(t *testing.T) {
	proxy := nowhere(t)
	rds := func(form string) string {
		_, body := call(t, proxy, "POST", "/", "rds", query, form)
		return body
	}
	rds("Action=StartExportTask&ExportTaskIdentifier=e&SourceArn=arn%3As&S3BucketName=b&S3Prefix=exports&IamRoleArn=r&KmsKeyId=k")
	for _, want := range []string{"<S3Bucket>b</S3Bucket>", "<S3Prefix>exports</S3Prefix>", "<Status>COMPLETE</Status>"} {
		if got := rds("Action=DescribeExportTasks&ExportTaskIdentifier=e"); !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
	if got := rds("Action=CancelExportTask&ExportTaskIdentifier=e"); !strings.Contains(got, "InvalidExportTaskStateFault") {
		t.Errorf("a complete task was cancelled: %s", got)
	}
}
