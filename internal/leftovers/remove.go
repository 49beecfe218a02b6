package leftovers

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/codebuild"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/ssm"

	"github.com/titan-platform/titan/internal/stateful/kinds"
)

// Remove deletes a leftover. It refuses what is not Removable, and what may hold data whoever says otherwise.
func (s Search) Remove(ctx context.Context, l Leftover) error {
	if !l.Removable() || kinds.MayHoldData(l.kind.terraform) {
		return fmt.Errorf("%s is not deleted by titan: it may hold data, is in use, or takes more than one step", l.ARN)
	}
	if err := l.kind.remove(ctx, clientsOf(s.In(l.Region)), l); err != nil {
		return fmt.Errorf("deleting %s: %w", l.ARN, err)
	}
	return nil
}

// notDeleted is why a deletion failed in a call that succeeded: EC2 answers so for what it deletes in numbers.
func notDeleted(items []types.UnsuccessfulItem) error {
	if len(items) == 0 || items[0].Error == nil {
		return nil
	}
	return errors.New(aws.ToString(items[0].Error.Message))
}

func removeLoadBalancer(ctx context.Context, c clients, l Leftover) error {
	_, err := c.elb.DeleteLoadBalancer(ctx, &elb.DeleteLoadBalancerInput{LoadBalancerArn: &l.ARN})
	return err
}

func removeTargetGroup(ctx context.Context, c clients, l Leftover) error {
	_, err := c.elb.DeleteTargetGroup(ctx, &elb.DeleteTargetGroupInput{TargetGroupArn: &l.ARN})
	return err
}

func removeLaunchTemplate(ctx context.Context, c clients, l Leftover) error {
	_, err := c.ec2.DeleteLaunchTemplate(ctx, &ec2.DeleteLaunchTemplateInput{LaunchTemplateId: &l.name})
	return err
}

func removeFlowLog(ctx context.Context, c clients, l Leftover) error {
	answer, err := c.ec2.DeleteFlowLogs(ctx, &ec2.DeleteFlowLogsInput{FlowLogIds: []string{l.name}})
	if err != nil {
		return err
	}
	return notDeleted(answer.Unsuccessful)
}

func removeNATGateway(ctx context.Context, c clients, l Leftover) error {
	_, err := c.ec2.DeleteNatGateway(ctx, &ec2.DeleteNatGatewayInput{NatGatewayId: &l.name})
	return err
}

func removeEndpoint(ctx context.Context, c clients, l Leftover) error {
	answer, err := c.ec2.DeleteVpcEndpoints(ctx, &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{l.name}})
	if err != nil {
		return err
	}
	return notDeleted(answer.Unsuccessful)
}

func removeInterface(ctx context.Context, c clients, l Leftover) error {
	_, err := c.ec2.DeleteNetworkInterface(ctx, &ec2.DeleteNetworkInterfaceInput{NetworkInterfaceId: &l.name})
	return err
}

func removeAddress(ctx context.Context, c clients, l Leftover) error {
	_, err := c.ec2.ReleaseAddress(ctx, &ec2.ReleaseAddressInput{AllocationId: &l.name})
	return err
}

func removeSecurityGroup(ctx context.Context, c clients, l Leftover) error {
	_, err := c.ec2.DeleteSecurityGroup(ctx, &ec2.DeleteSecurityGroupInput{GroupId: &l.name})
	return err
}

func removeSubnet(ctx context.Context, c clients, l Leftover) error {
	_, err := c.ec2.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: &l.name})
	return err
}

func removeRouteTable(ctx context.Context, c clients, l Leftover) error {
	_, err := c.ec2.DeleteRouteTable(ctx, &ec2.DeleteRouteTableInput{RouteTableId: &l.name})
	return err
}

func removeVPC(ctx context.Context, c clients, l Leftover) error {
	_, err := c.ec2.DeleteVpc(ctx, &ec2.DeleteVpcInput{VpcId: &l.name})
	return err
}

func removeTopic(ctx context.Context, c clients, l Leftover) error {
	_, err := c.sns.DeleteTopic(ctx, &sns.DeleteTopicInput{TopicArn: &l.ARN})
	return err
}

func removeAlarm(ctx context.Context, c clients, l Leftover) error {
	_, err := c.alarms.DeleteAlarms(ctx, &cloudwatch.DeleteAlarmsInput{AlarmNames: []string{l.name}})
	return err
}

func removeProject(ctx context.Context, c clients, l Leftover) error {
	_, err := c.codebuild.DeleteProject(ctx, &codebuild.DeleteProjectInput{Name: &l.name})
	return err
}

func removeParameter(ctx context.Context, c clients, l Leftover) error {
	_, err := c.ssm.DeleteParameter(ctx, &ssm.DeleteParameterInput{Name: &l.name})
	return err
}
