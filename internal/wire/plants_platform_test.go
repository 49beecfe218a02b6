package wire

import (
	"fmt"
	"strings"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

// numbered writes a parameter once for each number from 1.
func numbered(count int, pattern string) []string { return strings.Split(many(count, pattern), ",") }

// clusterPlants break what EKS takes.
func clusterPlants() []plant {
	cluster := func(network string) *protocol.Request {
		return rest("eks", "POST", "/clusters", `{"name":"c","roleArn":"r",`+network+`}`)
	}
	group := func(more string) *protocol.Request {
		return rest("eks", "POST", "/clusters/c/node-groups",
			`{"nodegroupName":"n","subnets":["s"],"nodeRole":"r",`+more+`}`)
	}
	return []plant{
		planted("pattern", "[0-9A-Za-z]", rest("eks", "POST", "/clusters",
			`{"name":"-","roleArn":"r","resourcesVpcConfig":{}}`)),
		planted("documented: public endpoints of clusters", "203.0.113.0/24",
			cluster(`"resourcesVpcConfig":{"publicAccessCidrs":["203.0.113.0/24"]}`)),
		planted("documented: public endpoints of clusters", "10.1.0.0/16",
			cluster(`"resourcesVpcConfig":{"publicAccessCidrs":["10.1.0.0/16"]}`)),
		planted("documented: public endpoints of clusters", "40 blocks",
			cluster(`"resourcesVpcConfig":{"publicAccessCidrs":[`+many(41, `"8.8.%d.0/24"`)+`]}`)),
		planted("documented: services of clusters", "100.64.0.0/16",
			cluster(`"resourcesVpcConfig":{},"kubernetesNetworkConfig":{"serviceIpv4Cidr":"100.64.0.0/16"}`)),
		planted("documented: node groups", "Kubernetes label", group(`"labels":{"a b":"c"}`)),
		planted("documented: node groups", "minSize", group(`"scalingConfig":{"minSize":3,"desiredSize":2,"maxSize":4}`)),
		planted("documented: node groups", "none with a launch template",
			group(`"diskSize":20,"launchTemplate":{"id":"lt-1"}`)),
		planted("documented: configuration of add-ons", "JSON", rest("eks", "POST", "/clusters/c/addons",
			`{"addonName":"a","configurationValues":"{"}`)),
	}
}

// observabilityPlants break what CloudWatch, CloudWatch Logs and EventBridge take.
func observabilityPlants() []plant {
	expression := func(id, text string) string {
		return "AlarmName=e&EvaluationPeriods=1&ComparisonOperator=GreaterThanThreshold&Threshold=1&Metrics.member.1.Id=m1&" +
			"Metrics.member.1.ReturnData=false&Metrics.member.1.MetricStat.Metric.Namespace=N&Metrics.member.1.MetricStat.Metric.MetricName=M&" +
			"Metrics.member.1.MetricStat.Period=60&Metrics.member.1.MetricStat.Stat=Sum&Metrics.member.2.Id=" + id +
			"&Metrics.member.2.Expression=" + text
	}
	dashboard := func(widgets string) *protocol.Request {
		return form("monitoring", "PutDashboard", "DashboardName=d", `DashboardBody={"widgets":[`+widgets+`]}`)
	}
	raw := func(action, parameters string) *protocol.Request {
		request := form("monitoring", action)
		request.Body = append(request.Body, "&"+parameters...)
		return request
	}
	return []plant{
		planted("documented: metric alarms", "multiple of 60", alarm("Period=90")),
		planted("documented: metric alarms", "7 days", alarm("Period=86400", "EvaluationPeriods=8")),
		planted("documented: metric alarms", "1 days", alarm("Period=1800", "EvaluationPeriods=49")),
		planted("documented: metric alarms", "EvaluationPeriods", alarm("DatapointsToAlarm=2")),
		planted("documented: metric alarms", "us-east-1", alarm("Namespace=AWS/CloudFront")),
		planted("documented: metric alarms", "high-resolution", alarm("Period=10")),
		planted("documented: metric alarms", "one of Statistic", alarm("ExtendedStatistic=p99")),
		planted("documented: actions of alarms", "alarm's region",
			alarm("AlarmActions.member.1=arn:aws:sns:us-east-1:111111111111:t")),
		planted("documented: actions of alarms", "5 actions",
			alarm(numbered(6, "AlarmActions.member.%d=arn:aws:sns:eu-west-1:111111111111:t%d")...)),
		planted("documented: metric expressions", "an Id", raw("PutMetricAlarm", expression("e1", "m2*2"))),
		planted("documented: metric expressions", "[a-z]", raw("PutMetricAlarm", expression("E1", "m1*2"))),
		planted("documented: composite alarms", "100 alarms", form("monitoring", "PutCompositeAlarm", "AlarmName=c",
			"AlarmRule="+strings.ReplaceAll(many(101, "ALARM(a%d)"), ",", " OR "))),
		planted("documented: dashboards", "24 columns", dashboard(`{"type":"metric","x":20,"width":8,"height":6,
			"properties":{"metrics":[["A","B"]],"region":"r"}}`)),
		planted("documented: dashboards", "a region", dashboard(`{"type":"metric","properties":{"metrics":[["A","B"]]}}`)),
		planted("documented: dashboards", "pairs of dimensions",
			dashboard(`{"type":"metric","properties":{"region":"r","metrics":[["A","B","C"]]}}`)),

		planted("documented: metric filters", "no default value", target("logs", "Logs_20140328.PutMetricFilter",
			`{"logGroupName":"g","filterName":"f",
			"filterPattern":"","metricTransformations":[{"metricName":"m","metricNamespace":"n","metricValue":"1",
			"defaultValue":0,"dimensions":{"a":"$.b"}}]}`)),
		planted("documented: event patterns", "a list as each leaf", target("events", "AWSEvents.PutRule",
			`{"Name":"r","EventPattern":"{\"source\":\"aws.s3\"}"}`)),
		planted("documented: input transformers", "InputPathsMap", target("events", "AWSEvents.PutTargets", `{"Rule":"r",
			"Targets":[{"Id":"t",
			"Arn":"arn:aws:sns:eu-west-1:111111111111:t","InputTransformer":{"InputPathsMap":{"a":"$.a"},
			"InputTemplate":"<b>"}}]}`)),
	}
}

// deliveryPlants break what the rest takes.
func deliveryPlants() []plant {
	pipeline := func(stages string) *protocol.Request {
		return target("codepipeline", "CodePipeline_20150709.CreatePipeline", `{"pipeline":{"name":"p",
			"roleArn":"arn:aws:iam::111111111111:role/r",
			"stages":[`+stages+`]}}`)
	}
	stage := func(name, category, artifacts string) string {
		return fmt.Sprintf(`{"name":%q,"actions":[{"name":"a","actionTypeId":{"category":%q,"owner":"AWS","provider":"X",
			"version":"1"}%s}]}`,
			name, category, artifacts)
	}
	images := func(rules string) *protocol.Request {
		return target("ecr", "AmazonEC2ContainerRegistry_V20150921.PutLifecyclePolicy", fmt.Sprintf(
			`{"repositoryName":"ab","lifecyclePolicyText":%q}`, `{"rules":[`+rules+`]}`))
	}
	count := `"countType":"imageCountMoreThan","countNumber":5},"action":{"type":"expire"}}`
	return []plant{
		planted("documented: pipelines", "two stages", pipeline(stage("S", "Source", ""))),
		planted("documented: pipelines", "S/a", pipeline(stage("S", "Build", "")+","+stage("B", "Build", ""))),
		planted("documented: pipelines", "an action before", pipeline(stage("S", "Source", "")+","+stage("B", "Build",
			`,"inputArtifacts":[{"name":"x"}]`))),
		planted("documented: lifecycles of images", "comes last",
			images(`{"rulePriority":1,"selection":{"tagStatus":"any",`+count+
				`,{"rulePriority":2,"selection":{"tagStatus":"untagged",`+count)),
		planted("documented: lifecycles of images", "prefixes or patterns",
			images(`{"rulePriority":1,"selection":{"tagStatus":"tagged",`+count)),
		planted("documented: prefixes of delivery streams", "expressions", target("firehose",
			"Firehose_20150804.CreateDeliveryStream",
			`{"DeliveryStreamName":"d","ExtendedS3DestinationConfiguration":{"RoleARN":"arn:aws:iam::111111111111:role/r",
			"BucketARN":"arn:aws:s3:::b",
			"Prefix":"!{timestamp:yyyy}/"}}`)),
		planted("documented: budgets", "10 notifications", target("budgets", "AWSBudgetServiceGateway.CreateBudget",
			`{"AccountId":"111111111111",
			"Budget":{"BudgetName":"a","TimeUnit":"MONTHLY","BudgetType":"COST"},
			"NotificationsWithSubscribers":[`+many(11, `{"Subscribers":[],"N":%d}`)+`]}`)),
		planted("documented: values of parameters", "4096", target("ssm", "AmazonSSM.PutParameter",
			`{"Name":"/x","Type":"String","Value":"`+strings.Repeat("v", 4097)+`"}`)),
		planted("documented: values of secrets", "65536", target("secretsmanager", "secretsmanager.CreateSecret",
			`{"Name":"x","SecretString":"`+strings.Repeat("v", 65537)+`"}`)),
		planted("documented: names of certificates", "64", target("acm", "CertificateManager.RequestCertificate",
			`{"DomainName":"`+strings.Repeat("a", 61)+`.com"}`)),
		planted("documented: names of certificates", "10 names", target("acm", "CertificateManager.RequestCertificate",
			`{"DomainName":"example.com","SubjectAlternativeNames":[`+many(10, `"a%d.example.com"`)+`]}`)),
	}
}
