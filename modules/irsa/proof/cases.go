package proof

import (
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

// Case is a workload, the calls without which it does not work, and calls that someone who took it
// over would like to make.
type Case struct {
	Workload  workload.Workload
	Needed    []Call
	Forbidden []Call
}

// What the cases are about. The emulator takes any of it.
var (
	Scope = workload.Scope{
		Target: target.Target{
			Name:        "titan-prod",
			Environment: "prod",
			Partition:   "aws",
			AccountID:   "333333333333",
			Region:      "eu-west-1",
		},
		Cluster: "titan-prod-cluster",
	}

	ec2 = arns("ec2")

	dataKey       = arns("kms")("key/11111111-1111-1111-1111-111111111111")
	secretsKey    = arns("kms")("key/22222222-2222-2222-2222-222222222222")
	operationsKey = arns("kms")("key/33333333-3333-3333-3333-333333333333")
	otherKey      = arns("kms")("key/99999999-9999-9999-9999-999999999999")
	masterSecret  = arns("secretsmanager")("secret:rds!cluster-1-AbCdEf")
	userSecret    = arns("secretsmanager")("secret:db-credentials-prod-AbCdEf")
	grafanaSecret = arns("secretsmanager")("secret:grafana-prod-AbCdEf")
	// Of another environment, replicated to this region under a key of its own.
	replicatedSecret = arns("secretsmanager")("secret:db-credentials-other-AbCdEf")
	targetGroup      = arns("elasticloadbalancing")("targetgroup/titan-prod/1234567890123456")
	otherTargets     = arns("elasticloadbalancing")("targetgroup/other/1234567890123456")
	ownGroup         = arns("autoscaling")(
		"autoScalingGroup:11111111-1111-1111-1111-111111111111:autoScalingGroupName/eks-spot-1")
	databaseUser = arns("rds-db")("dbuser:cluster-ABC/birthday")
	cache        = arns("elasticache")("replicationgroup:titan-cache-prod")
	cacheUser    = arns("elasticache")("user:birthday-app")
)

const replicaKeyAlias = "alias/titan-other-second-secrets"

const vpcID = "vpc-0123456789abcdef0"

func arns(service string) func(string) string {
	return func(resource string) string {
		return Scope.ARN(service, resource)
	}
}

type keys map[string]string

// Cases are all the roles for service accounts that the platform has.
func Cases() []Case {
	return []Case{
		vpcCNI(), ebsCSI(), cloudWatch(), clusterAutoscaler(), loadBalancerController(), externalSecrets(), tracing(),
		alertmanager(), grafana(), databaseBootstrap(), application(),
	}
}
