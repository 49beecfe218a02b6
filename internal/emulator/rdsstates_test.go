package emulator

import (
	"strings"
	"testing"
)

func TestAStoppedClusterIsStartedBeforeItIsChanged(t *testing.T) {
	const fault, prod = "InvalidDBClusterStateFault", "DBClusterIdentifier=prod"
	const change = "Action=ModifyDBCluster&BackupRetentionPeriod=3&DBClusterIdentifier="
	a := accountWith(t, clusterAtHome, strings.Replace(clusterAtHome, "prod", "other", 1))
	a.rds("eu-central-1", "Action=CreateDBInstance&DBInstanceIdentifier=prod-1", prod,
		"Engine=aurora-postgresql&DBInstanceClass=db.r8g.large")
	looks := func(want string) {
		t.Helper()
		body := a.rds("eu-central-1", "Action=DescribeDBClusters", prod)
		if !strings.Contains(body, "<Status>"+want+"</Status>") {
			t.Errorf("described as %s, want %s", body, want)
		}
	}
	a.rds("eu-central-1", "Action=StopDBCluster", prod)
	a.refused("eu-central-1", fault, "Action=StartDBCluster", prod)
	looks("stopping")
	looks("stopped")
	looks("stopped")
	a.refused("eu-central-1", fault, "Action=StopDBCluster", prod)
	a.refused("eu-central-1", fault, change+clusterAtHome)
	a.refused("eu-central-1", fault, "Action=DeleteDBCluster&SkipFinalSnapshot=true", prod)
	a.refused("eu-central-1", fault, "Action=ModifyDBInstance&DBInstanceIdentifier=prod-1&DBInstanceClass=db.r8g.xlarge")
	a.rds("eu-central-1", change+"other")
	a.rds("eu-central-1", "Action=StartDBCluster", prod)
	a.refused("eu-central-1", fault, change+"prod")
	looks("starting")
	looks("available")
	a.rds("eu-central-1", change+"prod")
}
