package emulator

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestScalableTargetsAndPolicies(t *testing.T) {
	proxy := nowhere(t)
	scale := func(action, body string) (int, string) {
		return call(t, proxy, "POST", "/", "application-autoscaling", map[string]string{"X-Amz-Target": "AnyScaleFrontendService." + action}, body)
	}
	const cluster = `"ServiceNamespace":"rds","ScalableDimension":"rds:cluster:ReadReplicaCount"`
	if status, body := scale("PutScalingPolicy", `{`+cluster+`,"ResourceId":"cluster:c","PolicyName":"p"}`); status != 400 || !strings.Contains(body, "ObjectNotFoundException") {
		t.Errorf("a policy of no target: %d %s", status, body)
	}
	for _, step := range []struct{ action, body, want string }{
		{"DescribeScalableTargets", `{` + cluster + `,"ResourceIds":["cluster:c"]}`, `{"ScalableTargets":[]}`},
		{"RegisterScalableTarget", `{` + cluster + `,"ResourceId":"cluster:c","MinCapacity":2,"MaxCapacity":4,"Tags":{"a":"1"}}`, `:scalable-target/`},
		{"RegisterScalableTarget", `{` + cluster + `,"ResourceId":"cluster:c","MaxCapacity":6}`, `:scalable-target/`},
		{"DescribeScalableTargets", `{` + cluster + `,"ResourceIds":["cluster:c"]}`, `"MaxCapacity":6,"MinCapacity":2`},
		{"DescribeScalableTargets", `{}`, `"ResourceId":"cluster:c"`},
		{"PutScalingPolicy", `{` + cluster + `,"ResourceId":"cluster:c","PolicyName":"p","PolicyType":"TargetTrackingScaling"}`, `"PolicyARN"`},
		{"DescribeScalingPolicies", `{` + cluster + `,"ResourceId":"cluster:c","PolicyNames":["p"]}`, `"PolicyType":"TargetTrackingScaling"`},
		{"DeleteScalingPolicy", `{` + cluster + `,"ResourceId":"cluster:c","PolicyName":"p"}`, `{}`},
		{"DescribeScalingPolicies", `{` + cluster + `,"ResourceId":"cluster:c"}`, `{"ScalingPolicies":[]}`},
		{"DeregisterScalableTarget", `{` + cluster + `,"ResourceId":"cluster:c"}`, `{}`},
		{"DescribeScalableTargets", `{}`, `{"ScalableTargets":[]}`},
	} {
		if status, body := scale(step.action, step.body); status != 200 || !strings.Contains(body, step.want) {
			t.Errorf("%s %s: %d %s, want %s", step.action, step.body, status, body, step.want)
		}
	}
	if status, body := scale("DeregisterScalableTarget", `{`+cluster+`,"ResourceId":"cluster:c"}`); status != 400 || !strings.Contains(body, "ObjectNotFoundException") {
		t.Errorf("deregistered twice: %d %s", status, body)
	}
}

func TestTagsOfScalableTargets(t *testing.T) {
	proxy := nowhere(t)
	scale := func(action, body string) string {
		_, answer := call(t, proxy, "POST", "/", "application-autoscaling", map[string]string{"X-Amz-Target": "AnyScaleFrontendService." + action}, body)
		return answer
	}
	scale("TagResource", `{"ResourceARN":"arn:x","Tags":{"a":"1","b":"2"}}`)
	scale("UntagResource", `{"ResourceARN":"arn:x","TagKeys":["a"]}`)
	if got := scale("ListTagsForResource", `{"ResourceARN":"arn:x"}`); got != `{"Tags":{"b":"2"}}` {
		t.Errorf("got %s", got)
	}
}

// saying answers each action of the query protocol with a body.
func saying(t *testing.T, answers map[string]string) *Proxy {
	t.Helper()
	return behind(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		for action, answer := range answers {
			if strings.Contains(string(body), "Action="+action+"&") {
				_, _ = fmt.Fprint(w, answer)
			}
		}
	})
}

