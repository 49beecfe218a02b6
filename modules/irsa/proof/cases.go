package proof

import (
	"github.com/titan-platform/titan/internal/target"
	"github.com/titan-platform/titan/modules/irsa/workload"
)

// Case is a workload, the calls without which it does not work, and calls that someone who took it over would like to make.
type Case struct {
	Workload  workload.Workload
	Needed    []Call
	Forbidden []Call
}

// What the cases are about. The emulator takes any of it.
var (
	Scope = workload.Scope{
		Target:  target.Target{Name: "titan-prod", Environment: "prod", Partition: "aws", AccountID: "333333333333", Region: "eu-west-1"},
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
	ownGroup         = arns("autoscaling")("autoScalingGroup:11111111-1111-1111-1111-111111111111:autoScalingGroupName/eks-spot-1")
	databaseUser     = arns("rds-db")("dbuser:cluster-ABC/birthday")
	cache            = arns("elasticache")("replicationgroup:titan-cache-prod")
	cacheUser        = arns("elasticache")("user:birthday-app")
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
		vpcCNI(), ebsCSI(), cloudWatch(), clusterAutoscaler(), loadBalancerController(), externalSecrets(), tracing(), alertmanager(), grafana(), databaseBootstrap(), application(),
	}
}

func vpcCNI() Case {
	inVPC := keys{"ec2:Vpc": ec2("vpc/" + vpcID)}
	elsewhere := keys{"ec2:Vpc": ec2("vpc/vpc-other")}
	own := keys{"aws:ResourceTag/kubernetes.io/cluster/titan-prod-cluster": "owned"}
	plugIn := workload.VPCCNI(Scope, vpcID)
	plugIn.Statements = append(plugIn.Statements, workload.PolicyLogs(Scope, "/aws/eks/titan-prod-cluster/cluster")...)
	return Case{
		Workload: plugIn,
		Needed: []Call{
			{"logs:DescribeLogGroups", "*", nil},
			{"logs:CreateLogGroup", arns("logs")("log-group:/aws/eks/titan-prod-cluster/cluster:log-stream:"), nil},
			{"logs:PutLogEvents", arns("logs")("log-group:/aws/eks/titan-prod-cluster/cluster:log-stream:1"), nil},
			{"ec2:DescribeNetworkInterfaces", "*", nil},
			{"ec2:CreateNetworkInterface", ec2("network-interface/eni-1"), nil},
			{"ec2:CreateNetworkInterface", ec2("subnet/subnet-1"), inVPC},
			{"ec2:CreateNetworkInterface", ec2("security-group/sg-1"), inVPC},
			{"ec2:CreateTags", ec2("network-interface/eni-1"), nil},
			{"ec2:AttachNetworkInterface", ec2("network-interface/eni-1"), inVPC},
			{"ec2:AttachNetworkInterface", ec2("instance/i-1"), own},
			{"ec2:AssignPrivateIpAddresses", ec2("network-interface/eni-1"), inVPC},
			{"ec2:DeleteNetworkInterface", ec2("network-interface/eni-1"), inVPC},
		},
		Forbidden: []Call{
			{"logs:PutLogEvents", arns("logs")("log-group:/aws/eks/titan-prod/other:log-stream:1"), nil},
			{"ec2:DeleteNetworkInterface", ec2("network-interface/eni-1"), elsewhere},
			{"ec2:CreateNetworkInterface", ec2("subnet/subnet-1"), elsewhere},
			{"ec2:AttachNetworkInterface", ec2("instance/i-1"), keys{"aws:ResourceTag/kubernetes.io/cluster/other": "owned"}},
			{"ec2:CreateTags", ec2("instance/i-1"), nil},
			{"ec2:TerminateInstances", ec2("instance/i-1"), own},
			{"ec2:AuthorizeSecurityGroupIngress", ec2("security-group/sg-1"), inVPC},
		},
	}
}

