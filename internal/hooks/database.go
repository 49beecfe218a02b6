package hooks

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/runner"
)

// clusterChanges are the types of resources that RDS changes only while their cluster is available.
var clusterChanges = []string{"aws_rds_cluster", "aws_rds_cluster_instance", "aws_db_cluster_snapshot"}

// startDatabase starts the database where a plan that is to be applied changes it and it is stopped, as a failover
// leaves the old writer: RDS neither changes nor deletes a stopped cluster (hashicorp/terraform-provider-aws#28262).
func startDatabase(ctx context.Context, step runner.Step, environment environments.Environment, aws AWS) error {
	changesIt := slices.ContainsFunc(step.Changes, func(change runner.Change) bool {
		kind, _, _ := strings.Cut(change.Address, ".")
		return slices.Contains(clusterChanges, kind)
	})
	if !changesIt {
		return nil
	}
	name := environment.DatabaseName()
	cluster, err := aws.Databases.Cluster(ctx, environment.Region, name)
	if err != nil || !cluster.IsDown() {
		return err
	}
	step.Say(fmt.Sprintf("starting cluster %s, which is %s", name, cluster.Status))
	return aws.Databases.Start(ctx, environment.Region, name)
}
