package cluster

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchloggroup"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/ekscluster"
	oidcprovider "github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamopenidconnectprovider"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrole"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicy"
	policyattachment "github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrolepolicyattachment"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/stateful"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

// logGroup is where EKS writes the control plane's logs; the document's `/aws/eks/titan-cluster` stays empty for ever.
func (c Config) logGroup() string { return "/aws/eks/" + c.ClusterName + "/cluster" }

// controlPlane declares the cluster itself.
func (c *cluster) controlPlane() ekscluster.EksCluster {
	// Made first, and destroyed last: EKS makes a group of its own, kept for ever and without a key,
	// wherever it finds none.
	c.logs = cloudwatchloggroup.NewCloudwatchLogGroup(c.scope, jsii.String("eks_logs"), c.logGroupConfig(c.logGroup()))
	role := iamrole.NewIamRole(c.scope, jsii.String("eks_role"), &iamrole.IamRoleConfig{
		Name:                jsii.String(c.Name + "-cluster"),
		Description:         jsii.String("EKS manages " + c.ClusterName),
		PermissionsBoundary: c.PermissionsBoundary(),
		AssumeRolePolicy:    jsii.String(c.clusterTrust()),
	})
	managed := policyattachment.NewIamRolePolicyAttachment(c.scope, jsii.String("eks_role_attach"),
		&policyattachment.IamRolePolicyAttachmentConfig{
			Role:      role.Name(),
			PolicyArn: jsii.String(c.ManagedPolicyARN("AmazonEKSClusterPolicy")),
		})
	encrypt := iamrolepolicy.NewIamRolePolicy(c.scope, jsii.String("eks_role_secrets"), &iamrolepolicy.IamRolePolicyConfig{
		Name:   jsii.String("encrypt-secrets"),
		Role:   role.Name(),
		Policy: jsii.String(c.clusterEncryption()),
	})

	vpc := &ekscluster.EksClusterVpcConfig{
		SubnetIds:             jsii.Strings(c.SubnetIDs...),
		SecurityGroupIds:      jsii.Strings(c.controlPlaneGroup),
		EndpointPrivateAccess: jsii.Bool(true),
		EndpointPublicAccess:  jsii.Bool(len(c.Settings.PublicCIDRs) > 0),
	}
	if len(c.Settings.PublicCIDRs) > 0 {
		vpc.PublicAccessCidrs = jsii.Strings(c.Settings.PublicCIDRs...)
	}
	return ekscluster.NewEksCluster(c.scope, jsii.String("eks"), &ekscluster.EksClusterConfig{
		Name:      jsii.String(c.ClusterName),
		Version:   jsii.String(c.Settings.Version),
		RoleArn:   role.Arn(),
		VpcConfig: vpc,
		KubernetesNetworkConfig: &ekscluster.EksClusterKubernetesNetworkConfig{
			IpFamily:        jsii.String("ipv4"),
			ServiceIpv4Cidr: jsii.String(c.Settings.ServiceCIDR),
		},
		AccessConfig: &ekscluster.EksClusterAccessConfig{
			AuthenticationMode: jsii.String("API"),
			// Whoever happens to apply first would be admin, unseen and for ever.
			BootstrapClusterCreatorAdminPermissions: jsii.Bool(false),
		},
		// The add-ons below take their place; EKS's own copies would be there first and be nobody's.
		BootstrapSelfManagedAddons: jsii.Bool(false),
		EncryptionConfig: &ekscluster.EksClusterEncryptionConfig{
			Resources: jsii.Strings("secrets"),
			Provider:  &ekscluster.EksClusterEncryptionConfigProvider{KeyArn: jsii.String(c.SecretsKeyARN)},
		},
		EnabledClusterLogTypes: jsii.Strings("api", "audit", "authenticator", "controllerManager", "scheduler"),
		// STANDARD: at the end of standard support EKS upgrades the cluster, instead of asking six
		// times the price for staying.
		UpgradePolicy:    &ekscluster.EksClusterUpgradePolicy{SupportType: jsii.String("STANDARD")},
		ZonalShiftConfig: &ekscluster.EksClusterZonalShiftConfig{Enabled: jsii.Bool(true)},
		Tags:             &map[string]*string{"Name": jsii.String(c.ClusterName)},
		// Without the role's policies EKS could neither make its interfaces nor, on destroy, take them away.
		DependsOn: &[]cdktf.ITerraformDependable{c.logs, managed, encrypt},
		Lifecycle: stateful.Lifecycle(c.Protected), // provider 5.100 has no deletion_protection
	})
}

