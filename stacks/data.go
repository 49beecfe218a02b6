package stacks

import (
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/backup"
	"github.com/titan-platform/titan/modules/cache"
	"github.com/titan-platform/titan/modules/database"
	"github.com/titan-platform/titan/modules/encryption"
)

// data is what an environment keeps.
type data struct {
	database database.Output
	cache    cache.Output
	backup   backup.Output
}

// data declares database, cache, and what outlives them.
func (e *environment) data(f foundations) data {
	database := database.New(e.stack, "database", database.Config{
		Target:              e.here,
		Identifier:          e.DatabaseName(),
		Settings:            e.Database,
		Standby:             e.Standby(),
		AdvancedInsights:    e.IsProduction(),
		Sources:             e.snapshotCopies(f.keys),
		VPCID:               f.network.VPCID,
		Zones:               e.Network.AvailabilityZones,
		SubnetIDs:           f.network.Data.IDs(),
		NodeSecurityGroupID: f.cluster.NodeSecurityGroupID,
		CallerBlocks:        e.Network.BlocksTo(environments.AccessDatabase),
		DataKeyARN:          f.keys.Data.ARN,
		SecretsKeyARN:       f.keys.Secrets.ARN,
		LogKeyARN:           f.keys.Logs.ARN,
	})
	cache := cache.New(e.stack, "cache", cache.Config{
		Target:              e.here,
		CacheName:           e.CacheName(),
		UserName:            e.CacheUserName(),
		Settings:            e.Cache,
		VPCID:               f.network.VPCID,
		Zones:               e.Network.AvailabilityZones,
		SubnetIDs:           f.network.Data.IDs(),
		NodeSecurityGroupID: f.cluster.NodeSecurityGroupID,
		DataKeyARN:          f.keys.Data.ARN,
		LogKeyARN:           f.keys.Logs.ARN,
	})
	accessLogs := e.Base(e.Region).AccessLogBucket()
	backup := backup.New(e.stack, "backup", backup.Config{
		Target:              e.here,
		Settings:            e.Backup,
		Standby:             e.Standby(),
		Logs:                backup.Bucket{Name: e.Bucket("logs"), KeyARN: f.keys.Logs.ARN, AccessLogs: accessLogs},
		Backups:             backup.Bucket{Name: e.Bucket("backups"), KeyARN: f.keys.Backups.ARN, AccessLogs: accessLogs},
		Second:              e.secondBackups(),
		PrimaryVault:        e.primaryVault(),
		StateBuckets:        e.stateBuckets(),
		ApplicationLogGroup: f.cluster.ApplicationLogGroupName,
		Database: backup.Database{
			Identifier:      database.Identifier,
			ARN:             database.ARN,
			Name:            e.DatabaseName(),
			SubnetGroupName: database.SubnetGroupName,
			Ready:           database.Ready,
			Snapshots:       e.Database.Snapshots,
		},
	})

	e.output("database_endpoint", "Aurora's writer", database.Endpoint)
	e.output("database_reader_endpoint", "its readers", database.ReaderEndpoint)
	e.output("database_secret_arn", "the master's login; RDS rotates it", database.MasterSecretARN)
	e.output("cache_endpoint", "the cache's primary, or its only node", cache.Endpoint)
	e.output("cache_tls", "whether the cache takes TLS and a login by IAM, and nothing else", cache.TLS)
	return data{database, cache, backup}
}

// snapshotCopies declares copies of the snapshots that the other one of a pair takes: the secondary is first made of
// one, and its primary made anew of one on the way back.
func (e *environment) snapshotCopies(keys encryption.Output) []cdktf.ITerraformDependable {
	names, from := e.CopiedSnapshots()
	if from == nil {
		return nil
	}
	return backup.NewSnapshotCopies(e.stack, "snapshot-copies", backup.SnapshotCopies{
		Target:       e.here,
		SourceRegion: string(from.Region),
		Names:        names,
		KeyARN:       keys.Backups.ARN,
	})
}

// secondBackups is what the stack of the second region makes for backups, nil without one.
func (e *environment) secondBackups() *backup.Second {
	if e.SecondRegion == "" {
		return nil
	}
	return &backup.Second{
		Region:          string(e.SecondRegion),
		VaultName:       e.CopyVault(),
		Logs:            e.SecondBucket("logs"),
		Backups:         e.SecondBucket("backups"),
		DataKeyAlias:    environments.KeyAlias(e.SecondPrefix(), "data"),
		BackupsKeyAlias: environments.KeyAlias(e.SecondPrefix(), "backups"),
	}
}

// primaryVault is the vault of a secondary's primary's copies, which is in the secondary's region.
func (e *environment) primaryVault() string {
	if e.Peers.Primary == nil {
		return ""
	}
	return e.Peers.Primary.CopyVault()
}

// stateBuckets are the buckets of the account that hold state, or copies of it.
func (e *environment) stateBuckets() []string {
	var names []string
	for _, base := range e.Bases {
		names = append(names, base.StateBucket(), base.StateReplicaBucket())
	}
	return names
}
