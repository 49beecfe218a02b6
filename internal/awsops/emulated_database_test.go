package awsops_test

import (
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/backup"
	"github.com/aws/aws-sdk-go-v2/service/rds"

	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/awsops/database"
	"github.com/titan-platform/titan/internal/awsops/recoverypoints"
	"github.com/titan-platform/titan/internal/emulator"
)

func testDatabase(t *testing.T, e *emulator.Emulator, account *awsops.Account) {
	const name = "birthday-db-prod"
	const arn = "arn:aws:rds:eu-west-1:" + id + ":cluster:" + name
	d, client := database.Of(account, soon), rds.NewFromConfig(account.In(home))
	ok[*rds.CreateDBClusterOutput](t)(client.CreateDBCluster(t.Context(), &rds.CreateDBClusterInput{
		DBClusterIdentifier: aws.String(name), Engine: aws.String("aurora-postgresql"),
		MasterUsername: aws.String("postgres"), ManageMasterUserPassword: aws.Bool(true),
		EnableIAMDatabaseAuthentication: aws.Bool(true),
		EnablePerformanceInsights:       aws.Bool(true), DeletionProtection: aws.Bool(true),
	}))
	for _, instance := range []string{name + "-0", "application-autoscaling-1"} {
		ok[*rds.CreateDBInstanceOutput](t)(client.CreateDBInstance(t.Context(), &rds.CreateDBInstanceInput{
			DBInstanceIdentifier: &instance, DBClusterIdentifier: aws.String(name), Engine: aws.String("aurora-postgresql"),
			DBInstanceClass: aws.String("db.r8g.large"),
		}))
	}
	cluster, err := d.Cluster(t.Context(), home, name)
	if err != nil || !cluster.Complete || !cluster.Protected || cluster.Created.IsZero() {
		t.Errorf("the cluster: %+v, %v", cluster, err)
	}
	if err := d.Stop(t.Context(), home, name); err != nil {
		t.Fatal(err)
	}
	if err := d.Start(t.Context(), home, name); err != nil {
		t.Fatal(err)
	}
	removed, err := d.RemoveAutoscaledReaders(t.Context(), home, name)
	if err != nil || !slices.Equal(removed, []string{"application-autoscaling-1"}) {
		t.Errorf("removed %v: %v", removed, err)
	}
	if missing, err := d.Cluster(t.Context(), away, name); err != nil || missing.Found {
		t.Errorf("a cluster of another region: %+v, %v", missing, err)
	}
	ok[*backup.CreateBackupVaultOutput](t)(backup.NewFromConfig(account.In(away)).CreateBackupVault(t.Context(),
		&backup.CreateBackupVaultInput{BackupVaultName: aws.String("titan-prod-second")}))
	var added []string
	for hour, status := range []string{"COMPLETED", "COMPLETED", "COMPLETED", "PARTIAL"} {
		added = append(added, ok[string](t)(e.AddRecoveryPoint(string(away), emulator.RecoveryPoint{
			Vault: "titan-prod-second", Cluster: arn, Status: status,
			Created: time.Date(2026, 2, 3, hour, 0, 0, 0, time.UTC),
		})))
	}
	points, err := recoverypoints.Of(account).Completed(t.Context(), away, "titan-prod-second", arn)
	if err != nil || len(points) != 3 || points[0].ARN != added[2] || points[0].Taken.Hour() != 2 {
		t.Errorf("recovery points %+v: %v; want three, %s first", points, err, added[2])
	}
	snapshot, err := d.Snapshot(t.Context(), away, added[2])
	if err != nil || !snapshot.Found || snapshot.Cluster != name || snapshot.Status != database.Available {
		t.Errorf("the snapshot of a recovery point: %+v, %v", snapshot, err)
	}
	if missing, err := d.Snapshot(t.Context(), away, "none"); err != nil || missing.Found {
		t.Errorf("a snapshot that is not there: %+v, %v", missing, err)
	}
}
