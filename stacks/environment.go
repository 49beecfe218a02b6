package stacks

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/backup"
	"github.com/titan-platform/titan/modules/cache"
	"github.com/titan-platform/titan/modules/cluster"
	"github.com/titan-platform/titan/modules/database"
	"github.com/titan-platform/titan/modules/dns"
	"github.com/titan-platform/titan/modules/edge"
	"github.com/titan-platform/titan/modules/encryption"
	"github.com/titan-platform/titan/modules/loadbalancer"
	"github.com/titan-platform/titan/modules/network"
	"github.com/titan-platform/titan/modules/observability"
	"github.com/titan-platform/titan/modules/tracing"
)

// NewEnvironment declares the stack of everything that an environment has in AWS. While its zone is not delegated, that is the zone alone.
func NewEnvironment(scope constructs.Construct, environment environments.Environment) cdktf.TerraformStack {
	stack := cdktf.NewTerraformStack(scope, jsii.String(environment.Name))
	newBackend(stack, environment)
	newRegionProvider(stack, environment)
	second := newSecondProvider(stack, environment)
	global := newGlobalProvider(stack, environment)

	if !environment.DNS.Delegated {
		awaitDelegation(stack, environment)
		protect(stack, environment)
		return stack
	}
	names := dns.New(stack, "dns", dns.Config{
		Settings:               environment.DNS,
		MakesValidationRecords: environment.DR.Role != environments.DRSecondary,
		ForceDestroy:           !environment.Protected(),
		Edge:                   environment.Edge.Enabled,
		GlobalProvider:         global,
	})

	keys := encryption.New(stack, "encryption", encryption.Config{
		Name:                 environment.Prefix(),
		Environment:          environment.Name,
		Partition:            partition,
		AccountID:            environment.Account.ID,
		Region:               string(environment.Region),
		DeletionDays:         keyDeletionDays(environment),
		SecondRegion:         string(environment.SecondRegion),
		SecondRegionProvider: second,
		GlobalProvider:       global,
	})

	network := network.New(stack, "network", network.Config{
		Name:      environment.Prefix(),
		Partition: partition,
		AccountID: environment.Account.ID,
		Region:    string(environment.Region),
		Settings:  environment.Network,
		LogKeyARN: keys.Logs.ARN,
	})

	cluster := cluster.New(stack, "cluster", cluster.Config{
		Name:                    environment.Prefix(),
		ClusterName:             environment.ClusterName(),
		Partition:               partition,
		AccountID:               environment.Account.ID,
		Region:                  string(environment.Region),
		Settings:                environment.Cluster,
		LogDays:                 int(environment.Observability.LogDays),
		Tags:                    tags(stack, environment),
		VPCID:                   network.VPCID,
		Zones:                   environment.Network.AvailabilityZones,
		SubnetIDs:               network.Private.IDs(),
		Egress:                  network.PrivateEgress,
		EndpointSecurityGroupID: network.EndpointSecurityGroupID,
		SecretsKeyARN:           keys.Secrets.ARN,
		DataKeyARN:              keys.Data.ARN,
		LogKeyARN:               keys.Logs.ARN,
		Deployer:                environment.Account.Role,
		AccountOwner:            environment.Account.Owner,
		SecondRegionProvider:    second,
	})

	database := database.New(stack, "database", database.Config{
		Name:                environment.Prefix(),
		Identifier:          environment.DatabaseName(),
		Partition:           partition,
		AccountID:           environment.Account.ID,
		Region:              string(environment.Region),
		Settings:            environment.Database,
		Protected:           environment.Protected(),
		Standby:             environment.Standby(),
		AdvancedInsights:    environment.IsProduction(),
		LogDays:             int(environment.Observability.LogDays),
		VPCID:               network.VPCID,
		Zones:               environment.Network.AvailabilityZones,
		SubnetIDs:           network.Data.IDs(),
		NodeSecurityGroupID: cluster.NodeSecurityGroupID,
		DataKeyARN:          keys.Data.ARN,
		SecretsKeyARN:       keys.Secrets.ARN,
		LogKeyARN:           keys.Logs.ARN,
	})
	cache := cache.New(stack, "cache", cache.Config{
		Name:                environment.Prefix(),
		CacheName:           environment.CacheName(),
		UserName:            environment.CacheUserName(),
		Settings:            environment.Cache,
		Protected:           environment.Protected(),
		LogDays:             int(environment.Observability.LogDays),
		VPCID:               network.VPCID,
		Zones:               environment.Network.AvailabilityZones,
		SubnetIDs:           network.Data.IDs(),
		NodeSecurityGroupID: cluster.NodeSecurityGroupID,
		DataKeyARN:          keys.Data.ARN,
		LogKeyARN:           keys.Logs.ARN,
	})

	backup.New(stack, "backup", backup.Config{
		Name:                 environment.Prefix(),
		Environment:          environment.Name,
		Partition:            partition,
		AccountID:            environment.Account.ID,
		Region:               string(environment.Region),
		SecondRegion:         string(environment.SecondRegion),
		SecondRegionProvider: second,
		Settings:             environment.Backup,
		Protected:            environment.Protected(),
		AccountOwner:         environment.Account.Owner,
		Logs:                 keptBucket(environment, "logs", keys.Logs),
		LogsReplica:          keptReplica(environment, "logs", keys.SecondData),
		Backups:              keptBucket(environment, "backups", keys.Backups),
		BackupsReplica:       keptReplica(environment, "backups", keys.SecondBackups),
		ApplicationLogGroup:  cluster.ApplicationLogGroupName,
		Database: backup.Database{
			Identifier:      database.Identifier,
			ARN:             database.ARN,
			Name:            environment.DatabaseName(),
			SubnetGroupName: database.SubnetGroupName,
			Ready:           database.Ready,
			Snapshots:       environment.Database.Snapshots,
		},
	})

	header := newSecrets(stack, environment, keys, database)
	loadBalancer := loadbalancer.New(stack, "loadbalancer", loadbalancer.Config{
		Name:                environment.Prefix(),
		ALBName:             environment.LoadBalancerName(),
		Project:             environment.Project,
		LogBucket:           environment.AccessLogBucket(environment.Region),
		Settings:            environment.LoadBalancer,
		Protected:           environment.Protected(),
		VPCID:               network.VPCID,
		SubnetIDs:           network.Public.IDs(),
		NodeSecurityGroupID: cluster.NodeSecurityGroupID,
		CertificateARN:      names.RegionalCertificateARN,
		Header:              loadbalancer.Header{Name: header.Name, Values: header.All()},
	})
	origin := dns.NewOrigin(stack, "origin", dns.OriginConfig{
		Name:     environment.Prefix(),
		Settings: environment.DNS,
		Role:     environment.DR.Role,
		Standby:  environment.Standby(),
		ZoneID:   names.ZoneID,
		Region:   string(environment.Region),
		LoadBalancer: dns.LoadBalancer{
			DNSName:           loadBalancer.DNSName,
			ZoneID:            loadBalancer.ZoneID,
			ARNSuffix:         loadBalancer.ARNSuffix,
			TargetGroupSuffix: loadBalancer.TargetGroupSuffix,
		},
	})

	var distribution *observability.Edge
	if environment.Edge.Enabled {
		edge := edge.New(stack, "edge", edge.Config{
			Name:           environment.Prefix(),
			Partition:      partition,
			GlobalProvider: global,
			Settings:       environment.Edge,
			PublicName:     environment.DNS.Name,
			OriginName:     environment.DNS.Origin(),
			Header:         edge.Header{Name: header.Name, Value: header.Values[environment.LoadBalancer.OriginSecret]},
			CertificateARN: names.EdgeCertificateARN,
			ZoneARN:        names.ZoneARN,
			LogDays:        int(environment.Observability.LogDays),
			LogKeyARN:      keys.GlobalLogs.ARN,
			Static:         staticBucket(environment),
			Replica:        staticReplica(environment, second),
			Protected:      environment.Protected(),
		})
		dns.NewPublicName(stack, "public-name", dns.PublicNameConfig{
			Name:               environment.DNS.Name,
			ZoneID:             names.ZoneID,
			DistributionName:   edge.DistributionName,
			DistributionZoneID: edge.DistributionZoneID,
		})
		output(stack, "distribution_id", "the CloudFront distribution", edge.DistributionID)
		distribution = &observability.Edge{DistributionID: edge.DistributionID, WebACLName: edge.WebACLName, CertificateARN: names.EdgeCertificateARN}
	}

	operations := observability.New(stack, "observability", observability.Config{
		Name:           environment.Prefix(),
		Environment:    environment.Name,
		Partition:      partition,
		AccountID:      environment.Account.ID,
		Region:         string(environment.Region),
		Settings:       environment.Observability,
		KeyARN:         keys.Operations.ARN,
		GlobalKeyARN:   keys.GlobalOperations.ARN,
		GlobalProvider: global,
		Edge:           distribution,
		LoadBalancer:   observability.LoadBalancer{ARNSuffix: loadBalancer.ARNSuffix, TargetGroupSuffix: loadBalancer.TargetGroupSuffix},
		Cluster: observability.Cluster{
			Name:                 cluster.Name,
			MaxNodes:             environment.Cluster.MaxNodes(len(environment.Network.AvailabilityZones)),
			LogGroup:             cluster.LogGroupName,
			ApplicationLogGroup:  cluster.ApplicationLogGroupName,
			ApplicationNamespace: environment.Application.Namespace,
		},
		Database: observability.Database{
			Identifier: database.Identifier,
			LogGroup:   database.LogGroupNames[0],
			Readers:    environment.Database.MaxReaders > 0,
			Pauses:     database.Pauses,
		},
		Cache:                  observability.Cache{ClusterIDs: cache.ClusterIDs, Replicated: environment.Cache.Mode == environments.CacheReplicated},
		HealthCheckID:          origin.HealthCheckID,
		Standby:                environment.Standby(),
		RegionalCertificateARN: names.RegionalCertificateARN,
		NATGatewayIDs:          network.NATGatewayIDs,
		KeptBuckets:            []string{environment.StateBucket(), environment.Bucket("logs", environment.Region), environment.Bucket("backups", environment.Region)},
	})
	tracing := tracing.New(stack, "tracing", tracing.Config{
		Name:                 environment.Prefix(),
		Environment:          environment.Name,
		GroupName:            environment.TraceGroupName(),
		Settings:             environment.Tracing,
		ProviderARN:          cluster.ProviderARN,
		Issuer:               cluster.Issuer,
		TopicARN:             operations.TopicARN,
		AccountOwner:         environment.Account.Owner,
		SecondRegionProvider: second,
	})
	deliver(stack, environment, ways{keys: keys, network: network, cluster: cluster, second: second, topicARN: operations.TopicARN})
	workloads(stack, environment, workloadParts{
		cluster:        cluster,
		keys:           keys,
		database:       database,
		cache:          cache,
		targetGroupARN: loadBalancer.TargetGroupARN,
		topicARN:       operations.TopicARN,
	})

	output(stack, "url", "what users call", "https://"+environment.DNS.Name)
	output(stack, "vpc_id", "the VPC", network.VPCID)
	output(stack, "private_subnet_ids", "subnets of nodes and pods, one a zone", network.Private.IDs())
	output(stack, "nat_addresses", "public addresses that the environment calls others from", network.NATAddresses)
	output(stack, "data_key_arn", "KMS key of databases, volumes, caches and images", keys.Data.ARN)
	output(stack, "cluster_name", "the EKS cluster", cluster.Name)
	output(stack, "cluster_endpoint", "its API", cluster.Endpoint)
	output(stack, "cluster_certificate_authority", "who signs the API's certificate, PEM in base64", cluster.CertificateAuthority)
	output(stack, "database_endpoint", "Aurora's writer", database.Endpoint)
	output(stack, "database_reader_endpoint", "its readers", database.ReaderEndpoint)
	output(stack, "database_secret_arn", "the master's login; RDS rotates it", database.MasterSecretARN)
	output(stack, "cache_endpoint", "the cache's primary, or its only node", cache.Endpoint)
	output(stack, "cache_tls", "whether the cache takes TLS and a login by IAM, and nothing else", cache.TLS)
	output(stack, "target_group_arn", "where the load balancer sends requests; the cluster binds its ingress controller to it", loadBalancer.TargetGroupARN)
	output(stack, "operations_topic_arn", "where alarms and other news of trouble go", operations.TopicARN)
	output(stack, "dashboard_name", "the CloudWatch dashboard to open first", operations.DashboardName)
	output(stack, "tracing_role_arn", "the role of the OpenTelemetry collector's service account", tracing.RoleARN)

	protect(stack, environment)
	return stack
}
