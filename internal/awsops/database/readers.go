package database

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"

	"github.com/titan-platform/titan/environments"
)

// autoscaled begins the identifiers of the readers that Application Auto Scaling makes (Aurora User Guide, 'Amazon
// Aurora Auto Scaling with Aurora Replicas').
const autoscaled = "application-autoscaling-"

// gone is the status of an instance that does not exist.
const gone = "deleted"

// RemoveAutoscaledReaders deletes the readers of a cluster that Terraform knows nothing of, and waits until they are
// gone: with them RDS does not delete the cluster (hashicorp/terraform-provider-aws#19536). It returns their names.
func (d Databases) RemoveAutoscaledReaders(
	ctx context.Context, region environments.Region, name string,
) (removed []string, err error) {
	cluster, err := d.Cluster(ctx, region, name)
	if err != nil {
		return nil, err
	}
	removed = slices.DeleteFunc(cluster.Members, func(id string) bool { return !strings.HasPrefix(id, autoscaled) })
	for _, id := range removed {
		_, err := d.In(region).DeleteDBInstance(ctx, &rds.DeleteDBInstanceInput{DBInstanceIdentifier: &id})
		var deleting *types.InvalidDBInstanceStateFault // it is on its way
		if err != nil && !errors.As(err, &deleting) {
			return nil, fmt.Errorf("deleting reader %s: %w", id, err)
		}
	}
	for _, id := range removed {
		err := d.Wait.Until(ctx, "reader "+id+" to be deleted", func(ctx context.Context) (bool, string, error) {
			status, err := d.instanceStatus(ctx, region, id)
			return status == gone, status, err
		})
		if err != nil {
			return nil, err
		}
	}
	return removed, nil
}

func (d Databases) instanceStatus(ctx context.Context, region environments.Region, id string) (string, error) {
	answer, err := d.In(region).DescribeDBInstances(ctx, &rds.DescribeDBInstancesInput{DBInstanceIdentifier: &id})
	var missing *types.DBInstanceNotFoundFault
	switch {
	case errors.As(err, &missing):
		return gone, nil
	case err != nil:
		return "", fmt.Errorf("describing instance %s in %s: %w", id, region, err)
	case len(answer.DBInstances) == 0:
		return gone, nil
	}
	return aws.ToString(answer.DBInstances[0].DBInstanceStatus), nil
}