func ebsCSI() Case {
	volume, instance := ec2("volume/vol-1"), ec2("instance/i-1")
	own, node := keys{"aws:ResourceTag/ebs.csi.aws.com/cluster": "true"}, keys{"aws:ResourceTag/eks:cluster-name": Scope.Cluster}
	viaEC2 := keys{"kms:ViaService": "ec2.eu-west-1.amazonaws.com"}
	grant := keys{"kms:ViaService": "ec2.eu-west-1.amazonaws.com", "kms:GrantIsForAWSResource": "true"}
	return Case{
		Workload: workload.EBSCSI(Scope, dataKey),
		Needed: []Call{
			{"ec2:DescribeVolumes", "*", nil},
			{"ec2:CreateVolume", volume, keys{"aws:RequestTag/ebs.csi.aws.com/cluster": "true"}},
			{"ec2:CreateTags", volume, keys{"ec2:CreateAction": "CreateVolume"}},
			{"ec2:AttachVolume", volume, own},
			{"ec2:AttachVolume", instance, node},
			{"ec2:DetachVolume", volume, own},
			{"ec2:ModifyVolume", volume, own},
			{"ec2:DeleteVolume", volume, own},
			{"kms:GenerateDataKeyWithoutPlaintext", dataKey, viaEC2},
			{"kms:CreateGrant", dataKey, grant},
		},
		Forbidden: []Call{
			{"ec2:DeleteVolume", volume, keys{"aws:ResourceTag/Name": "database"}},
			{"ec2:AttachVolume", instance, keys{"aws:ResourceTag/eks:cluster-name": "other"}},
			{"ec2:CreateTags", volume, nil},
			{"ec2:CreateSnapshot", volume, own},
			{"kms:CreateGrant", dataKey, viaEC2},
			{"kms:CreateGrant", otherKey, grant},
			{"kms:Decrypt", dataKey, keys{"kms:ViaService": "s3.eu-west-1.amazonaws.com"}},
		},
	}
}

func cloudWatch() Case {
	logs := arns("logs")
	return Case{
		Workload: workload.CloudWatch(Scope),
		Needed: []Call{
			{"logs:CreateLogStream", logs("log-group:/aws/containerinsights/titan-prod-cluster/application:log-stream:a"), nil},
			{"logs:PutLogEvents", logs("log-group:/aws/containerinsights/titan-prod-cluster/performance:log-stream:a"), nil},
			{"ec2:DescribeTags", "*", nil},
		},
		Forbidden: []Call{
			{"logs:PutLogEvents", logs("log-group:/aws/eks/titan-prod-cluster/cluster:log-stream:a"), nil},
			{"logs:PutLogEvents", logs("log-group:/aws/containerinsights/titan-prod-cluster-2/application:log-stream:a"), nil},
			{"logs:DeleteLogGroup", logs("log-group:/aws/containerinsights/titan-prod-cluster/application:*"), nil},
			{"logs:PutRetentionPolicy", logs("log-group:/aws/containerinsights/titan-prod-cluster/application:*"), nil},
			{"logs:FilterLogEvents", logs("log-group:/aws/containerinsights/titan-prod-cluster/application:*"), nil},
		},
	}
}

func clusterAutoscaler() Case {
	own := keys{"aws:ResourceTag/k8s.io/cluster-autoscaler/titan-prod-cluster": "owned"}
	return Case{
		Workload: workload.ClusterAutoscaler(Scope),
		Needed: []Call{
			{"autoscaling:DescribeAutoScalingGroups", "*", nil},
			{"ec2:DescribeInstanceTypes", "*", nil},
			{"eks:DescribeNodegroup", arns("eks")("nodegroup/titan-prod-cluster/spot-1/1"), nil},
			{"autoscaling:SetDesiredCapacity", ownGroup, own},
			{"autoscaling:TerminateInstanceInAutoScalingGroup", ownGroup, own},
		},
		Forbidden: []Call{
			{"autoscaling:SetDesiredCapacity", ownGroup, keys{"aws:ResourceTag/k8s.io/cluster-autoscaler/other": "owned"}},
			{"autoscaling:UpdateAutoScalingGroup", ownGroup, own},
			{"eks:DescribeNodegroup", arns("eks")("nodegroup/other/spot-1/1"), nil},
			{"eks:DescribeCluster", arns("eks")("cluster/titan-prod-cluster"), nil},
			{"ec2:RunInstances", ec2("instance/*"), nil},
		},
	}
}

