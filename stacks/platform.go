package stacks

import (
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/addons"
	"github.com/titan-platform/titan/modules/app"
	"github.com/titan-platform/titan/modules/delivery"
)

// newPlatform declares the stack of everything in an environment's cluster. It knows the environment's stack, of the
// same region, by its outputs alone.
func newPlatform(stack cdktf.TerraformStack, environment environments.Environment, own extensions) {
	aws := readOutputs(stack, environment)
	newClusterProviders(stack, environment, aws)
	subnets, err := environment.Network.Subnets()
	if err != nil {
		panic(err) // the loader has checked the block
	}
	platform := addons.New(stack, "addons", addonsConfig(environment, aws, subnets))
	app.New(stack, environment.Application.Name, applicationConfig(environment, aws, subnets, platform))
	own.inCluster(stack, environment, platform, aws)
}

func addonsConfig(environment environments.Environment, aws outputs, subnets environments.Subnets) addons.Config {
	return addons.Config{
		Settings:             environment.Addons,
		Protected:            environment.Protected(),
		KubernetesVersion:    environment.Cluster.Version,
		ClusterName:          environment.ClusterName(),
		NodeGroups:           environment.Cluster.NodeGroups,
		Region:               string(environment.Region),
		VPCID:                aws.text("vpc_id"),
		Replicated:           environment.Tier != environments.Development,
		PublicCIDRs:          texts(subnets.Public),
		PrivateCIDRs:         texts(subnets.Private),
		ServiceCIDR:          environment.Cluster.ServiceCIDR,
		AWSCIDRs:             awsCIDRs(environment.Network),
		TargetGroupARN:       aws.text("target_group_arn"),
		DeregistrationDelay:  environment.LoadBalancer.DeregistrationDelay,
		IdleTimeout:          environment.LoadBalancer.IdleTimeout,
		PublicName:           environment.DNS.Name,
		DataKeyARN:           aws.text("data_key_arn"),
		GrafanaSecret:        environment.GrafanaSecret(),
		GrafanaVersion:       environment.Secrets.Grafana,
		GrafanaOIDCSecret:    environment.GrafanaOIDCSecret(),
		AlarmTopicARN:        aws.text("operations_topic_arn"),
		Thresholds:           environment.Observability.Thresholds,
		ImageCache:           environment.Account.ImageCache.Upstreams(),
		Registry:             delivery.RegistryHost(environment.Account.ID, string(environment.Region)),
		Project:              environment.Project(),
		ApplicationName:      environment.Application.Name,
		ApplicationNamespace: environment.Application.Namespace,
		ServiceName:          environment.Application.ServiceName(),
		Roles:                roles(environment, aws),
	}
}

// applicationConfig is what the application needs of its environment and of what the platform has for it.
func applicationConfig(
	environment environments.Environment, aws outputs, subnets environments.Subnets, platform addons.Output,
) app.Config {
	return app.Config{
		Name:              environment.Application.Name,
		Chart:             delivery.ChartOf(environment.Application).Folder,
		Environment:       environment.Name,
		Region:            string(environment.Region),
		Protected:         environment.Protected(),
		Settings:          environment.Application,
		ImageParameter:    environment.ImageParameter(),
		Hosts:             append(environment.DNS.ServedNames(), environment.DNS.Origin()),
		EvenZones:         environment.Cluster.EveryGroupPerZone(),
		RoleARN:           aws.roleIf(applicationLogsInByIAM(environment), environment.Application.Name),
		PriorityClassName: platform.PriorityClass,
		Database: app.Database{
			WriterHost:       aws.text("database_endpoint"),
			ReaderHost:       aws.text("database_reader_endpoint"),
			Name:             environment.Database.Name,
			User:             environment.DatabaseUser(),
			Login:            environment.Database.Login,
			SecretName:       environment.DatabaseSecret(),
			SecretVersion:    environment.Secrets.Database,
			BootstrapRoleARN: aws.role("database-bootstrap"),
			MasterSecretARN:  aws.text("database_secret_arn"),
		},
		Cache: app.Cache{
			Mode: environment.Cache.Mode,
			Host: aws.text("cache_endpoint"),
			Name: environment.CacheName(),
			User: environment.CacheUserName(),
		},
		SecretStore:      platform.SecretStore,
		ServiceName:      environment.Application.ServiceName(),
		TracingEndpoint:  platform.TracingEndpoint,
		SamplerEndpoint:  platform.SamplerEndpoint,
		IngressNamespace: platform.IngressNamespace,
		MetricsNamespace: platform.MonitoringNamespace,
		TracingNamespace: platform.TracingNamespace,
		DataCIDRs:        texts(subnets.Data),
		AWSCIDRs:         awsCIDRs(environment.Network),
		After:            platform.Ready,
	}
}

func roles(environment environments.Environment, aws outputs) addons.Roles {
	return addons.Roles{
		ClusterAutoscaler:      aws.role("cluster-autoscaler"),
		LoadBalancerController: aws.role("load-balancer-controller"),
		ExternalSecrets:        aws.role("external-secrets"),
		Collector:              aws.text("tracing_role_arn"),
		Grafana:                aws.role("grafana"),
		Alertmanager:           aws.roleIf(environment.Addons.Alertmanager, "alertmanager"),
	}
}
