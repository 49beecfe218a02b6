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
)

// Snapshot is a cluster snapshot as RDS has it.
type Snapshot struct {
	Found   bool
	ARN     string
	Cluster string // the identifier of the cluster that it was taken of, of a copy too
	Status  string
	Created time.Time // of a copy, when it was copied
}

// Snapshot describes a snapshot by its name or ARN. One that does not exist is not found, and no error.
func (d Databases) Snapshot(ctx context.Context, region environments.Region, id string) (Snapshot, error) {
	answer, err := d.In(region).DescribeDBClusterSnapshots(ctx, &rds.DescribeDBClusterSnapshotsInput{
		DBClusterSnapshotIdentifier: &id,
	})
	var missing *types.DBClusterSnapshotNotFoundFault
	switch {
	case errors.As(err, &missing):
		return Snapshot{}, nil
	case err != nil:
		return Snapshot{}, fmt.Errorf("describing snapshot %s in %s: %w", id, region, err)
	case len(answer.DBClusterSnapshots) == 0:
		return Snapshot{}, nil
	}
	found := answer.DBClusterSnapshots[0]
	return Snapshot{
		Found:   true,
		ARN:     aws.ToString(found.DBClusterSnapshotArn),
		Cluster: aws.ToString(found.DBClusterIdentifier),
		Status:  aws.ToString(found.Status),
		Created: aws.ToTime(found.SnapshotCreateTime),
	}, nil
}