func loadBalancerController() Case {
	return Case{
		Workload: workload.LoadBalancerController(targetGroup),
		Needed: []Call{
			{"ec2:DescribeSecurityGroups", "*", nil},
			{"elasticloadbalancing:DescribeTargetHealth", "*", nil},
			{"elasticloadbalancing:RegisterTargets", targetGroup, nil},
			{"elasticloadbalancing:DeregisterTargets", targetGroup, nil},
		},
		Forbidden: []Call{
			{"elasticloadbalancing:RegisterTargets", otherTargets, nil},
			{"elasticloadbalancing:CreateLoadBalancer", arns("elasticloadbalancing")("loadbalancer/app/a/1"), nil},
			{"elasticloadbalancing:DeleteLoadBalancer", arns("elasticloadbalancing")("loadbalancer/app/titan-prod-alb/1"), nil},
			{"elasticloadbalancing:DeleteTargetGroup", targetGroup, nil},
			{"ec2:AuthorizeSecurityGroupIngress", ec2("security-group/sg-1"), nil},
		},
	}
}

// viaSecretsManager is what KMS sees when Secrets Manager decrypts a secret for its reader.
func viaSecretsManager(secret string) keys {
	return keys{"kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com", "kms:EncryptionContext:SecretARN": secret}
}

// named is a call's context with an alias of the key that it uses.
func named(context keys, alias string) keys {
	context["kms:ResourceAliases"] = alias
	return context
}

// own is a secret under the environment's own key.
func own(arn string) workload.Secret { return workload.Secret{ARN: arn, KeyARN: secretsKey} }

func externalSecrets() Case {
	return Case{
		Workload: workload.ExternalSecrets(Scope, own(userSecret), own(grafanaSecret), workload.Secret{ARN: replicatedSecret, KeyAlias: replicaKeyAlias}),
		Needed: []Call{
			{"secretsmanager:GetSecretValue", userSecret, nil},
			{"secretsmanager:GetSecretValue", grafanaSecret, nil},
			{"secretsmanager:GetSecretValue", replicatedSecret, nil},
			{"kms:Decrypt", secretsKey, viaSecretsManager(userSecret)},
			{"kms:Decrypt", otherKey, named(viaSecretsManager(replicatedSecret), replicaKeyAlias)},
		},
		Forbidden: []Call{
			{"secretsmanager:GetSecretValue", masterSecret, nil},
			{"kms:Decrypt", secretsKey, viaSecretsManager(masterSecret)},
			{"kms:Decrypt", secretsKey, viaSecretsManager(replicatedSecret)},
			{"kms:Decrypt", otherKey, named(viaSecretsManager(replicatedSecret), "alias/other")},
			{"kms:Decrypt", otherKey, named(viaSecretsManager(userSecret), replicaKeyAlias)},
			{"kms:Decrypt", otherKey, viaSecretsManager(userSecret)},
			{"secretsmanager:PutSecretValue", userSecret, nil},
			{"secretsmanager:ListSecrets", "*", nil},
		},
	}
}

