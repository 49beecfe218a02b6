// Package cluster provides the EKS cluster of an environment: its control plane, who may use it, its
// add-ons, and its nodes.
package cluster

import (
	"slices"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchloggroup"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/irsa"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

// Config is what a cluster needs from the rest of the system.
type Config struct {
	target.Target
	ClusterName string               // titan-prod-cluster
	Settings    environments.Cluster // from the environment file
	// Tags go on instances, volumes and network interfaces, which EC2 Auto Scaling makes and the provider's default tags
	// do not reach. A changed one arrives with the next nodes that are replaced for another reason.
	Tags map[string]string

	VPCID                   string
	Zones                   []string                     // eu-west-1a, …
	SubnetIDs               []string                     // private, one a zone in their order
	Egress                  []cdktf.ITerraformDependable // the subnets' ways out, which nodes need
	EndpointSecurityGroupID string                       // of the interface endpoints; empty where there are none
	CallerBlocks            []string                     // beyond the VPC, whose people and builds may call the API

	SecretsKeyARN string // encrypts Kubernetes Secrets
	DataKeyARN    string // encrypts volumes
	LogKeyARN     string // encrypts log groups

	DNSReplicas int // the most pods of CoreDNS

	// CachedRepositories is how the names of the repositories begin that nodes may have the registry make, by pulling an
	// image that it caches; empty where it caches none.
	CachedRepositories string

	// Deployer is the ARN of a principal outside the cluster's VPC that applies <env>.platform, such as the
	// account's role that Terraform assumes. Empty where one of the admins does, or a deployer of its own that asks
	// for access by NewAccess.
	Deployer string
}

// Output is what other modules may use.
type Output struct {
	Name, ARN, Endpoint  string
	CertificateAuthority string // base64
	Version              string

	ProviderARN string // the cluster's identity provider in IAM, for irsa
	Issuer      string // without https://, for irsa

	ControlPlaneSecurityGroupID string // who calls the API from inside the VPC gets a rule here
	NodeSecurityGroupID         string // nodes' only group, and so pods'
	CloudShellSecurityGroupID   string // for CloudShell VPC environments of people; empty where the file wants none

	// By reference: whoever reads one, such as a metric filter, waits for it.
	LogGroupName            string // of the control plane
	ApplicationLogGroupName string // of what pods write

	// Access is every access entry of this module. Who changes something in the cluster under one of them depends on them
	// all, so that nobody loses the cluster in the middle of a destroy.
	Access []cdktf.ITerraformDependable
	// Ready is everything that makes the cluster usable: access, nodes, add-ons.
	Ready []cdktf.ITerraformDependable
}

// cluster is a cluster while it is built.
type cluster struct {
	Config
	scope constructs.Construct
	// Of the cluster, by reference: whoever uses one waits for the cluster, and for its upgrade.
	name, version *string

	controlPlaneGroup, nodeGroup string // security groups
	rules                        []cdktf.ITerraformDependable

	providerARN, issuer string

	logs cloudwatchloggroup.CloudwatchLogGroup // of the control plane
}

// New declares the cluster under scope.
func New(scope constructs.Construct, id string, config Config) Output {
	c := &cluster{Config: config, scope: constructs.NewConstruct(scope, jsii.String(id))}
	c.securityGroups()
	cloudShell := c.cloudShell()
	eks := c.controlPlane()
	c.name, c.version = eks.Name(), eks.Version()
	c.identityProvider(eks)
	access := c.access()

	cni := c.role(c.networkPlugIn())
	csi := c.role(workload.EBSCSI(c.workloads(), c.DataKeyARN))
	observability := c.role(workload.CloudWatch(c.workloads()))
	logGroups, applicationLogs := c.containerInsightsLogGroups()

	// A node is not ready without a network; the others are pods that need nodes. On destroy it is the other way round, so
	// that the network plug-in outlives the nodes and takes its interfaces along. Roles come by the cluster's own tokens,
	// which ask for no pod identity agent.
	before := []cdktf.ITerraformDependable{
		c.addon(addon{name: "kube-proxy"}),
		c.addon(addon{name: "vpc-cni", configuration: c.vpcCNI(), role: &cni}),
	}
	nodes := c.nodes(before)
	after := []cdktf.ITerraformDependable{
		c.addon(addon{name: "coredns", configuration: c.coreDNS(), after: nodes}),
		c.addon(addon{name: "aws-ebs-csi-driver", role: &csi, after: nodes}),
		// Node repair sees by itself that a kubelet is silent; with the agent also what ails kernel, network, storage
		// and container runtime (EKS User Guide, 'Detect node health issues and enable automatic node repair'). The
		// agent calls no AWS API.
		c.addon(addon{name: "eks-node-monitoring-agent", after: nodes}),
		c.addon(addon{
			name:          "amazon-cloudwatch-observability",
			configuration: cloudWatch(),
			role:          &observability,
			after:         append(logGroups, nodes...),
		}),
	}

	return Output{
		Name:                        *c.name,
		ARN:                         *eks.Arn(),
		Endpoint:                    *eks.Endpoint(),
		CertificateAuthority:        *eks.CertificateAuthority().Get(jsii.Number(0)).Data(),
		Version:                     config.Settings.Version,
		ProviderARN:                 c.providerARN,
		Issuer:                      c.issuer,
		ControlPlaneSecurityGroupID: c.controlPlaneGroup,
		NodeSecurityGroupID:         c.nodeGroup,
		CloudShellSecurityGroupID:   cloudShell,
		LogGroupName:                *c.logs.Name(),
		ApplicationLogGroupName:     applicationLogs,
		Access:                      access,
		Ready:                       slices.Concat(access, before, nodes, after),
	}
}

// networkPlugIn is the network plug-in, which logs what network policies deny where the settings say so.
func (c Config) networkPlugIn() workload.Workload {
	plugIn := workload.VPCCNI(c.workloads(), c.VPCID)
	if c.Settings.PolicyLogs {
		plugIn.Statements = append(plugIn.Statements, workload.PolicyLogs(c.workloads(), c.logGroup())...)
	}
	return plugIn
}

// role declares the role of one of the add-ons, under its workload's name.
func (c *cluster) role(w workload.Workload) irsa.Output {
	return irsa.New(c.scope, w.Name+"-role", irsa.Config{
		Target:      c.Target,
		ProviderARN: c.providerARN,
		Issuer:      c.issuer,
		Workload:    w,
	})
}

// workloads are where the add-ons run.
func (c Config) workloads() workload.Scope {
	return workload.Scope{Target: c.Target, Cluster: c.ClusterName}
}
