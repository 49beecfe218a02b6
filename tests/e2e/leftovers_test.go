//go:build e2e

package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// inventory are calls that list what an environment makes, and what in their answers is a thing of ours. Each names its things by the
// environment's names, in a name or a tag.
var inventory = []struct {
	service, target, query, path string
	body                         string // of a target's call, empty being {}, or of a path that is posted to
	thing                        string // a pattern with what names of ours begin with as %s
}{
	{service: "ec2", query: "Action=DescribeVpcs", thing: `<value>(%s-vpc)</value>`},
	{service: "ec2", query: "Action=DescribeSubnets", thing: `<value>(%s-[a-z]+-[a-z0-9-]+)</value>`},
	{service: "ec2", query: "Action=DescribeRouteTables", thing: `<value>(%s-[a-z-]+)</value>`},
	{service: "ec2", query: "Action=DescribeInternetGateways", thing: `<value>(%s-internet)</value>`},
	{service: "ec2", query: "Action=DescribeAddresses", thing: `<value>(%s-nat-[a-z0-9-]+)</value>`},
	{service: "ec2", query: "Action=DescribeSecurityGroups", thing: `<groupName>(%s-[a-z-]+)</groupName>`},
	{service: "ec2", query: "Action=DescribeVpcEndpoints", thing: `<value>(%s-[a-z0-9.-]+)</value>`},
	{service: "ec2", query: "Action=DescribeFlowLogs", thing: `<logDestination>([^<]*%s[^<]*)</logDestination>`},
	{service: "kms", target: "TrentService.ListAliases", thing: `"(alias/%s-[a-z-]+)"`},
	{service: "logs", target: "Logs_20140328.DescribeLogGroups", thing: `"([^"]*%s[^"]*)"`},
	{service: "iam", query: "Action=ListRoles", thing: `<RoleName>(%s-[a-z-]+)</RoleName>`},
	{service: "ec2", query: "Action=DescribeLaunchTemplates", thing: `<launchTemplateName>(%s-[a-z0-9-]+)</launchTemplateName>`},
	{service: "eks", path: "/clusters", thing: `"(%s-cluster)"`},
	{service: "iam", query: "Action=ListOpenIDConnectProviders", thing: `(%s-cluster[^<]*)`},
	{service: "rds", query: "Action=DescribeDBClusters", thing: `<DBClusterIdentifier>(%s)</DBClusterIdentifier>`},
	{service: "rds", query: "Action=DescribeDBInstances", thing: `<DBInstanceIdentifier>(%s-[a-z0-9-]+)</DBInstanceIdentifier>`},
	{service: "rds", query: "Action=DescribeDBSubnetGroups", thing: `<DBSubnetGroupName>(%s)</DBSubnetGroupName>`},
	{service: "rds", query: "Action=DescribeDBClusterParameterGroups", thing: `<DBClusterParameterGroupName>(%s-[0-9]+)</DBClusterParameterGroupName>`},
	{service: "rds", query: "Action=DescribeDBClusterSnapshots", thing: `<DBClusterSnapshotIdentifier>(%s[a-z0-9-]*)</DBClusterSnapshotIdentifier>`},
	{service: "secretsmanager", target: "secretsmanager.ListSecrets", thing: `"(Secret managed by RDS for DB cluster %s)"`},
	{service: "elasticache", query: "Action=DescribeCacheClusters", thing: `<CacheClusterId>(%s[0-9-]*)</CacheClusterId>`},
	{service: "elasticache", query: "Action=DescribeReplicationGroups", thing: `<ReplicationGroupId>(%s)</ReplicationGroupId>`},
	{service: "elasticache", query: "Action=DescribeCacheSubnetGroups", thing: `<CacheSubnetGroupName>(%s)</CacheSubnetGroupName>`},
	{service: "elasticache", query: "Action=DescribeCacheParameterGroups", thing: `<CacheParameterGroupName>(%s-[a-z0-9]+)</CacheParameterGroupName>`},
	{service: "elasticache", query: "Action=DescribeUsers", thing: `<UserId>(%s-[a-z]+)</UserId>`},
	{service: "elasticache", query: "Action=DescribeUserGroups", thing: `<UserGroupId>(%s)</UserGroupId>`},
	{service: "elasticache", query: "Action=DescribeSnapshots", thing: `<SnapshotName>(%s[a-z0-9-]*)</SnapshotName>`},
	{service: "application-autoscaling", target: "AnyScaleFrontendService.DescribeScalableTargets", thing: `"cluster:(%s)"`},
	{service: "firehose", target: "Firehose_20150804.ListDeliveryStreams", thing: `"(%s-[a-z-]+)"`},
	{service: "backup", path: "/backup-vaults/", thing: `"BackupVaultName": ?"(%s[a-z-]*)"`},
	{service: "backup", path: "/backup/plans/", thing: `"BackupPlanName": ?"(%s-[a-z-]+)"`},
	{service: "s3", path: "/", thing: `<Name>(%s-[a-z0-9-]+)</Name>`},
	{service: "elasticloadbalancing", query: "Action=DescribeLoadBalancers", thing: `<LoadBalancerName>(%s-[a-z-]+)</LoadBalancerName>`},
	{service: "secretsmanager", target: "secretsmanager.ListSecrets", thing: `"Name": ?"(%s-[a-z-]+)"`},
	{service: "monitoring", query: "Action=DescribeAlarms&AlarmTypes.member.1=MetricAlarm&AlarmTypes.member.2=CompositeAlarm&MaxRecords=100", thing: `<AlarmName>(%s-[a-z0-9-]+)</AlarmName>`},
	{service: "monitoring", query: "Action=ListDashboards", thing: `<DashboardName>(%s)</DashboardName>`},
	{service: "logs", target: "Logs_20140328.DescribeMetricFilters", thing: `"filterName": ?"(%s-[a-z-]+)"`},
	{service: "sns", query: "Action=ListTopics", thing: `<TopicArn>[^<]+:(%s-[a-z-]+)</TopicArn>`},
	{service: "sns", query: "Action=ListSubscriptions", thing: `<TopicArn>[^<]+:(%s-[a-z-]+)</TopicArn>`},
	{service: "events", target: "AWSEvents.ListRules", thing: `"Name": ?"(%s-[a-z-]+)"`},
	{service: "budgets", target: "AWSBudgetServiceGateway.DescribeBudgets", body: `{"AccountId":"000000000000"}`, thing: `"BudgetName": ?"(%s-[a-z-]+)"`},
	{service: "xray", path: "/Groups", body: "{}", thing: `"GroupName": ?"(%s)"`},
	{service: "xray", path: "/GetSamplingRules", body: "{}", thing: `"RuleName": ?"(%s)"`},
	{service: "iam", query: "Action=ListPolicies&Scope=Local", thing: `<PolicyName>(%s)</PolicyName>`},
	{service: "iam", query: "Action=ListRoles", thing: `<RoleName>(%s)</RoleName>`},
	{service: "wafv2", target: "AWSWAF_20190729.ListWebACLs", body: `{"Scope":"CLOUDFRONT"}`, thing: `"Name": ?"(%s)"`},
	{service: "logs", target: "Logs_20140328.DescribeDeliverySources", thing: `"name": ?"(%s-[a-z-]+)"`},
	{service: "logs", target: "Logs_20140328.DescribeDeliveryDestinations", thing: `"name": ?"(%s-[a-z-]+)"`},
	{service: "cloudfront", path: "/2020-05-31/cache-policy?Type=custom", thing: `<Name>(%s-[a-z0-9-]+)</Name>`},
	{service: "cloudfront", path: "/2020-05-31/origin-request-policy?Type=custom", thing: `<Name>(%s-[a-z-]+)</Name>`},
	{service: "cloudfront", path: "/2020-05-31/response-headers-policy?Type=custom", thing: `<Name>(%s-[a-z0-9-]+)</Name>`},
	{service: "cloudfront", path: "/2020-05-31/function", thing: `<Name>(%s-[a-z-]+)</Name>`},
	{service: "cloudfront", path: "/2020-05-31/public-key", thing: `<Name>(%s-[a-z0-9-]+)</Name>`},
	{service: "cloudfront", path: "/2020-05-31/key-group", thing: `<Name>(%s-[a-z-]+)</Name>`},
	{service: "cloudfront", path: "/2020-05-31/origin-access-control", thing: `<Name>(%s-[a-z-]+)</Name>`},
	{service: "codebuild", target: "CodeBuild_20161006.ListProjects", thing: `"(%s-[a-z]+)"`},
	{service: "codepipeline", target: "CodePipeline_20150709.ListPipelines", thing: `"name": ?"(%s-[a-z-]+)"`},
	{service: "codeconnections", target: "CodeConnections_20231201.ListConnections", thing: `"ConnectionName": ?"(%s)"`},
	{service: "ecr", target: "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories", thing: `"repositoryName": ?"(%s/[a-z/-]+)"`},
	{service: "ssm", target: "AmazonSSM.DescribeParameters", thing: `"Name": ?"(/%s/[^"]+)"`},
	{service: "sns", query: "Action=ListTopics", thing: `<TopicArn>[^<]*:(%s-[a-z-]+)</TopicArn>`},
}

