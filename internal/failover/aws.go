package failover

import (
	"context"
	"time"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/awsops/database"
	"github.com/titan-platform/titan/internal/awsops/delivery"
	"github.com/titan-platform/titan/internal/awsops/recoverypoints"
	"github.com/titan-platform/titan/internal/awsops/secrets"
	"github.com/titan-platform/titan/internal/awsops/serving"
)

// AWS is what the steps ask of an account, and change in it.
type AWS struct {
	Regions        Regions
	RecoveryPoints RecoveryPoints
	Databases      Databases
	Secrets        Secrets
	Serving        Serving
	Delivery       Delivery
}

// Regions knows which regions answer.
type Regions interface {
	Answers(ctx context.Context, region environments.Region) (bool, error)
	Lose(region environments.Region)
}

// RecoveryPoints are what a cluster can be restored from.
type RecoveryPoints interface {
	Completed(
		ctx context.Context, region environments.Region, vault, clusterARN string,
	) ([]recoverypoints.RecoveryPoint, error)
}

// Databases are the Aurora clusters and their snapshots.
type Databases interface {
	Cluster(ctx context.Context, region environments.Region, name string) (database.Cluster, error)
	Snapshot(ctx context.Context, region environments.Region, id string) (database.Snapshot, error)
	Start(ctx context.Context, region environments.Region, name string) error
	Stop(ctx context.Context, region environments.Region, name string) error
	RemoveAutoscaledReaders(ctx context.Context, region environments.Region, name string) (removed []string, err error)
}

// Secrets are the replicated secrets.
type Secrets interface {
	IsReplica(ctx context.Context, name string, region environments.Region) (bool, error)
	Promote(ctx context.Context, name string, region environments.Region) error
	IsHome(ctx context.Context, name string, home, promoted environments.Region) (bool, error)
	CarryHome(ctx context.Context, name string, home, promoted environments.Region) error
	Replica(ctx context.Context, name string, home, region environments.Region) (secrets.Replica, error)
	Replicate(ctx context.Context, name string, home environments.Region, replica environments.SecretReplica) error
}

// Serving is who serves.
type Serving interface {
	Named(ctx context.Context, publicName string) (environment string, rolledOut bool, err error)
	CanBeHealthy(ctx context.Context, dns environments.DNS, role environments.DRRole) (bool, error)
}

// Delivery is the image that runs, and what deploys it and the platform.
type Delivery interface {
	Running(ctx context.Context, region environments.Region, parameter string) (digest string, err error)
	Has(ctx context.Context, region environments.Region, repository, digest string) (bool, error)
	NewestRelease(ctx context.Context, region environments.Region, repository string) (digest string, err error)
	Deploy(ctx context.Context, region environments.Region, project, digest string) error
	RunPipeline(ctx context.Context, region environments.Region, pipeline string) error
}

// Waits are how long the steps wait, and how often they ask meanwhile.
type Waits struct{ Database, Replicas, Builds awsops.Wait }

// DefaultWaits are for AWS, where a cluster takes ten minutes to stop or start, and a deployment an hour at most.
var DefaultWaits = Waits{
	Database: awsops.Wait{Every: 15 * time.Second, Most: 45 * time.Minute},
	Replicas: awsops.Wait{Every: 5 * time.Second, Most: 10 * time.Minute},
	Builds:   awsops.Wait{Every: 10 * time.Second, Most: 75 * time.Minute},
}

// On is an account, by its clients.
func On(account *awsops.Account, waits Waits) AWS {
	return AWS{
		Regions:        account,
		RecoveryPoints: recoverypoints.Of(account),
		Databases:      database.Of(account, waits.Database),
		Secrets:        secrets.Of(account, waits.Replicas),
		Serving:        serving.Of(account),
		Delivery:       delivery.Of(account, waits.Builds),
	}
}
