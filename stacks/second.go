package stacks

import (
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/backup"
	"github.com/titan-platform/titan/modules/delivery"
	"github.com/titan-platform/titan/modules/delivery/pipeline"
	"github.com/titan-platform/titan/modules/delivery/role"
	"github.com/titan-platform/titan/modules/edge"
	"github.com/titan-platform/titan/modules/encryption"
	"github.com/titan-platform/titan/stacks/order"
)

// newSecond declares the stack of the second region: what copies and replicas go to. All of it is asked for by the
// environment's stack, which names it and never asks it.
func newSecond(stack cdktf.TerraformStack, s order.Stack, environment environments.Environment) {
	base := environment.Base(s.Region)
	there := secondTarget(environment)

	keys := encryption.NewSecond(stack, "encryption", there)
	backup.NewSecond(stack, "backup", backup.SecondConfig{
		Target:      there,
		Settings:    environment.Backup,
		VaultKeyARN: keys.Backups.ARN,
		Logs: backup.Bucket{
			Name:       environment.SecondBucket("logs"),
			KeyARN:     keys.Data.ARN,
			AccessLogs: base.AccessLogBucket(),
		},
		Backups: backup.Bucket{
			Name:       environment.SecondBucket("backups"),
			KeyARN:     keys.Backups.ARN,
			AccessLogs: base.AccessLogBucket(),
		},
	})
	if replica := staticReplica(environment); replica != nil {
		edge.NewStaticReplica(stack, "static", there, *replica)
	}
	if environment.DR.Role != environments.DRSecondary { // whose images come from its primary
		newSecondRegistry(stack, environment, keys)
	}
}

// newSecondRegistry declares where the application's images and artifacts go in the second region.
func newSecondRegistry(stack cdktf.TerraformStack, environment environments.Environment, keys encryption.Second) {
	application := applicationScope(stack, environment)
	delivery.NewRegistry(application, "registry", delivery.RegistryConfig{
		Target: secondTarget(environment),
		Image:  environment.ImageRepository(),
		Chart:  environment.ChartRepository(),
		KeyARN: keys.Data.ARN,
	})
	if environment.Peers.Secondary != nil && environment.Delivers() {
		store := role.Store{
			Bucket: environment.SecondBucket("artifacts"),
			Region: string(environment.SecondRegion),
			KeyARN: keys.Data.ARN,
		}
		pipeline.NewArtifacts(application, "artifacts", store, environment.Base(environment.SecondRegion).AccessLogBucket(),
			environment.Protected())
	}
}

// staticReplica is the replica of the bucket of static assets, nil where there is none: without a second region, and
// where that is us-east-1, which has the bucket itself.
func staticReplica(environment environments.Environment) *edge.Static {
	if !environment.Edge.Enabled || environment.SecondRegion == "" ||
		environment.SecondRegion == environments.GlobalRegion {
		return nil
	}
	return &edge.Static{
		BucketName: environment.SecondBucket("static"),
		Region:     string(environment.SecondRegion),
		AccessLogs: environment.Base(environment.SecondRegion).AccessLogBucket(),
	}
}