func TestClustersOfAuroraAreRememberedWhole(t *testing.T) {
	proxy := saying(t, map[string]string{
		"CreateDBCluster": `<DBCluster><DBClusterIdentifier>c</DBClusterIdentifier><Endpoint>c.cluster-1</Endpoint><ReaderEndpoint>c.cluster-ro-1</ReaderEndpoint></DBCluster>`,
		"DescribeDBClusters": `<DBClusters><DBCluster><DBClusterIdentifier>other</DBClusterIdentifier><Endpoint>localhost</Endpoint></DBCluster>` +
			`<DBCluster><DBClusterIdentifier>c</DBClusterIdentifier><Endpoint>localhost</Endpoint><ReaderEndpoint>localhost</ReaderEndpoint></DBCluster></DBClusters>`,
	})
	call(t, proxy, "POST", "/", "rds", query, "Action=CreateDBCluster&DBClusterIdentifier=c&DatabaseInsightsMode=standard&EnablePerformanceInsights=true"+
		"&EnableCloudwatchLogsExports.member.1=postgresql&EnableCloudwatchLogsExports.member.2=instance")
	call(t, proxy, "POST", "/", "rds", query, "Action=ModifyDBCluster&DBClusterIdentifier=c&DatabaseInsightsMode=advanced")
	_, got := call(t, proxy, "POST", "/", "rds", query, "Action=DescribeDBClusters&")
	want := `<DBClusters><DBCluster><DBClusterIdentifier>other</DBClusterIdentifier><Endpoint>localhost</Endpoint></DBCluster>` +
		`<DBCluster><DBClusterIdentifier>c</DBClusterIdentifier><Endpoint>c.cluster-1</Endpoint><ReaderEndpoint>c.cluster-ro-1</ReaderEndpoint>` +
		`<PerformanceInsightsEnabled>true</PerformanceInsightsEnabled>` +
		`<EnabledCloudwatchLogsExports><member>postgresql</member><member>instance</member></EnabledCloudwatchLogsExports>` +
		`<DatabaseInsightsMode>advanced</DatabaseInsightsMode></DBCluster></DBClusters>`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCacheNodesAreRememberedWhole(t *testing.T) {
	proxy := saying(t, map[string]string{
		"DescribeCacheClusters": `<CacheCluster><CacheClusterId>c</CacheClusterId><SecurityGroups></SecurityGroups><LogDeliveryConfigurations></LogDeliveryConfigurations></CacheCluster>`,
	})
	const log = "LogDeliveryConfigurations.LogDeliveryConfigurationRequest.1."
	call(t, proxy, "POST", "/", "elasticache", query, "Action=CreateCacheCluster&CacheClusterId=c&AutoMinorVersionUpgrade=true&SecurityGroupIds.SecurityGroupId.1=sg-1&"+
		log+"LogType=slow-log&"+log+"LogFormat=json&"+log+"DestinationType=cloudwatch-logs&"+log+"DestinationDetails.CloudWatchLogsDetails.LogGroup=%2Fg")
	_, got := call(t, proxy, "POST", "/", "elasticache", query, "Action=DescribeCacheClusters&")
	want := `<CacheCluster><CacheClusterId>c</CacheClusterId><AutoMinorVersionUpgrade>true</AutoMinorVersionUpgrade>` +
		`<SecurityGroups><member><SecurityGroupId>sg-1</SecurityGroupId><Status>active</Status></member></SecurityGroups>` +
		`<LogDeliveryConfigurations><LogDeliveryConfiguration><LogType>slow-log</LogType><LogFormat>json</LogFormat><DestinationType>cloudwatch-logs</DestinationType>` +
		`<DestinationDetails><CloudWatchLogsDetails><LogGroup>/g</LogGroup></CloudWatchLogsDetails></DestinationDetails><Status>active</Status></LogDeliveryConfiguration></LogDeliveryConfigurations></CacheCluster>`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestUsersThatLogInByIAMAreRemembered(t *testing.T) {
	const users = `<Users><member><UserId>app</UserId><UserGroupIds><member>g</member></UserGroupIds><Type>no-password</Type></member><member><UserId>off</UserId><Type>no-password</Type></member></Users>`
	proxy := saying(t, map[string]string{"DescribeUsers": users})
	call(t, proxy, "POST", "/", "elasticache", query, "Action=CreateUser&UserId=app&AuthenticationMode.Type=iam")
	call(t, proxy, "POST", "/", "elasticache", query, "Action=CreateUser&UserId=off&NoPasswordRequired=true")
	_, got := call(t, proxy, "POST", "/", "elasticache", query, "Action=DescribeUsers&")
	if want := strings.Replace(users, "no-password", "iam", 1); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestReplicationGroupsAreRememberedWhole(t *testing.T) {
	const group = `<ReplicationGroup><ReplicationGroupId>g</ReplicationGroupId></ReplicationGroup>`
	const members = `<CacheCluster><CacheClusterId>g-0001-001</CacheClusterId></CacheCluster><CacheCluster><CacheClusterId>other</CacheClusterId></CacheCluster>`
	proxy := saying(t, map[string]string{"DescribeReplicationGroups": group, "DescribeCacheClusters": members})
	call(t, proxy, "POST", "/", "elasticache", query, "Action=CreateReplicationGroup&ReplicationGroupId=g&AutoMinorVersionUpgrade=true&KmsKeyId=arn%3Ak")
	for action, want := range map[string]string{
		"DescribeReplicationGroups": strings.Replace(group, "</ReplicationGroup>", "<KmsKeyId>arn:k</KmsKeyId></ReplicationGroup>", 1),
		"DescribeCacheClusters":     strings.Replace(members, "</CacheCluster>", "<AutoMinorVersionUpgrade>true</AutoMinorVersionUpgrade></CacheCluster>", 1),
	} {
		if _, got := call(t, proxy, "POST", "/", "elasticache", query, "Action="+action+"&"); got != want {
			t.Errorf("%s: got %s, want %s", action, got, want)
		}
	}
}

func TestParametersOfTheSystemAreLeftOutWhereTheUsersAreAskedFor(t *testing.T) {
	const users = `<P><Parameters><Parameter><ParameterName>b</ParameterName><Source>user</Source></Parameter></Parameters></P>`
	all := strings.Replace(users, "<Parameters>", "<Parameters><Parameter><ParameterName>a</ParameterName><Source>system</Source></Parameter>", 1)
	proxy := saying(t, map[string]string{"DescribeCacheParameters": all})
	if _, got := call(t, proxy, "POST", "/", "elasticache", query, "Action=DescribeCacheParameters&Source=user"); got != users {
		t.Errorf("the user's: %s", got)
	}
	if _, got := call(t, proxy, "POST", "/", "elasticache", query, "Action=DescribeCacheParameters&"); got != all {
		t.Errorf("all: %s", got)
	}
}
