//go:build e2e

package e2e

import (
	"slices"
	"testing"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/emulator"
)

// completions are the fields that the proxy fills in for the emulator, each with the environments that need it, nil being all. A newer
// emulator that remembers one makes this fail, and the completion goes.
var completions = map[string]func(environments.Environment) bool{
	"DescribeTrails.CloudWatchLogsLogGroupArn":              hasTrail,
	"DescribeTrails.CloudWatchLogsRoleArn":                  hasTrail,
	"ListTags.TagsList":                                     hasTrail,
	"DescribeFlowLogs.deliverLogsPermissionArn":             hasFlowLogGroup,
	"DescribeFlowLogs.destinationOptions":                   hasFlowLogBucket,
	"DescribeFlowLogs.maxAggregationInterval":               hasFlowLogs,
	"DescribeFlowLogs.tagSet":                               hasFlowLogs,
	"DescribeVpcEndpoints.policyDocument":                   nil,
	"DescribeVpcEndpoints.privateDnsEnabled":                nil,
	"DescribeVpcEndpoints.groupSet":                         hasInterfaceEndpoints,
	"DescribeCluster.issuer":                                nil,
	"DescribeCluster.upgradePolicy":                         nil,
	"DescribeCluster.zonalShiftConfig":                      nil,
	"DescribeNodegroup.launchTemplate":                      nil,
	"DescribeNodegroup.updateConfig":                        nil,
	"DescribeNodegroup.nodeRepairConfig":                    nil,
	"DescribeLaunchTemplateVersions.kmsKeyId":               nil,
	"DescribeDBClusters.DatabaseInsightsMode":               nil,
	"DescribeDBClusters.EnabledCloudwatchLogsExports":       nil,
	"DescribeDBClusters.MonitoringInterval":                 nil,
	"DescribeDBClusters.MonitoringRoleArn":                  nil,
	"DescribeDBClusters.PerformanceInsightsEnabled":         nil,
	"DescribeDBClusters.PerformanceInsightsKMSKeyId":        nil,
	"DescribeDBClusters.PerformanceInsightsRetentionPeriod": nil,
	"DescribeDBInstances.PerformanceInsightsKMSKeyId":       nil,
	"DescribeDeliveryStream.CustomTimeZone":                 nil,
	"DescribeDeliveryStream.FileExtension":                  nil,
	"DescribeBackupVault.MinRetentionDays":                  hasVaultLock,
	"DescribeDBClusters.MasterUserSecret.KmsKeyId":          isRestored,
	"CreateSecret.AddReplicaRegions":                        hasReplicatedSecrets,
	"GetHealthCheck.ChildHealthChecks":                      failsOver,
	"GetHealthCheck.CloudWatchAlarmConfiguration":           failsOver,
	"Subscribe.ReturnSubscriptionArn":                       hasWebhooks,
	"DescribeAlarms.ActionsEnabled":                         nil,
	"DescribeAlarms.AlarmActions":                           nil,
	"DescribeAlarms.AlarmDescription":                       nil,
	"DescribeAlarms.Dimensions":                             nil,
	"DescribeAlarms.Metrics":                                nil,
	"DescribeAlarms.OKActions":                              nil,
	"DescribeAlarms.Period":                                 nil,
	"DescribeAlarms.Statistic":                              nil,
	"DescribeAlarms.TreatMissingData":                       nil,
	// Aurora's endpoints, where the emulator says localhost.
	"DescribeDBClusters.Endpoint":       nil,
	"DescribeDBClusters.ReaderEndpoint": nil,
	// ElastiCache's own parameters, left out where the user's are asked for.
	"DescribeCacheParameters.Source":                  nil,
	"DescribeCacheClusters.AutoMinorVersionUpgrade":   nil,
	"DescribeCacheClusters.SecurityGroups":            hasSingleCache,
	"DescribeCacheClusters.LogDeliveryConfigurations": hasSingleCache,
	"DescribeReplicationGroups.KmsKeyId":              hasReplicatedCache,
	"DescribeUsers.Authentication":                    hasReplicatedCache,
	"BatchGetProjects.cache":                          hasBuilds,
	"BatchGetProjects.concurrentBuildLimit":           hasBuilds,
	"BatchGetProjects.logsConfig":                     hasBuilds,
	"BatchGetProjects.queuedTimeoutInMinutes":         hasBuilds,
	"BatchGetProjects.vpcConfig":                      hasBuilds,
	"GetWebACL.AssociationConfig":                     inspectsMore,
	// What CloudFront leaves out where nobody asked for it, and the emulator gives back empty.
	"GetResponseHeadersPolicy.without.RemoveHeadersConfig": hasDistribution,
	"GetResponseHeadersPolicy.without.CustomHeadersConfig": hasDistribution,
}

func hasDistribution(e environments.Environment) bool { return e.Edge.Enabled }

func hasFlowLogs(e environments.Environment) bool {
	return e.Network.FlowLogs != environments.LogsNowhere
}

func hasFlowLogGroup(e environments.Environment) bool {
	return e.Network.FlowLogs == environments.LogsToCloudWatch
}

func hasFlowLogBucket(e environments.Environment) bool {
	return e.Network.FlowLogs == environments.LogsToS3
}

// inspectsMore is whether a web ACL sees more of a body than WAF's default.
func inspectsMore(e environments.Environment) bool {
	return e.Edge.Enabled && e.Edge.WAF.InspectedKiB > 16
}

func hasBuilds(e environments.Environment) bool { return e.Delivers() || e.HasDeployer() }

func hasTrail(e environments.Environment) bool {
	return e.Account.Makes(environments.ServiceCloudTrail)
}

func failsOver(e environments.Environment) bool { return e.DR.Role != environments.DRNone }

func hasWebhooks(e environments.Environment) bool { return len(e.Observability.Webhooks) > 0 }

func hasReplicatedSecrets(e environments.Environment) bool { return e.SecondRegion != "" }

func isRestored(e environments.Environment) bool { return e.Database.RestoredFrom != "" }

func hasVaultLock(e environments.Environment) bool {
	return e.Backup.VaultLock != environments.VaultLockNone
}

func hasSingleCache(e environments.Environment) bool { return e.Cache.Mode == environments.CacheSingle }

func hasReplicatedCache(e environments.Environment) bool {
	return e.Cache.Mode == environments.CacheReplicated
}

func hasInterfaceEndpoints(e environments.Environment) bool { return len(e.Network.Endpoints) > 0 }

func everyCompletionIsNeeded(t *testing.T, running *emulator.Emulator, world []environments.Environment) {
	t.Helper()
	used := map[string]bool{}
	for _, call := range running.Calls() {
		for _, field := range call.Completed {
			used[field] = true
		}
	}
	for field, needs := range completions {
		if needed := needs == nil || slices.ContainsFunc(world, needs); needed && !used[field] {
			t.Errorf("the emulator remembers %s: take the completion out of internal/emulator and of this list", field)
		}
	}
	for field := range used {
		if _, listed := completions[field]; !listed {
			t.Errorf("the proxy filled in %s, which is not listed", field)
		}
	}
}
