package database

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/rds"

	"github.com/titan-platform/titan/environments"
)

// Start starts a cluster that is stopped and waits until it and its instances are available: before that RDS refuses
// to change or delete it (hashicorp/terraform-provider-aws#28262). One that is starting already is waited for alone.
func (d Databases) Start(ctx context.Context, region environments.Region, name string) error {
	asked := false
	return d.Wait.Until(ctx, "cluster "+name+" to be available", func(ctx context.Context) (bool, string, error) {
		cluster, err := d.Cluster(ctx, region, name)
		switch {
		case err != nil:
			return false, "", err
		case !cluster.Found:
			return false, "", fmt.Errorf("there is no cluster %s in %s", name, region)
		case cluster.Status == Stopped && !asked:
			asked = true
			if _, err := d.In(region).StartDBCluster(ctx, &rds.StartDBClusterInput{DBClusterIdentifier: &name}); err != nil {
				return false, "", fmt.Errorf("starting cluster %s: %w", name, err)
			}
			return false, Stopped, nil
		case cluster.Status != Available:
			return false, cluster.Status, nil
		}
		return d.instancesAvailable(ctx, region, cluster.Members)
	})
}

func (d Databases) instancesAvailable(
	ctx context.Context, region environments.Region, names []string,
) (all bool, state string, err error) {
	for _, name := range names {
		status, err := d.instanceStatus(ctx, region, name)
		if err != nil {
			return false, "", err
		}
		if status != Available {
			return false, fmt.Sprintf("available, with instance %s %s", name, status), nil
		}
	}
	return true, Available, nil
}

// Stop has a cluster stopped, which takes some minutes that nobody waits for. RDS starts it again after seven days
// (Aurora User Guide, 'Stopping and starting an Amazon Aurora DB cluster').
func (d Databases) Stop(ctx context.Context, region environments.Region, name string) error {
	if _, err := d.In(region).StopDBCluster(ctx, &rds.StopDBClusterInput{DBClusterIdentifier: &name}); err != nil {
		return fmt.Errorf("stopping cluster %s in %s: %w", name, region, err)
	}
	return nil
}