// clusterTrust lets EKS act for this cluster, and no other's owner through it (EKS User Guide, 'Cross-service
// confused deputy prevention').
func (c Config) clusterTrust() string {
	return iampolicy.Document(iampolicy.Statement{
		Sid:       "EKS",
		Effect:    iampolicy.Allow,
		Principal: iampolicy.Service("eks.amazonaws.com"),
		Action:    []string{"sts:AssumeRole"},
		Condition: iampolicy.Conditions{
			"StringEquals": {"aws:SourceAccount": {c.AccountID}},
			"ArnLike":      {"aws:SourceArn": {c.ARN("eks", "cluster/"+c.ClusterName)}},
		},
	})
}

// clusterEncryption lets the control plane encrypt Kubernetes Secrets (terraform-aws-modules/terraform-aws-eks,
// main.tf, 'Cluster Encryption policy').
func (c Config) clusterEncryption() string {
	return iampolicy.Document(iampolicy.Statement{
		Sid: "EncryptSecrets", Effect: iampolicy.Allow,
		Action:   []string{"kms:Encrypt", "kms:Decrypt", "kms:ListGrants", "kms:DescribeKey"},
		Resource: []string{c.SecretsKeyARN},
	})
}

// identityProvider makes IAM trust the cluster's tokens. No thumbprint: IAM trusts EKS's issuers by its own list of
// authorities (IAM User Guide, 'Obtain the thumbprint for an OpenID Connect identity provider').
func (c *cluster) identityProvider(eks ekscluster.EksCluster) {
	issuer := eks.Identity().Get(jsii.Number(0)).Oidc().Get(jsii.Number(0)).Issuer()
	provider := oidcprovider.NewIamOpenidConnectProvider(c.scope, jsii.String("oidc"),
		&oidcprovider.IamOpenidConnectProviderConfig{
			Url:          issuer,
			ClientIdList: jsii.Strings("sts.amazonaws.com"),
			Tags:         c.Tag("oidc"),
		})
	c.providerARN = *provider.Arn()
	// A local has a short name, and the trust policies that hold it stay readable.
	c.issuer = *cdktf.NewTerraformLocal(c.scope, jsii.String("issuer"),
		cdktf.Fn_Replace(issuer, jsii.String("https://"), jsii.String(""))).AsString()
}

// containerInsightsLogGroups declares the log groups that the observability add-on would otherwise make by itself, kept
// for ever and without a key. It returns them all, and the name of the one for what pods write.
func (c *cluster) containerInsightsLogGroups() (groups []cdktf.ITerraformDependable, application string) {
	for _, name := range workload.ContainerInsightsLogGroups(c.ClusterName) {
		id := "insights-" + name[len("/aws/containerinsights/"+c.ClusterName+"/"):]
		group := cloudwatchloggroup.NewCloudwatchLogGroup(c.scope, jsii.String(id), c.logGroupConfig(name))
		groups = append(groups, group)
		if id == "insights-application" {
			application = *group.Name()
		}
	}
	return groups, application
}

func (c Config) logGroupConfig(name string) *cloudwatchloggroup.CloudwatchLogGroupConfig {
	return &cloudwatchloggroup.CloudwatchLogGroupConfig{
		Name:            jsii.String(name),
		KmsKeyId:        jsii.String(c.LogKeyARN),
		RetentionInDays: jsii.Number(c.LogDays),
	}
}
