package leftovers

import "github.com/aws/aws-sdk-go-v2/aws/arn"

// networkKinds are what a network is made of, and what stands in it.
var networkKinds = []kind{
	{service: "elasticloadbalancing", resource: "loadbalancer", terraform: "aws_lb", imported: byARN,
		delete: "elbv2 delete-load-balancer --load-balancer-arn ARN", look: lookLoadBalancer, remove: removeLoadBalancer},
	{service: "elasticloadbalancing", resource: "listener", goesWith: "load balancer"},
	{service: "elasticloadbalancing", resource: "listener-rule", goesWith: "load balancer"},
	{service: "elasticloadbalancing", resource: "targetgroup", terraform: "aws_lb_target_group", imported: byARN,
		delete: "elbv2 delete-target-group --target-group-arn ARN", look: lookTargetGroup, remove: removeTargetGroup},
	{service: "ec2", resource: "instance", terraform: "aws_instance",
		delete: "ec2 terminate-instances --instance-ids NAME"},
	{service: "ec2", resource: "launch-template", terraform: "aws_launch_template",
		delete: "ec2 delete-launch-template --launch-template-id NAME", remove: removeLaunchTemplate},
	{service: "ec2", resource: "vpc-flow-log", terraform: "aws_flow_log",
		delete: "ec2 delete-flow-logs --flow-log-ids NAME", remove: removeFlowLog},
	{service: "ec2", resource: "natgateway", terraform: "aws_nat_gateway",
		delete: "ec2 delete-nat-gateway --nat-gateway-id NAME", remove: removeNATGateway},
	{service: "ec2", resource: "vpc-endpoint", terraform: "aws_vpc_endpoint",
		delete: "ec2 delete-vpc-endpoints --vpc-endpoint-ids NAME", remove: removeEndpoint},
	{service: "ec2", resource: "network-interface", terraform: "aws_network_interface",
		delete: "ec2 delete-network-interface --network-interface-id NAME", remove: removeInterface},
	{service: "ec2", resource: "elastic-ip", terraform: "aws_eip",
		delete: "ec2 release-address --allocation-id NAME", remove: removeAddress},
	{service: "ec2", resource: "security-group-rule", goesWith: "security group"},
	{service: "ec2", resource: "security-group", terraform: "aws_security_group",
		delete: "ec2 delete-security-group --group-id NAME", remove: removeSecurityGroup},
	{service: "ec2", resource: "subnet", terraform: "aws_subnet",
		delete: "ec2 delete-subnet --subnet-id NAME", remove: removeSubnet},
	{service: "ec2", resource: "route-table", terraform: "aws_route_table",
		delete: "ec2 delete-route-table --route-table-id NAME", remove: removeRouteTable},
	{service: "ec2", resource: "internet-gateway", terraform: "aws_internet_gateway", before: "detach it first",
		delete: "ec2 delete-internet-gateway --internet-gateway-id NAME"},
	{service: "ec2", resource: "network-acl", terraform: "aws_network_acl",
		delete: "ec2 delete-network-acl --network-acl-id NAME"},
	{service: "ec2", resource: "vpc", terraform: "aws_vpc", delete: "ec2 delete-vpc --vpc-id NAME", remove: removeVPC},
}

// queueURL is how a queue is imported and deleted.
func queueURL(a arn.ARN, name string) string {
	return "https://sqs." + a.Region + ".amazonaws.com/" + a.AccountID + "/" + name
}
