package network

import (
	"slices"

	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/securitygroup"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpcendpoint"
	ingressrule "github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpcsecuritygroupingressrule"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/iampolicy"
)

// withoutPolicy are the services whose endpoints refuse a policy: 'VPC endpoint policies are not supported for
// Amazon EKS' (EKS User Guide, 'Access Amazon EKS using AWS PrivateLink', for both of its endpoints). The security
// group alone guards them.
var withoutPolicy = []string{"eks", "eks-auth"}

// gatewayEndpoint routes S3 past the NAT gateways, at no cost. DynamoDB, which has the other gateway
// endpoint, is not used here.
func (n *network) gatewayEndpoint(routeTables []string) {
	n.egress = append(n.egress, vpcendpoint.NewVpcEndpoint(n.scope, jsii.String("s3"), &vpcendpoint.VpcEndpointConfig{
		VpcId:           n.vpcID,
		ServiceName:     jsii.String(n.service("s3")),
		VpcEndpointType: jsii.String("Gateway"),
		RouteTableIds:   jsii.Strings(routeTables...),
		Policy:          jsii.String(n.s3EndpointPolicy()),
		Tags:            n.name("s3"),
	}))
}

// interfaceEndpoints declares an endpoint a service of the settings, in every private subnet, and returns the id of the
// security group that they share; empty without any.
func (n *network) interfaceEndpoints(private Tier) string {
	if len(n.Settings.Endpoints) == 0 {
		return ""
	}
	group := securitygroup.NewSecurityGroup(n.scope, jsii.String("endpoints"), &securitygroup.SecurityGroupConfig{
		Name:        jsii.String(n.Name + "-endpoints"),
		Description: jsii.String("Interface endpoints: from the private subnets, HTTPS only"),
		VpcId:       n.vpcID,
		Tags:        n.name("endpoints"),
	})
	for _, s := range private {
		rule := ingressrule.NewVpcSecurityGroupIngressRule(n.scope, jsii.String("endpoints-from-private-"+n.letter(s.Zone)),
			&ingressrule.VpcSecurityGroupIngressRuleConfig{
				SecurityGroupId: group.Id(),
				Description:     jsii.String("HTTPS from the private subnet of " + s.Zone),
				CidrIpv4:        jsii.String(s.CIDR),
				IpProtocol:      jsii.String("tcp"),
				FromPort:        jsii.Number(443),
				ToPort:          jsii.Number(443),
				Tags:            n.name("endpoints-from-private-" + s.Zone),
			})
		n.egress = append(n.egress, rule)
	}
	for _, service := range n.Settings.Endpoints {
		config := &vpcendpoint.VpcEndpointConfig{
			VpcId:             n.vpcID,
			ServiceName:       jsii.String(n.service(service)),
			VpcEndpointType:   jsii.String("Interface"),
			PrivateDnsEnabled: jsii.Bool(true),
			SubnetIds:         jsii.Strings(private.IDs()...),
			SecurityGroupIds:  &[]*string{group.Id()},
			Tags:              n.name(service),
		}
		if !slices.Contains(withoutPolicy, service) {
			config.Policy = jsii.String(n.endpointPolicy(service))
		}
		n.egress = append(n.egress, vpcendpoint.NewVpcEndpoint(n.scope, jsii.String("endpoint-"+service), config))
	}
	return *group.Id()
}

func (n *network) service(name string) string { return "com.amazonaws." + n.Region + "." + name }

// anyone is every caller, also one without credentials. An endpoint's policy only limits what a
// caller's own policies allow.
var anyone = &iampolicy.Principal{AWS: iampolicy.Values{"*"}}

// ownAccounts are the environment's and those that the file adds.
func (c Config) ownAccounts() iampolicy.Values {
	return append(iampolicy.Values{c.AccountID}, c.Settings.EndpointPolicy.Accounts...)
}

// endpointPolicy lets the account's own principals use an interface endpoint, so that nobody's credentials of another
// account can carry data out through it.
func (c Config) endpointPolicy(service string) string {
	statements := []iampolicy.Statement{{
		Sid: "OwnPrincipals", Effect: iampolicy.Allow, Principal: anyone, Action: []string{"*"}, Resource: []string{"*"},
		Condition: iampolicy.Conditions{"StringEquals": {"aws:PrincipalAccount": c.ownAccounts()}},
	}}
	if service == "sts" {
		// A pod that asks for its role's credentials has none yet, and so no account: without this no service account gets
		// its role (aws-samples/data-perimeter-policy-examples, sts_endpoint_policy.json, which names federated principals).
		statements = append(statements, iampolicy.Statement{
			Sid: "ServiceAccountsOwnRoles", Effect: iampolicy.Allow,
			Principal: &iampolicy.Principal{AWS: iampolicy.Values{"*"}, Federated: iampolicy.Values{"*"}},
			Action:    []string{"sts:AssumeRoleWithWebIdentity"},
			Resource:  []string{c.RoleARN("*")},
		})
	}
	return iampolicy.Document(statements...)
}

