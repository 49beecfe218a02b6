package stacks

import (
	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/bucket"
	"github.com/titan-platform/titan/modules/observability"
	"github.com/titan-platform/titan/modules/tracing"
)

// operations is what tells of the environment.
type operations struct{ topicARN string }

// operations declares alarms, dashboard and tracing.
func (e *environment) operations(f foundations, d data, path requestPath) operations {
	told := observability.New(e.stack, "observability", observability.Config{
		Target:   e.here,
		Settings: e.Observability,
		KeyARN:   f.keys.Operations.ARN,
		LoadBalancer: observability.LoadBalancer{
			ARNSuffix: path.loadBalancer.ARNSuffix, TargetGroupSuffix: path.loadBalancer.TargetGroupSuffix,
		},
		Cluster: observability.Cluster{
			Name:                 f.cluster.Name,
			MaxNodes:             e.Cluster.MaxNodes(len(e.Network.AvailabilityZones)),
			LogGroup:             f.cluster.LogGroupName,
			ApplicationLogGroup:  f.cluster.ApplicationLogGroupName,
			ApplicationNamespace: e.Application.Namespace,
		},
		Database: observability.Database{
			Identifier: d.database.Identifier,
			LogGroup:   d.database.LogGroupNames[0],
			Readers:    e.Database.MaxReaders > 0,
			Pauses:     d.database.Pauses,
		},
		Cache: observability.Cache{
			ClusterIDs: d.cache.ClusterIDs,
			Replicated: e.Cache.Mode == environments.CacheReplicated,
		},
		Backups:                e.watchedBackups(d),
		RegionalCertificateARN: path.certificateARN,
		NATGatewayIDs:          f.network.NATGatewayIDs,
		RetainedBuckets:        []string{e.Bucket("logs"), e.Bucket("backups")},
		Pipelines:              e.pipelines(),
		GlobalAlarms: observability.GlobalAlarms(
			e.GlobalPrefix(), e.Edge.Enabled, e.DR.Role != environments.DRNone, staticReplica(e.Environment) != nil,
			e.DNS.DNSSEC),
	})
	traces := tracing.New(e.stack, "tracing", tracing.Config{
		Target:      e.here,
		GroupName:   e.TraceGroupName(),
		ServiceName: e.Application.ServiceName(),
		RoleName:    e.CollectorRoleName(),
		PolicyName:  e.CollectorPolicyName(),
		Settings:    e.Tracing,
		ProviderARN: f.cluster.ProviderARN,
		Issuer:      f.cluster.Issuer,
		TopicARN:    told.TopicARN,
		ClusterName: e.ClusterName(),
		LogKeyARN:   f.keys.Logs.ARN,
	})

	e.output("operations_topic_arn", "where alarms and other news of trouble go", told.TopicARN)
	e.output("dashboard_name", "the CloudWatch dashboard to open first", told.DashboardName)
	e.output("tracing_role_arn", "the role of the OpenTelemetry collector's service account", traces.RoleARN)
	return operations{topicARN: told.TopicARN}
}

// watchedBackups is what is watched of backups and replicas.
func (e *environment) watchedBackups(d data) observability.Backups {
	watched := observability.Backups{
		VaultName:       d.backup.VaultName,
		Made:            !e.Standby(),
		RestorePlanARNs: d.backup.RestorePlanARNs,
	}
	if second := e.secondBackups(); second != nil {
		there := secondTarget(e.Environment)
		watched.Copies = &observability.Vault{
			Name: second.VaultName,
			ARN:  there.ARN("backup", "backup-vault:"+second.VaultName),
		}
		rule := bucket.RuleID(second.Region)
		watched.Replications = append(watched.Replications,
			observability.Replication{ID: "logs", Source: e.Bucket("logs"), Destination: second.Logs, RuleID: rule},
			observability.Replication{ID: "backups", Source: e.Bucket("backups"), Destination: second.Backups, RuleID: rule},
			observability.Replication{
				ID:          "state",
				Source:      e.Base(e.Region).StateBucket(),
				Destination: e.Base(e.SecondRegion).StateReplicaBucket(),
				RuleID:      rule,
			},
		)
	}
	if primary := e.Peers.Primary; primary != nil && !primary.Standby() {
		watched.PrimaryCopies = e.primaryVault()
	}
	return watched
}
