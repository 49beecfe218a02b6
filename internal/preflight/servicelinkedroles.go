package preflight

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/titan-platform/titan/internal/preflight/needs"
)

// serviceLinkedRole is a role that a service takes for itself, and that an account has once.
type serviceLinkedRole struct {
	name, service string
	needed        func(*needs.Needs) bool
	// maker is the service-linked role that makes it, where not the caller does by what the service is first asked.
	maker string
}

// accountDeployment makes the roles that RDS and ElastiCache want to find (internal/hooks).
const accountDeployment = "`titan deploy` of the account's stack"

// serviceLinkedRoles are those that a first apply needs (each service's guide, 'Using service-linked roles'). Who
// makes which stands in the AWS Managed Policy Reference: AWSServiceRoleForAmazonEKSNodegroup and
// AutoScalingServiceRolePolicy.
var serviceLinkedRoles = []serviceLinkedRole{
	{name: "AWSServiceRoleForAmazonEKS", service: "eks.amazonaws.com", needed: has("aws_eks_cluster")},
	{name: "AWSServiceRoleForAmazonEKSNodegroup", service: "eks-nodegroup.amazonaws.com",
		needed: has("aws_eks_node_group")},
	{name: "AWSServiceRoleForAutoScaling", service: "autoscaling.amazonaws.com", needed: has("aws_eks_node_group"),
		maker: "AWSServiceRoleForAmazonEKSNodegroup"},
	{name: "AWSServiceRoleForEC2Spot", service: "spot.amazonaws.com", needed: hasSpot,
		maker: "AWSServiceRoleForAutoScaling"},
	{name: "AWSServiceRoleForElasticLoadBalancing", service: "elasticloadbalancing.amazonaws.com", needed: has("aws_lb")},
	{name: "AWSServiceRoleForRDS", service: "rds.amazonaws.com", needed: has("aws_rds_cluster"), maker: accountDeployment},
	{name: "AWSServiceRoleForElastiCache", service: "elasticache.amazonaws.com",
		needed: has("aws_elasticache_replication_group", "aws_elasticache_cluster"), maker: accountDeployment},
	{name: "AWSServiceRoleForApplicationAutoScaling_RDSCluster", service: "rds.application-autoscaling.amazonaws.com",
		needed: has("aws_appautoscaling_target")},
	{name: "AWSServiceRoleForBackup", service: "backup.amazonaws.com", needed: has("aws_backup_plan")},
	{name: "AWSServiceRoleForECRReplication", service: "replication.ecr.amazonaws.com",
		needed: has("aws_ecr_replication_configuration")},
	{name: "AWSServiceRoleForWAFV2Logging", service: "wafv2.amazonaws.com",
		needed: has("aws_wafv2_web_acl_logging_configuration")},
}

func has(kinds ...string) func(*needs.Needs) bool {
	return func(n *needs.Needs) bool { return len(n.Regions(kinds...)) > 0 }
}

func hasSpot(n *needs.Needs) bool {
	for _, group := range n.NodeGroups {
		if group.Spot {
			return true
		}
	}
	return false
}

// askServiceLinkedRoles asks for the roles that services need, and, for those that are missing, whether the caller may
// have them made: most services make theirs at their first use, with the permissions of the caller.
func askServiceLinkedRoles(
	ctx context.Context, client simulation, account, caller string, n *needs.Needs,
) []Result {
	var results []Result
	for _, role := range serviceLinkedRoles {
		if role.needed(n) {
			results = append(results, role.ask(ctx, client, account, caller))
		}
	}
	return results
}

func (r serviceLinkedRole) ask(ctx context.Context, client simulation, account, caller string) Result {
	remedy := "aws iam create-service-linked-role --aws-service-name " + r.service
	_, err := client.GetRole(ctx, &iam.GetRoleInput{RoleName: &r.name})
	var missing *types.NoSuchEntityException
	switch {
	case err == nil:
		return good(r.name, "there")
	case !errors.As(err, &missing):
		return unanswered(r.name, err)
	case r.maker != "":
		return good(r.name, "not there yet: %s makes it", r.maker)
	}
	verdicts, err := simulate(ctx, client, caller, question{
		actions:  []string{"iam:CreateServiceLinkedRole"},
		resource: "arn:aws:iam::" + account + ":role/aws-service-role/" + r.service + "/" + r.name,
		keys:     map[string]string{"iam:AWSServiceName": r.service},
	})
	switch {
	case err != nil:
		reason, _ := reasonOf(err)
		return unknown(r.name, remedy, "not there; whether the caller may have it made is unknown: %s", reason)
	case verdicts[0].allowed:
		return good(r.name, "not there yet: its service makes it at its first use")
	case verdicts[0].certain:
		return bad(r.name, remedy+", as somebody who may", "not there, and the caller may not have it made")
	}
	return unknown(r.name, remedy, "not there; whether the caller may have it made depends on conditions")
}
