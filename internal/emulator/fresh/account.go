package fresh

import "github.com/titan-platform/titan/internal/emulator"

func gateway(vpc string) string { return key("gateway-of", vpc) }

// accountNotes are the calls that change what an account has.
var accountNotes = []note{
	{service: "ec2", actions: []string{"AttachInternetGateway"}, made: attachedGateway},
	{service: "ec2", actions: []string{"CreateSubnet"}, made: madeSubnet},
}

func attachedGateway(r *emulator.Request, _ *emulator.Reply, _ *memory) []string {
	return []string{gateway(r.Form.Get("VpcId"))}
}

func madeSubnet(_ *emulator.Request, reply *emulator.Reply, m *memory) []string {
	m.vpcs[element(reply.Body, "subnetId")] = element(reply.Body, "vpcId")
	return nil
}

// accountRefusals are of calls that need what a new account has not.
var accountRefusals = []refusal{
	{
		kind: NoGateway, service: "elasticloadbalancing", actions: []string{"CreateLoadBalancer"},
		needs: wayToBalancer, required: true,
		code: "InvalidSubnet", message: "VPC %s has no internet gateway", source: "terraform-provider-aws#4587",
	},
	{
		// EC2 takes the call, and the gateway fails a moment later with this code.
		kind: NoGateway, service: "ec2", actions: []string{"CreateNatGateway"}, needs: wayOfNAT, required: true,
		code: "Gateway.NotAttached", message: "Network %s has no Internet gateway attached",
		source: "VPC User Guide, 'Troubleshoot NAT gateways', on creation that fails",
	},
	{
		kind: NoServiceLinkedRole, service: "rds",
		actions: []string{"CreateDBSubnetGroup", "CreateDBCluster", "CreateDBInstance"},
		needs:   linkedRole("rds.amazonaws.com"), required: true, starts: true, late: iamDelay,
		code: "InvalidParameterValue",
		message: "Unable to create the resource. Verify that you have permission to create service linked role. " +
			"Otherwise wait and try again later",
		source: "eks-workshop-v2#1609, terraform-aws-rds#364",
	},
	{
		kind: NoServiceLinkedRole, service: "elasticache",
		actions: []string{"CreateCacheCluster", "CreateReplicationGroup"},
		needs:   linkedRole("elasticache.amazonaws.com"), required: true, starts: true, late: iamDelay,
		code: "ServiceLinkedRoleNotFoundFault", message: "The specified service linked role (SLR) was not found.",
		source: "ElastiCache API Reference, CreateReplicationGroup",
	},
	{
		kind: NoServiceLinkedRole, service: "codestar-notifications",
		actions: []string{"POST /createNotificationRule"},
		needs:   linkedRole("codestar-notifications.amazonaws.com"), required: true, starts: true, late: roleDelay,
		code: "ConfigurationException",
		message: "AWS CodeStar Notifications could not create the AWS CloudWatch Events managed rule in your AWS " +
			"account. If this is your first time creating a notification rule, the service-linked role for AWS CodeStar " +
			"Notifications might not yet exist. Creation of this role might take up to 15 minutes. Until it exists, " +
			"notification rule creation will fail. Wait 15 minutes, and then try again.",
		source: "ecs-blueprints#58, aws-cdk#34406",
	},
	{
		kind: ConnectionPending, service: "codebuild",
		actions: []string{"CreateProject", "UpdateProject"}, needs: connection, required: true,
		code: "OAuthProviderException", message: "User is not authorized to access connection %s",
		source: "aws-cdk#38504",
	},
}

func wayToBalancer(r *emulator.Request, m *memory) []string {
	if r.Form.Get("Scheme") == "internal" {
		return nil
	}
	return gateways(m, append(list(r, "Subnets.member"), r.Form.Get("SubnetMappings.member.1.SubnetId")))
}

func wayOfNAT(r *emulator.Request, m *memory) []string {
	if r.Form.Get("ConnectivityType") == "private" {
		return nil
	}
	return gateways(m, []string{r.Form.Get("SubnetId")})
}

// gateways are those of the networks of subnets; of a subnet that was there before, nothing is known.
func gateways(m *memory, subnets []string) []string {
	var keys []string
	for _, subnet := range subnets {
		if vpc, known := m.vpcs[subnet]; known {
			keys = append(keys, gateway(vpc))
		}
	}
	return keys
}

// linkedRole needs the role that is a service's own.
func linkedRole(service string) func(*emulator.Request, *memory) []string {
	return func(*emulator.Request, *memory) []string { return []string{serviceLinked(service)} }
}

func connection(r *emulator.Request, _ *memory) []string {
	if text(r.Body, "source", "auth", "type") != "CODECONNECTIONS" {
		return nil
	}
	return []string{key("connection", text(r.Body, "source", "auth", "resource"))}
}
