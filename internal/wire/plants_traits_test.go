package wire

import (
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

// many writes a pattern once for each number from 1, with commas between.
func many(count int, pattern string) string {
	var parts []string
	for i := range count {
		parts = append(parts, strings.ReplaceAll(pattern, "%d", fmt.Sprint(i+1)))
	}
	return strings.Join(parts, ",")
}

// authorize adds a rule for port 443 to a security group.
func authorize(parameters ...string) *protocol.Request {
	return form("ec2", "AuthorizeSecurityGroupIngress", append([]string{
		"GroupId=sg-1", "IpPermissions.1.IpProtocol=tcp", "IpPermissions.1.FromPort=443", "IpPermissions.1.ToPort=443",
	}, parameters...)...)
}

// alarm makes a metric alarm; a parameter of the same name comes instead of its own.
func alarm(parameters ...string) *protocol.Request {
	own := []string{"AlarmName=a", "EvaluationPeriods=1", "ComparisonOperator=GreaterThanThreshold", "Threshold=1",
		"MetricName=M",
		"Namespace=AWS/EC2", "Statistic=Sum", "Period=60"}
	for _, parameter := range parameters {
		name, _, _ := strings.Cut(parameter, "=")
		own = slices.DeleteFunc(own, func(one string) bool { return strings.HasPrefix(one, name+"=") })
	}
	return form("monitoring", "PutMetricAlarm", append(own, parameters...)...)
}

// traitPlants break constraints that the models have.
func traitPlants() []plant {
	long := strings.Repeat("a", 70)
	return []plant{
		planted("required", "DomainName", target("acm", "CertificateManager.RequestCertificate", `{}`)),
		planted("enum", "elasticmapreduce", target("application-autoscaling",
			"AnyScaleFrontendService.RegisterScalableTarget",
			`{"ServiceNamespace":"nonsense","ResourceId":"cluster:c","ScalableDimension":"rds:cluster:ReadReplicaCount"}`)),
		planted("pattern of the whole value", "a — b", form("iam", "CreateRole", "RoleName=r",
			"AssumeRolePolicyDocument="+trust(), "Description=a — b")),
		planted("pattern of the whole value", "a b", target("logs", "Logs_20140328.PutRetentionPolicy",
			`{"logGroupName":"a b","retentionInDays":30}`)),
		planted("pattern", "a:b", target("budgets", "AWSBudgetServiceGateway.CreateBudget",
			`{"AccountId":"111111111111","Budget":{"BudgetName":"a:b","TimeUnit":"MONTHLY","BudgetType":"COST"}}`)),
		planted("type", "integer", target("logs", "Logs_20140328.PutRetentionPolicy",
			`{"logGroupName":"a","retentionInDays":"thirty"}`)),
		planted("type", "string", target("kms", "TrentService.DescribeKey", `{"KeyId":7}`)),
		planted("type", "boolean", form("ec2", "CreateVpc", "CidrBlock=10.0.0.0/16", "DryRun=perhaps")),
		planted("unknown member", ".Colour", target("kms", "TrentService.CreateKey", `{"Colour":"red"}`)),
		planted("unknown member", ".Colour", form("ec2", "CreateVpc", "CidrBlock=10.0.0.0/16", "Colour=red")),
		planted("unknown member", "?colour", rest("eks", "GET", "/clusters?colour=red", "")),
		planted("unknown member", ".Colour", rest("s3", "PUT", "/bucket?versioning",
			`<VersioningConfiguration><Colour>red</Colour></VersioningConfiguration>`)),
		planted("min", ">= 5", target("codebuild", "CodeBuild_20161006.CreateProject", `{"name":"project",
			"source":{"type":"NO_SOURCE"},
			"artifacts":{"type":"NO_ARTIFACTS"},"serviceRole":"role","timeoutInMinutes":1,
			"environment":{"type":"LINUX_CONTAINER","image":"i","computeType":"BUILD_GENERAL1_SMALL"}}`)),
		planted("max", "<= 365", target("kms", "TrentService.ScheduleKeyDeletion",
			`{"KeyId":"k","PendingWindowInDays":366}`)),
		planted("min characters", ">= 1", target("kms", "TrentService.DescribeKey", `{"KeyId":""}`)),
		planted("max characters", "<= 64", form("iam", "CreateRole", "RoleName="+long, "AssumeRolePolicyDocument="+trust())),
		planted("max characters", "<= 32", target("codeconnections",
			"com.amazonaws.codeconnections.CodeConnections_20231201.CreateConnection",
			`{"ConnectionName":"`+long+`","ProviderType":"GitHub"}`)),
		planted("max characters", "<= 32", rest("xray", "POST", "/CreateGroup", `{"GroupName":"`+long+`"}`)),
		planted("min items", ">= 1", target("events", "AWSEvents.PutTargets", `{"Rule":"r","Targets":[]}`)),
		planted("max items", "<= 10", target("kms", "TrentService.DescribeKey",
			`{"KeyId":"k","GrantTokens":["1","2","3","4","5","6","7","8","9","10","11"]}`)),
		planted("max entries", "<= 50", rest("eks", "POST", "/tags/arn", `{"tags":{`+many(51, `"k%d":"v"`)+`}}`)),
		planted("max bytes", "<= 4096", target("kms", "TrentService.Encrypt",
			`{"KeyId":"k","Plaintext":"`+strings.Repeat("AAAA", 2000)+`"}`)),
		planted("union", "exactly one", target("logs", "Logs_20140328.PutIntegration",
			`{"integrationName":"i","integrationType":"OPENSEARCH","resourceConfig":{}}`)),
		planted("not decoded", "no model has the target", target("kms", "TrentService.PaintKey", `{}`)),
		planted("not decoded", "models.sha256", target("nonsense", "Nonsense.Do", `{}`)),
		planted("not decoded", "JSON", target("kms", "TrentService.CreateKey", `{`)),
		planted("not decoded", "no model of", rest("eks", "GET", "/nonsense", "")),
	}
}

// wordPlants break rules that the models say in words.
func wordPlants() []plant {
	return []plant{
		planted("words: characters", "it's", authorize("IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0/8",
			"IpPermissions.1.IpRanges.1.Description=it's")),
		planted("words: characters", "a->b", authorize("IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0/8",
			"IpPermissions.1.IpRanges.1.Description=a->b")),
		planted("words: length", "255", authorize("IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0/8",
			"IpPermissions.1.IpRanges.1.Description="+strings.Repeat("x", 256))),
		planted("words: name", "hyphens", form("rds", "CreateDBCluster", "DBClusterIdentifier=a--b",
			"Engine=aurora-postgresql")),
		planted("words: range", "5", form("elasticloadbalancing", "CreateTargetGroup", "Name=t",
			"HealthCheckIntervalSeconds=1")),
		planted("words: values", "breaching", alarm("TreatMissingData=nonsense")),
	}
}
