package leftovers

import (
	"context"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	logtypes "github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"
	"github.com/aws/aws-sdk-go-v2/service/codebuild"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	ssmtypes "github.com/aws/aws-sdk-go-v2/service/ssm/types"
)

func lookLoadBalancer(ctx context.Context, c clients, l Leftover) (sight, error) {
	_, err := c.elb.DescribeLoadBalancers(ctx, &elb.DescribeLoadBalancersInput{LoadBalancerArns: []string{l.ARN}})
	return seen(err)
}

func lookTargetGroup(ctx context.Context, c clients, l Leftover) (sight, error) {
	_, err := c.elb.DescribeTargetGroups(ctx, &elb.DescribeTargetGroupsInput{TargetGroupArns: []string{l.ARN}})
	return seen(err)
}

func lookBucket(ctx context.Context, c clients, l Leftover) (sight, error) {
	_, err := c.s3.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &l.name})
	return seen(err)
}

func lookDatabase(ctx context.Context, c clients, l Leftover) (sight, error) {
	_, err := c.rds.DescribeDBClusters(ctx, &rds.DescribeDBClustersInput{DBClusterIdentifier: &l.name})
	return seen(err)
}

func lookDatabaseSnapshot(ctx context.Context, c clients, l Leftover) (sight, error) {
	_, err := c.rds.DescribeDBClusterSnapshots(ctx,
		&rds.DescribeDBClusterSnapshotsInput{DBClusterSnapshotIdentifier: &l.name})
	return seen(err)
}

func lookCluster(ctx context.Context, c clients, l Leftover) (sight, error) {
	_, err := c.eks.DescribeCluster(ctx, &eks.DescribeClusterInput{Name: &l.name})
	return seen(err)
}

// lookKey tells a key that AWS is about to delete from one that is in use.
func lookKey(ctx context.Context, c clients, l Leftover) (sight, error) {
	answer, err := c.kms.DescribeKey(ctx, &kms.DescribeKeyInput{KeyId: &l.name})
	if err != nil {
		return seen(err)
	}
	key := answer.KeyMetadata
	switch key.KeyState {
	case kmstypes.KeyStatePendingDeletion:
		return sight{stays: "AWS deletes it on " + day(key.DeletionDate) +
			"; until then `aws kms cancel-key-deletion` takes that back"}, nil
	case kmstypes.KeyStatePendingReplicaDeletion:
		return sight{stays: "AWS deletes it once its replicas are gone"}, nil
	}
	return sight{}, nil
}

// lookSecret tells a secret that was deleted from one that is in use.
func lookSecret(ctx context.Context, c clients, l Leftover) (sight, error) {
	answer, err := c.secrets.DescribeSecret(ctx, &secretsmanager.DescribeSecretInput{SecretId: &l.ARN})
	if err == nil && answer.DeletedDate != nil {
		return sight{stays: "deleted, and kept for its recovery window; its name is taken until that is over: " +
			"`aws secretsmanager restore-secret` takes the deletion back"}, nil
	}
	return seen(err)
}

func day(at *time.Time) string {
	if at == nil {
		return "a day that it does not say"
	}
	return at.UTC().Format(time.DateOnly)
}

func lookLogGroup(ctx context.Context, c clients, l Leftover) (sight, error) {
	answer, err := c.logs.DescribeLogGroups(ctx, &cloudwatchlogs.DescribeLogGroupsInput{LogGroupNamePrefix: &l.name})
	if err != nil {
		return sight{}, err
	}
	there := slices.ContainsFunc(answer.LogGroups, func(group logtypes.LogGroup) bool {
		return aws.ToString(group.LogGroupName) == l.name
	})
	return sight{gone: !there}, nil
}

func lookTopic(ctx context.Context, c clients, l Leftover) (sight, error) {
	_, err := c.sns.GetTopicAttributes(ctx, &sns.GetTopicAttributesInput{TopicArn: &l.ARN})
	return seen(err)
}

func lookAlarm(ctx context.Context, c clients, l Leftover) (sight, error) {
	answer, err := c.alarms.DescribeAlarms(ctx, &cloudwatch.DescribeAlarmsInput{AlarmNames: []string{l.name}})
	if err != nil {
		return sight{}, err
	}
	return sight{gone: len(answer.MetricAlarms)+len(answer.CompositeAlarms) == 0}, nil
}

func lookProject(ctx context.Context, c clients, l Leftover) (sight, error) {
	answer, err := c.codebuild.BatchGetProjects(ctx, &codebuild.BatchGetProjectsInput{Names: []string{l.name}})
	if err != nil {
		return sight{}, err
	}
	return sight{gone: len(answer.Projects) == 0}, nil
}

// lookParameter asks for no value, which may be a secret.
func lookParameter(ctx context.Context, c clients, l Leftover) (sight, error) {
	named := ssmtypes.ParameterStringFilter{
		Key: aws.String("Name"), Option: aws.String("Equals"), Values: []string{l.name},
	}
	answer, err := c.ssm.DescribeParameters(ctx,
		&ssm.DescribeParametersInput{ParameterFilters: []ssmtypes.ParameterStringFilter{named}})
	if err != nil {
		return sight{}, err
	}
	return sight{gone: len(answer.Parameters) == 0}, nil
}