// s3EndpointPolicy lets the account's own principals use the account's own buckets, and everyone read what nodes need
// to start: that is fetched by a signed URL or without credentials, so a caller's account says nothing. No other bucket
// of the region can be reached from the private subnets; those of other regions go through NAT.
func (c Config) s3EndpointPolicy() string {
	bucket := func(name string) string { return c.BucketARN(name) + "/*" }
	statements := []iampolicy.Statement{
		{
			Sid: "OwnPrincipalsOwnBuckets", Effect: iampolicy.Allow, Principal: anyone, Action: []string{"s3:*"},
			Resource: []string{"*"},
			Condition: iampolicy.Conditions{
				"StringEquals": {"aws:PrincipalAccount": c.ownAccounts(), "aws:ResourceAccount": c.ownAccounts()},
			},
		},
		// ECR User Guide, 'Minimum Amazon S3 bucket permissions for Amazon ECR'.
		{
			Sid: "ImageLayersOfECR", Effect: iampolicy.Allow, Principal: anyone, Action: []string{"s3:GetObject"},
			Resource: []string{bucket("prod-" + c.Region + "-starport-layer-bucket")},
		},
		// aws-samples/data-perimeter-policy-examples, s3_endpoint_policy.json.
		{
			Sid: "PackagesOfAmazonLinux2023", Effect: iampolicy.Allow, Principal: anyone, Action: []string{"s3:GetObject"},
			Resource: []string{bucket("al2023-repos-" + c.Region + "-de612dc2")},
		},
		// registry.k8s.io, which serves the cluster autoscaler and metrics-server, sends callers inside AWS to buckets in
		// their own region. Their names are not a promise and not regular (kubernetes/registry.k8s.io, cmd/archeio), their
		// account is in the project's own Terraform (kubernetes/k8s.io, infra/aws/terraform/registry.k8s.io).
		{
			Sid: "ImageLayersOfKubernetes", Effect: iampolicy.Allow, Principal: anyone, Action: []string{"s3:GetObject"},
			Resource:  []string{bucket("*")},
			Condition: iampolicy.Conditions{"StringEquals": {"aws:ResourceAccount": {kubernetesRegistryAccount}}},
		},
	}
	// quay.io and Docker Hub keep their layers in us-east-1, and send callers of that region to the buckets themselves
	// (konflux-ci/caching, ADR 1; OpenShift, 'Configuring your firewall'; docker/hub-feedback#1318).
	if c.Region == string(environments.GlobalRegion) {
		statements = append(statements, iampolicy.Statement{
			Sid: "ImageLayersOfQuayAndDockerHub", Effect: iampolicy.Allow, Principal: anyone, Action: []string{"s3:GetObject"},
			Resource: []string{bucket("quayio-production-s3"), bucket("docker-images-prod")},
		})
	}
	return iampolicy.Document(append(statements, c.namedBuckets()...)...)
}

// namedBuckets lets the file's buckets be used: some by own principals, some read by everybody.
func (c Config) namedBuckets() []iampolicy.Statement {
	var statements []iampolicy.Statement
	var used, open []string
	for _, name := range c.Settings.EndpointPolicy.Buckets {
		used = append(used, c.BucketARN(name), c.BucketARN(name)+"/*")
	}
	for _, name := range c.Settings.EndpointPolicy.OpenBuckets {
		open = append(open, c.BucketARN(name)+"/*")
	}
	if used != nil {
		statements = append(statements, iampolicy.Statement{
			Sid: "OwnPrincipalsNamedBuckets", Effect: iampolicy.Allow, Principal: anyone, Action: []string{"s3:*"},
			Resource:  used,
			Condition: iampolicy.Conditions{"StringEquals": {"aws:PrincipalAccount": c.ownAccounts()}},
		})
	}
	if open != nil {
		statements = append(statements, iampolicy.Statement{
			Sid: "OpenBuckets", Effect: iampolicy.Allow, Principal: anyone, Action: []string{"s3:GetObject"}, Resource: open,
		})
	}
	return statements
}

const kubernetesRegistryAccount = "513428760722"