func tracing() Case {
	return Case{
		Workload: workload.Tracing(Scope),
		Needed: []Call{
			{"logs:PutLogEvents", arns("logs")("log-group:/aws/containerinsights/titan-prod-cluster/events:log-stream:events"), nil},
			{"xray:PutTraceSegments", "*", nil},
			{"xray:GetSamplingRules", "*", nil},
			{"xray:GetSamplingStatisticSummaries", "*", nil},
		},
		Forbidden: []Call{
			{"xray:GetTraceSummaries", "*", nil},
			{"xray:DeleteSamplingRule", arns("xray")("sampling-rule/default"), nil},
			{"logs:PutLogEvents", arns("logs")("log-group:/aws/containerinsights/titan-prod-cluster/application:log-stream:events"), nil},
		},
	}
}

func alertmanager() Case {
	topic := arns("sns")("titan-prod-operations")
	viaSNS := keys{"kms:ViaService": "sns.eu-west-1.amazonaws.com"}
	return Case{
		Workload: workload.Alertmanager(Scope, topic, operationsKey),
		Needed: []Call{
			{"sns:Publish", topic, nil},
			{"kms:GenerateDataKey", operationsKey, viaSNS},
			{"kms:Decrypt", operationsKey, viaSNS},
		},
		Forbidden: []Call{
			{"sns:Publish", arns("sns")("other"), nil},
			{"sns:Subscribe", topic, nil},
			{"kms:GenerateDataKey", operationsKey, keys{"kms:ViaService": "s3.eu-west-1.amazonaws.com"}},
			{"kms:GenerateDataKey", otherKey, viaSNS},
		},
	}
}

func grafana() Case {
	logs := arns("logs")
	application := "log-group:/aws/containerinsights/titan-prod-cluster/application:*"
	return Case{
		Workload: workload.Grafana(Scope, workload.ContainerInsightsLogGroups(Scope.Cluster)...),
		Needed: []Call{
			{"cloudwatch:GetMetricData", "*", nil},
			{"xray:GetTraceSummaries", "*", nil},
			{"logs:StartQuery", logs(application), nil},
		},
		Forbidden: []Call{
			{"logs:StartQuery", logs("log-group:/aws/eks/titan-prod-cluster/cluster:*"), nil},
			{"cloudwatch:PutMetricAlarm", arns("cloudwatch")("alarm:a"), nil},
			{"cloudwatch:PutMetricData", "*", nil},
			{"xray:PutTraceSegments", "*", nil},
			{"logs:DeleteLogGroup", logs(application), nil},
		},
	}
}

func databaseBootstrap() Case {
	return Case{
		Workload: workload.DatabaseBootstrap(Scope, "birthday", own(masterSecret), workload.Secret{ARN: Scope.SecretNamed("db-credentials-prod"), KeyARN: secretsKey}),
		Needed: []Call{
			{"secretsmanager:GetSecretValue", masterSecret, nil},
			{"secretsmanager:GetSecretValue", userSecret, nil},
			{"kms:Decrypt", secretsKey, viaSecretsManager(masterSecret)},
		},
		Forbidden: []Call{
			{"secretsmanager:GetSecretValue", grafanaSecret, nil},
			{"secretsmanager:GetSecretValue", arns("secretsmanager")("secret:db-credentials-prod-old-AbCdEf"), nil},
			{"secretsmanager:UpdateSecret", masterSecret, nil},
			{"rds:ModifyDBCluster", arns("rds")("cluster:birthday-db-prod"), nil},
		},
	}
}

func application() Case {
	return Case{
		Workload: workload.Application("birthday-app", "birthday", workload.ApplicationAccess{
			DatabaseUserARNs: []string{databaseUser}, CacheARNs: []string{cache, cacheUser},
		}),
		Needed: []Call{
			{"rds-db:connect", databaseUser, nil},
			{"elasticache:Connect", cache, nil},
			{"elasticache:Connect", cacheUser, nil},
		},
		Forbidden: []Call{
			{"rds-db:connect", arns("rds-db")("dbuser:cluster-ABC/postgres"), nil},
			{"elasticache:Connect", arns("elasticache")("user:admin"), nil},
			{"secretsmanager:GetSecretValue", userSecret, nil},
			{"secretsmanager:GetSecretValue", masterSecret, nil},
		},
	}
}