// nameless are calls that list what carries no environment's name, and how a thing looks there: with every environment gone, none is left.
var nameless = []struct{ service, target, query, path, thing string }{
	{service: "route53", path: "/2013-04-01/hostedzone", thing: `<HostedZone>.*?<Name>([^<]+)</Name>`},
	{service: "route53", path: "/2013-04-01/healthcheck", thing: `<HealthCheck>.*?<Id>([^<]+)</Id>`},
	{service: "elasticloadbalancing", query: "Action=DescribeTargetGroups", thing: `<TargetGroupName>([^<]+)</TargetGroupName>`},
	{service: "acm", target: "CertificateManager.ListCertificates", thing: `"CertificateArn": ?"([^"]+)"`},
	{service: "cloudfront", path: "/2020-05-31/distribution", thing: `<DistributionSummary>.*?<ARN>([^<]+)</ARN>`},
}

// nothingOfAnybodyIsLeft looks for what carries no environment's name.
func nothingOfAnybodyIsLeft(t *testing.T, d *deployment) {
	t.Helper()
	for _, region := range d.regions() {
		for _, list := range nameless {
			answer := ask(t, d.emulator.URL(), region, list.service, list.target, "", list.query, list.path)
			for _, thing := range regexp.MustCompile(list.thing).FindAllStringSubmatch(answer, -1) {
				t.Errorf("left in %s: %s %s", region, list.service, thing[1])
			}
		}
	}
}

