package main

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/cloudwatchloggroup"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/eip"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/iamrole"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/internetgateway"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/kmsalias"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/kmskey"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/natgateway"
	awsprovider "github.com/cdktf/cdktf-provider-aws-go/aws/v19/provider"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/route"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/routetable"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/routetableassociation"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucket"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/securitygroup"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/subnet"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpc"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/vpcsecuritygroupingressrule"
	helmprovider "github.com/cdktf/cdktf-provider-helm-go/helm/v10/provider"
	"github.com/cdktf/cdktf-provider-helm-go/helm/v10/release"
	"github.com/cdktf/cdktf-provider-kubernetes-go/kubernetes/v11/configmapv1"
	"github.com/cdktf/cdktf-provider-kubernetes-go/kubernetes/v11/namespacev1"
	kubernetesprovider "github.com/cdktf/cdktf-provider-kubernetes-go/kubernetes/v11/provider"
)

// newStack declares one stack. Every line has its twin in ../ts/main.ts.
func newStack(scope constructs.Construct, name string) {
	stack := cdktf.NewTerraformStack(scope, jsii.String(name))
	awsprovider.NewAwsProvider(stack, jsii.String("aws"), &awsprovider.AwsProviderConfig{
		Region:      jsii.String("eu-central-1"),
		DefaultTags: &[]*awsprovider.AwsProviderDefaultTags{{Tags: &map[string]*string{"stack": jsii.String(name)}}},
	})
	helmprovider.NewHelmProvider(stack, jsii.String("helm"), &helmprovider.HelmProviderConfig{
		Kubernetes: &helmprovider.HelmProviderKubernetes{ConfigPath: jsii.String("~/.kube/config")},
	})
	kubernetesprovider.NewKubernetesProvider(stack, jsii.String("kubernetes"), &kubernetesprovider.KubernetesProviderConfig{
		ConfigPath: jsii.String("~/.kube/config"),
	})

	network := vpc.NewVpc(stack, jsii.String("vpc"), &vpc.VpcConfig{
		CidrBlock:          jsii.String("10.0.0.0/16"),
		EnableDnsHostnames: jsii.Bool(true),
		Tags:               &map[string]*string{"Name": jsii.String(name)},
	})
	newSubnets(stack, network)
	newSecurityGroup(stack, network)
	newData(stack, name)
	newCluster(stack)
}

// newSubnets declares 9 subnets, 4 route tables, 9 associations, 2 gateways, an address and 2 routes.
func newSubnets(stack cdktf.TerraformStack, network vpc.Vpc) {
	gateway := internetgateway.NewInternetGateway(stack, jsii.String("gateway"), &internetgateway.InternetGatewayConfig{VpcId: network.Id()})
	for t, tier := range []string{"public", "private", "data"} {
		table := routetable.NewRouteTable(stack, jsii.String("table-"+tier), &routetable.RouteTableConfig{
			VpcId: network.Id(),
			Tags:  &map[string]*string{"Name": jsii.String(tier)},
		})
		var last subnet.Subnet
		for z, zone := range []string{"a", "b", "c"} {
			last = subnet.NewSubnet(stack, jsii.String(fmt.Sprintf("subnet-%s-%s", tier, zone)), &subnet.SubnetConfig{
				VpcId:            network.Id(),
				AvailabilityZone: jsii.String("eu-central-1" + zone),
				CidrBlock:        jsii.String(fmt.Sprintf("10.0.%d.0/24", 16*t+z)),
				Tags:             &map[string]*string{"Name": jsii.String(fmt.Sprintf("%s-%s", tier, zone))},
			})
			routetableassociation.NewRouteTableAssociation(stack, jsii.String(fmt.Sprintf("association-%s-%s", tier, zone)),
				&routetableassociation.RouteTableAssociationConfig{SubnetId: last.Id(), RouteTableId: table.Id()})
		}
		switch tier {
		case "public":
			address := eip.NewEip(stack, jsii.String("address"), &eip.EipConfig{Domain: jsii.String("vpc")})
			natgateway.NewNatGateway(stack, jsii.String("nat"), &natgateway.NatGatewayConfig{AllocationId: address.Id(), SubnetId: last.Id()})
			route.NewRoute(stack, jsii.String("route-public"), &route.RouteConfig{
				RouteTableId:         table.Id(),
				DestinationCidrBlock: jsii.String("0.0.0.0/0"),
				GatewayId:            gateway.Id(),
			})
		case "private":
			route.NewRoute(stack, jsii.String("route-private"), &route.RouteConfig{
				RouteTableId:         table.Id(),
				DestinationCidrBlock: jsii.String("10.8.0.0/16"),
				GatewayId:            gateway.Id(),
			})
		}
	}
}

