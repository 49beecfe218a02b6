// Package database is the operations on an Aurora cluster that Terraform leaves to others: to stop and start it, to
// remove readers that autoscaling added, and to look for snapshots.
package database

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
)

// API is what of RDS is used.
type API interface {
	DescribeDBClusters(
		context.Context, *rds.DescribeDBClustersInput, ...func(*rds.Options),
	) (*rds.DescribeDBClustersOutput, error)
	DescribeDBInstances(
		context.Context, *rds.DescribeDBInstancesInput, ...func(*rds.Options),
	) (*rds.DescribeDBInstancesOutput, error)
	DescribeDBClusterSnapshots(
		context.Context, *rds.DescribeDBClusterSnapshotsInput, ...func(*rds.Options),
	) (*rds.DescribeDBClusterSnapshotsOutput, error)
	StartDBCluster(context.Context, *rds.StartDBClusterInput, ...func(*rds.Options)) (*rds.StartDBClusterOutput, error)
	StopDBCluster(context.Context, *rds.StopDBClusterInput, ...func(*rds.Options)) (*rds.StopDBClusterOutput, error)
	DeleteDBInstance(
		context.Context, *rds.DeleteDBInstanceInput, ...func(*rds.Options),
	) (*rds.DeleteDBInstanceOutput, error)
}

// Databases are the Aurora clusters of an account.
type Databases struct {
	In   func(environments.Region) API
	Wait awsops.Wait // for a cluster or an instance to change its state
}

// Of are the Aurora clusters of an account.
func Of(account *awsops.Account, wait awsops.Wait) Databases {
	in := func(region environments.Region) API { return rds.NewFromConfig(account.In(region)) }
	return Databases{In: in, Wait: wait}
}

// The states of a cluster that are told apart here. Source: Aurora User Guide, 'Viewing DB cluster status'.
const (
	Available = "available"
	Starting  = "starting"
	Stopping  = "stopping"
	Stopped   = "stopped"
)

// Cluster is an Aurora cluster as RDS has it.
type Cluster struct {
	Found  bool
	Status string
	// Complete is whether it has what a restore leaves out and a second apply sets: IAM authentication and Insights.
	Complete  bool
	Protected bool     // RDS refuses to delete it
	Members   []string // the identifiers of its instances
	Created   time.Time
}

// IsDown is whether the cluster is stopped, or on the way there or back: RDS changes none in these states.
func (c Cluster) IsDown() bool {
	return c.Status == Stopping || c.Status == Stopped || c.Status == Starting
}

// Cluster describes a cluster. One that does not exist is not found, and no error.
func (d Databases) Cluster(ctx context.Context, region environments.Region, name string) (Cluster, error) {
	answer, err := d.In(region).DescribeDBClusters(ctx, &rds.DescribeDBClustersInput{DBClusterIdentifier: &name})
	var missing *types.DBClusterNotFoundFault
	if errors.As(err, &missing) {
		return Cluster{}, nil
	}
	if err != nil {
		return Cluster{}, fmt.Errorf("describing cluster %s in %s: %w", name, region, err)
	}
	if len(answer.DBClusters) == 0 {
		return Cluster{}, nil
	}
	found := answer.DBClusters[0]
	cluster := Cluster{
		Found:     true,
		Status:    aws.ToString(found.Status),
		Complete:  aws.ToBool(found.IAMDatabaseAuthenticationEnabled) && aws.ToBool(found.PerformanceInsightsEnabled),
		Protected: aws.ToBool(found.DeletionProtection),
		Created:   aws.ToTime(found.ClusterCreateTime),
	}
	for _, member := range found.DBClusterMembers {
		cluster.Members = append(cluster.Members, aws.ToString(member.DBInstanceIdentifier))
	}
	return cluster, nil
}
