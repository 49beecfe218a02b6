package wire

import (
	"github.com/titan-platform/titan/internal/wire/protocol"
)

// bucketPlants break what S3 and AWS Backup take.
func bucketPlants() []plant {
	lifecycle := func(rules string) *protocol.Request {
		return rest("s3", "PUT", "/bucket?lifecycle", `<LifecycleConfiguration>`+rules+`</LifecycleConfiguration>`)
	}
	rule := func(content string) string { return `<Rule><ID>a</ID><Status>Enabled</Status>` + content + `</Rule>` }
	everything, tagged := `<Filter><Prefix></Prefix></Filter>`, `<Filter><Tag><Key>a</Key><Value>b</Value></Tag></Filter>`
	replication := func(content string) *protocol.Request {
		return rest("s3", "PUT", "/bucket?replication",
			`<ReplicationConfiguration><Role>arn:aws:iam::111111111111:role/r</Role><Rule><ID>a</ID>
			<Status>Enabled</Status>`+content+`</Rule></ReplicationConfiguration>`)
	}
	destination := `<Destination><Bucket>arn:aws:s3:::c</Bucket></Destination>`
	backup := func(rule string) *protocol.Request {
		return rest("backup", "PUT", "/backup/plans",
			`{"BackupPlan":{"BackupPlanName":"p","Rules":[{"RuleName":"r","TargetBackupVaultName":"vault",`+rule+`}]}}`)
	}
	return []plant{
		planted("documented: lifecycles of buckets", "30 days", lifecycle(rule(everything+
			`<Transition><Days>7</Days><StorageClass>STANDARD_IA</StorageClass></Transition>`))),
		planted("documented: lifecycles of buckets", "after the last transition", lifecycle(rule(everything+
			`<Transition><Days>90</Days><StorageClass>GLACIER</StorageClass></Transition>
			<Expiration><Days>90</Days></Expiration>`))),
		planted("documented: lifecycles of buckets", "no other rule has", lifecycle(rule(everything)+rule(everything))),
		planted("documented: lifecycles of buckets", "without a filter", lifecycle(rule(tagged+
			`<AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload>`))),
		planted("documented: lifecycles of buckets", "alone", lifecycle(rule(tagged+
			`<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>`))),
		planted("documented: replication of buckets", "Priority", replication(everything+destination)),
		planted("documented: replication of buckets", "a filter of tags", replication(`<Priority>1</Priority>`+tagged+
			`<DeleteMarkerReplication><Status>Enabled</Status></DeleteMarkerReplication>`+destination)),
		planted("documented: replication of buckets", "SseKmsEncryptedObjects",
			replication(`<Destination><Bucket>arn:aws:s3:::c</Bucket>
			<EncryptionConfiguration><ReplicaKmsKeyID>alias/a</ReplicaKmsKeyID></EncryptionConfiguration></Destination>`)),

		planted("documented: backup plans", "60 minutes", backup(`"StartWindowMinutes":30`)),
		planted("documented: backup plans", "90 days",
			backup(`"Lifecycle":{"MoveToColdStorageAfterDays":30,"DeleteAfterDays":60}`)),
		planted("documented: backup plans", "1 to 35 days",
			backup(`"EnableContinuousBackup":true,"Lifecycle":{"DeleteAfterDays":36}`)),
	}
}

// databasePlants break what RDS and ElastiCache take.
func databasePlants() []plant {
	cluster := func(parameters ...string) *protocol.Request {
		return form("rds", "CreateDBCluster", append([]string{"DBClusterIdentifier=a", "Engine=aurora-postgresql"},
			parameters...)...)
	}
	group := func(parameters ...string) *protocol.Request {
		return form("elasticache", "CreateReplicationGroup", append([]string{"ReplicationGroupId=a",
			"ReplicationGroupDescription=d"}, parameters...)...)
	}
	return []plant{
		planted("documented: database windows", "outside", cluster("PreferredBackupWindow=04:30-05:30",
			"PreferredMaintenanceWindow=sun:04:00-sun:05:00")),
		planted("documented: database windows", "at least 30", cluster("PreferredBackupWindow=01:00-01:10",
			"PreferredMaintenanceWindow=sun:04:00-sun:05:00")),
		planted("documented: database windows", "of no day", cluster("PreferredBackupWindow=24:30-25:30",
			"PreferredMaintenanceWindow=sun:04:00-sun:05:00")),
		planted("documented: databases", "1 to 35 days", cluster("BackupRetentionPeriod=36")),
		planted("documented: databases", "0.5", cluster("ServerlessV2ScalingConfiguration.MinCapacity=0.7",
			"ServerlessV2ScalingConfiguration.MaxCapacity=2")),
		planted("documented: databases", "a role with an interval", cluster("MonitoringInterval=60")),
		planted("documented: database insights", "multiple of 31", cluster("PerformanceInsightsRetentionPeriod=94")),
		planted("documented: database insights", "465", cluster("DatabaseInsightsMode=advanced",
			"PerformanceInsightsRetentionPeriod=7")),
		planted("documented: master passwords", "(sensitive)", cluster("MasterUserPassword=p@ssword")),
		planted("documented: database parameters", "20 database parameters", form("rds", "ModifyDBClusterParameterGroup",
			append(
				[]string{"DBClusterParameterGroupName=g"}, numbered(21, "Parameters.Parameter.%d.ParameterName=p%d")...)...)),
		planted("documented: cache windows", "outside", group("SnapshotWindow=04:30-05:30",
			"PreferredMaintenanceWindow=sun:04:00-sun:05:00")),
		planted("documented: replication groups", "two nodes", group("AutomaticFailoverEnabled=true", "NumCacheClusters=1")),
		planted("documented: replication groups", "in transit", group("UserGroupIds.member.1=g")),
		planted("documented: cache users", "the same as UserId", form("elasticache", "CreateUser", "UserId=a", "UserName=b",
			"Engine=redis",
			"AccessString=on", "AuthenticationMode.Type=iam")),
		planted("documented: cache users", "16 to 128", form("elasticache", "CreateUser", "UserId=a", "UserName=a",
			"Engine=redis", "AccessString=on",
			"Passwords.member.1=short")),
	}
}