// newSecurityGroup declares a group and 6 rules.
func newSecurityGroup(stack cdktf.TerraformStack, network vpc.Vpc) {
	group := securitygroup.NewSecurityGroup(stack, jsii.String("group"), &securitygroup.SecurityGroupConfig{
		VpcId:       network.Id(),
		Description: jsii.String("bench"),
	})
	for _, port := range []float64{80, 443, 5432, 6379, 8080, 10250} {
		vpcsecuritygroupingressrule.NewVpcSecurityGroupIngressRule(stack, jsii.String(fmt.Sprintf("rule-%v", port)),
			&vpcsecuritygroupingressrule.VpcSecurityGroupIngressRuleConfig{
				SecurityGroupId: group.Id(),
				CidrIpv4:        network.CidrBlock(),
				IpProtocol:      jsii.String("tcp"),
				FromPort:        jsii.Number(port),
				ToPort:          jsii.Number(port),
			})
	}
}

// newData declares a key, its alias, a role, a log group and a bucket.
func newData(stack cdktf.TerraformStack, name string) {
	key := kmskey.NewKmsKey(stack, jsii.String("key"), &kmskey.KmsKeyConfig{EnableKeyRotation: jsii.Bool(true)})
	kmsalias.NewKmsAlias(stack, jsii.String("alias"), &kmsalias.KmsAliasConfig{
		Name:        jsii.String("alias/" + name),
		TargetKeyId: key.KeyId(),
	})
	iamrole.NewIamRole(stack, jsii.String("role"), &iamrole.IamRoleConfig{
		Name:             jsii.String(name),
		AssumeRolePolicy: jsii.String(`{"Version":"2012-10-17","Statement":[]}`),
	})
	cloudwatchloggroup.NewCloudwatchLogGroup(stack, jsii.String("logs"), &cloudwatchloggroup.CloudwatchLogGroupConfig{
		Name:            jsii.String("/bench/" + name),
		KmsKeyId:        key.Arn(),
		RetentionInDays: jsii.Number(30),
	})
	s3bucket.NewS3Bucket(stack, jsii.String("bucket"), &s3bucket.S3BucketConfig{Bucket: jsii.String(name)})
}

// newCluster declares 3 namespaces, a configuration map and a release in each: 9 resources of the other two providers.
func newCluster(stack cdktf.TerraformStack) {
	for _, name := range []string{"app", "ingress", "monitoring"} {
		namespace := namespacev1.NewNamespaceV1(stack, jsii.String("namespace-"+name), &namespacev1.NamespaceV1Config{
			Metadata: &namespacev1.NamespaceV1Metadata{Name: jsii.String(name)},
		})
		configmapv1.NewConfigMapV1(stack, jsii.String("config-"+name), &configmapv1.ConfigMapV1Config{
			Metadata: &configmapv1.ConfigMapV1Metadata{Name: jsii.String("config"), Namespace: namespace.Id()},
			Data:     &map[string]*string{"name": jsii.String(name)},
		})
		release.NewRelease(stack, jsii.String("release-"+name), &release.ReleaseConfig{
			Name:      jsii.String(name),
			Chart:     jsii.String("./charts/" + name),
			Namespace: namespace.Id(),
			Values:    &[]*string{jsii.String("replicas: 2\n")},
		})
	}
}
