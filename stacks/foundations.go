package stacks

import (
	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/modules/cluster"
	"github.com/titan-platform/titan/modules/encryption"
	"github.com/titan-platform/titan/modules/network"
)

// foundations are what everything else of an environment stands on.
type foundations struct {
	keys    encryption.Output
	network network.Output
	cluster cluster.Output
}

// foundations declares keys, network and cluster.
func (e *environment) foundations() foundations {
	keys := encryption.New(e.stack, "encryption", e.here, e.DataKeyAlias())
	network := network.New(e.stack, "network", network.Config{
		Target:    e.here,
		Settings:  e.Network,
		LogKeyARN: keys.Logs.ARN,

		FlowLogBucket: e.Bucket("flowlogs"),
		AccessLogs:    e.Base(e.Region).AccessLogBucket(),
	})
	cached := ""
	if e.Account.ImageCache.Enabled {
		cached = environments.ImageCachePrefix
	}
	cluster := cluster.New(e.stack, "cluster", cluster.Config{
		Target:                  e.here,
		ClusterName:             e.ClusterName(),
		Settings:                e.Cluster,
		Tags:                    e.tags,
		VPCID:                   network.VPCID,
		Zones:                   e.Network.AvailabilityZones,
		CallerBlocks:            e.Network.BlocksTo(environments.AccessAPI),
		SubnetIDs:               network.Private.IDs(),
		Egress:                  network.PrivateEgress,
		EndpointSecurityGroupID: network.EndpointSecurityGroupID,
		SecretsKeyARN:           keys.Secrets.ARN,
		DataKeyARN:              keys.Data.ARN,
		LogKeyARN:               keys.Logs.ARN,
		DNSReplicas:             e.Addons.Resources.CoreDNSReplicas,
		CachedRepositories:      cached,
		Deployer:                e.Account.Role,
	})

	e.output("vpc_id", "the VPC", network.VPCID)
	e.output("private_subnet_ids", "subnets of nodes and pods, one a zone", network.Private.IDs())
	e.output("nat_addresses", "public addresses that the environment calls others from", network.NATAddresses)
	e.output("data_key_arn", "KMS key of databases, volumes, caches and images", keys.Data.ARN)
	e.output("cluster_name", "the EKS cluster", cluster.Name)
	e.output("cluster_endpoint", "its API", cluster.Endpoint)
	if e.Cluster.CloudShell {
		e.output("cloudshell_security_group_id", "the group of people's CloudShell VPC environments",
			cluster.CloudShellSecurityGroupID)
	}
	e.output("cluster_certificate_authority", "who signs the API's certificate, PEM in base64",
		cluster.CertificateAuthority)
	return foundations{keys, network, cluster}
}
