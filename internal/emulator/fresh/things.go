package fresh

import (
	"net/http"
	"slices"

	"github.com/titan-platform/titan/internal/emulator"
)

// thing is what a service, or a part of it, may not find for a moment after it was made.
type thing struct {
	service string
	makes   string // the action that makes it
	made    func(*emulator.Request, *emulator.Reply) string
	reads   []string // actions that may not find it
	read    func(*emulator.Request) []string

	status                int
	code, message, source string
}

func (t thing) key(name string) string { return key(t.service+"."+t.makes, name) }

func (t thing) note() note {
	return note{t.service, []string{t.makes}, func(r *emulator.Request, reply *emulator.Reply, _ *memory) []string {
		if name := t.made(r, reply); name != "" {
			return []string{t.key(name)}
		}
		return nil
	}}
}

func (t thing) refusal() refusal {
	needs := func(r *emulator.Request, _ *memory) []string {
		var keys []string
		for _, name := range t.read(r) {
			keys = append(keys, t.key(name))
		}
		return keys
	}
	return refusal{
		kind: NotFoundYet, service: t.service, actions: t.reads, needs: needs, late: moment, once: true,
		status: t.status, code: t.code, message: t.message, source: t.source,
	}
}

const (
	ec2Consistency = "EC2 API Reference, 'Eventual consistency'"
	kmsConsistency = "KMS Developer Guide, 'KMS eventual consistency'"
)

// things are those whose absence the provider is known to meet.
var things = slices.Concat(ec2Things, balancerThings, []thing{
	{
		service: "iam", makes: "CreateRole", made: formOf("RoleName"), reads: []string{"GetRole"},
		read:   formField("RoleName"),
		status: http.StatusNotFound, code: "NoSuchEntity", message: "The role with name %s cannot be found.",
		source: "terraform-provider-aws, internal/service/iam/role.go",
	},
	{
		service: "kms", makes: "CreateKey", made: replyOf("KeyMetadata", "KeyId"),
		reads: []string{"EnableKeyRotation", "GetKeyPolicy", "CreateAlias"}, read: keysOf("KeyId", "TargetKeyId"),
		code: "NotFoundException", message: "Key '%s' does not exist", source: kmsConsistency,
	},
	{
		service: "kms", makes: "CreateAlias", made: jsonOf("AliasName"),
		reads: []string{"DescribeKey"}, read: jsonField("KeyId"),
		code: "NotFoundException", message: "Alias %s is not found.", source: kmsConsistency,
	},
	{
		service: "secretsmanager", makes: "CreateSecret", made: replyOf("ARN"),
		reads: []string{"DescribeSecret"}, read: jsonField("SecretId"),
		code: "ResourceNotFoundException", message: "Secrets Manager can't find the specified secret.",
		source: "terraform-provider-aws, internal/service/secretsmanager/secret.go",
	},
	{
		service: "ecr", makes: "CreateRepository", made: jsonOf("repositoryName"),
		reads: []string{"DescribeRepositories"},
		read:  firstOf("repositoryNames"), code: "RepositoryNotFoundException",
		message: "The repository with name '%s' does not exist in the registry",
		source:  "terraform-provider-aws, internal/service/ecr/repository.go",
	},
})

// balancerThings are those of Elastic Load Balancing.
var balancerThings = []thing{
	{
		service: "elasticloadbalancing", makes: "CreateTargetGroup", made: elementOf("TargetGroupArn"),
		reads: []string{"DescribeTargetGroups"}, read: formList("TargetGroupArns.member"),
		code: "TargetGroupNotFound", message: "One or more target groups not found",
		source: "terraform-provider-aws, internal/service/elbv2/target_group.go",
	},
	{
		service: "elasticloadbalancing", makes: "CreateListener", made: elementOf("ListenerArn"),
		reads: []string{"DescribeListeners"}, read: formList("ListenerArns.member"),
		code: "ListenerNotFound", message: "One or more listeners not found",
		source: "terraform-provider-aws, internal/service/elbv2/listener.go",
	},
}

// ec2Things are those of EC2.
var ec2Things = []thing{
	ofEC2("CreateVpc", "vpcId", "DescribeVpcs", "VpcId", "InvalidVpcID.NotFound", "The vpc ID '%s' does not exist"),
	ofEC2("CreateSubnet", "subnetId", "DescribeSubnets", "SubnetId",
		"InvalidSubnetID.NotFound", "The subnet ID '%s' does not exist"),
	ofEC2("CreateRouteTable", "routeTableId", "DescribeRouteTables", "RouteTableId",
		"InvalidRouteTableID.NotFound", "The routeTable ID '%s' does not exist"),
	ofEC2("CreateSecurityGroup", "groupId", "DescribeSecurityGroups", "GroupId",
		"InvalidGroup.NotFound", "The security group '%s' does not exist"),
	ofEC2("CreateInternetGateway", "internetGatewayId", "DescribeInternetGateways", "InternetGatewayId",
		"InvalidInternetGatewayID.NotFound", "The internetGateway ID '%s' does not exist"),
	ofEC2("AllocateAddress", "allocationId", "DescribeAddresses", "AllocationId",
		"InvalidAllocationID.NotFound", "The allocation ID '%s' does not exist"),
	ofEC2("CreateNatGateway", "natGatewayId", "DescribeNatGateways", "NatGatewayId",
		"NatGatewayNotFound", "The Nat Gateway %s was not found"),
	ofEC2("CreateVpcEndpoint", "vpcEndpointId", "DescribeVpcEndpoints", "VpcEndpointId",
		"InvalidVpcEndpointId.NotFound", "The Vpc Endpoint Id '%s' does not exist"),
}

func ofEC2(makes, made, reads, read, code, message string) thing {
	return thing{
		service: "ec2", makes: makes, made: elementOf(made), reads: []string{reads}, read: formList(read),
		code: code, message: message, source: ec2Consistency,
	}
}