// leftovers are the things of an environment that an emulator still holds in a region.
func leftovers(t *testing.T, endpoint, region string, beginnings ...string) []string {
	t.Helper()
	for i, beginning := range beginnings {
		beginnings[i] = regexp.QuoteMeta(beginning)
	}
	ours := "(?:" + strings.Join(beginnings, "|") + ")"
	var found []string
	for _, list := range inventory {
		answer := ask(t, endpoint, region, list.service, list.target, list.body, list.query, list.path)
		for _, thing := range regexp.MustCompile(fmt.Sprintf(list.thing, ours)).FindAllStringSubmatch(answer, -1) {
			found = append(found, list.service+" "+thing[1])
		}
	}
	return found
}

// ask makes one call. The emulator does not check the signature, only reads from it which service is meant.
func ask(t *testing.T, endpoint, region, service, target, body, query, path string) string {
	t.Helper()
	method, contentType := http.MethodPost, "application/x-amz-json-1.1"
	if body == "" && target != "" {
		body = "{}"
	}
	switch {
	case query != "":
		version := map[string]string{"ec2": "2016-11-15", "iam": "2010-05-08", "elasticloadbalancing": "2015-12-01", "monitoring": "2010-08-01", "sns": "2010-03-31",
			"rds": "2014-10-31", "elasticache": "2015-02-02"}[service]
		body, contentType = query+"&Version="+url.QueryEscape(version), "application/x-www-form-urlencoded"
	case path != "" && body == "":
		method = http.MethodGet
	}
	request, err := http.NewRequestWithContext(t.Context(), method, endpoint+path, strings.NewReader(body))
	must(t, err)
	request.Header.Set("Content-Type", contentType)
	if target != "" {
		request.Header.Set("X-Amz-Target", target)
	}
	request.Header.Set("Authorization", fmt.Sprintf("AWS4-HMAC-SHA256 Credential=test/20260101/%s/%s/aws4_request, SignedHeaders=host, Signature=0", region, service))
	response, err := http.DefaultClient.Do(request)
	must(t, err)
	defer func() { _ = response.Body.Close() }() // read to its end
	content, err := io.ReadAll(response.Body)
	must(t, err)
	if response.StatusCode != http.StatusOK {
		t.Fatalf("listing %s%s: %d %s", query, target, response.StatusCode, content)
	}
	return string(content)
}
