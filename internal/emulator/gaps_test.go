package emulator

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

func nowhere(t *testing.T) *Proxy {
	return behind(t, func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("passed on: %s %s", r.Method, r.URL)
		w.WriteHeader(http.StatusNotImplemented)
	})
}

func TestAddonVersions(t *testing.T) {
	proxy := nowhere(t)
	_, body := call(t, proxy, "GET", "/addons/supported-versions?addonName=vpc-cni&kubernetesVersion=1.35", "eks", nil, "")
	if !strings.Contains(body, `"addonVersion":"v1.20.4-eksbuild.2"`) || !strings.Contains(body, `"clusterVersion":"1.35"`) {
		t.Errorf("got %s", body)
	}
	if _, body = call(t, proxy, "GET", "/addons/supported-versions?addonName=none&kubernetesVersion=1.35", "eks", nil, ""); body != `{"addons":[]}` {
		t.Errorf("an unknown add-on: %s", body)
	}
}

func TestWebACLLogging(t *testing.T) {
	proxy := nowhere(t)
	waf := func(action, body string) (int, string) {
		return call(t, proxy, "POST", "/", "wafv2", map[string]string{"X-Amz-Target": "AWSWAF_20190729." + action}, body)
	}
	if status, body := waf("GetLoggingConfiguration", `{"ResourceArn":"arn:x"}`); status != 400 || !strings.Contains(body, "WAFNonexistentItemException") {
		t.Errorf("before it is made: %d %s", status, body)
	}
	configuration := `{"LoggingConfiguration":{"LogDestinationConfigs":["arn:log"],"ResourceArn":"arn:x"}}`
	for _, action := range []string{"PutLoggingConfiguration", "GetLoggingConfiguration"} {
		given := configuration
		if action == "GetLoggingConfiguration" {
			given = `{"ResourceArn":"arn:x"}`
		}
		if status, body := waf(action, given); status != 200 || body != configuration {
			t.Errorf("%s: %d %s", action, status, body)
		}
	}
	waf("DeleteLoggingConfiguration", `{"ResourceArn":"arn:x"}`)
	if status, _ := waf("GetLoggingConfiguration", `{"ResourceArn":"arn:x"}`); status != 400 {
		t.Errorf("after it is deleted: %d", status)
	}
}

func TestCalculatedHealthCheckKeepsItsChildren(t *testing.T) {
	const given = `<ChildHealthChecks><ChildHealthCheck>one</ChildHealthCheck><ChildHealthCheck>two</ChildHealthCheck></ChildHealthChecks>`
	proxy := behind(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `<R><HealthCheck><Id>0a-1b</Id><ChildHealthChecks><ChildHealthCheck/></ChildHealthChecks></HealthCheck></R>`)
	})
	call(t, proxy, "POST", "/2013-04-01/healthcheck", "route53", nil, `<C>`+given+`</C>`)
	if _, body := call(t, proxy, "GET", "/2013-04-01/healthcheck/0a-1b", "route53", nil, ""); !strings.Contains(body, given) {
		t.Errorf("got %s", body)
	}
	if _, body := call(t, proxy, "GET", "/2013-04-01/healthcheck/2c", "route53", nil, ""); strings.Contains(body, "one") {
		t.Errorf("another one has them: %s", body)
	}
}

func TestEBSDefaults(t *testing.T) {
	proxy := nowhere(t)
	ec2 := func(form string) string {
		_, body := call(t, proxy, "POST", "/", "ec2", query, form)
		return body
	}
	for _, step := range []struct{ form, want string }{
		{"Action=GetEbsEncryptionByDefault", "<ebsEncryptionByDefault>false</ebsEncryptionByDefault>"},
		{"Action=EnableEbsEncryptionByDefault", "<ebsEncryptionByDefault>true</ebsEncryptionByDefault>"},
		{"Action=GetEbsEncryptionByDefault", "<ebsEncryptionByDefault>true</ebsEncryptionByDefault>"},
		{"Action=GetEbsDefaultKmsKeyId", "<kmsKeyId>alias/aws/ebs</kmsKeyId>"},
		{"Action=ModifyEbsDefaultKmsKeyId&KmsKeyId=arn%3Akey", "<kmsKeyId>arn:key</kmsKeyId>"},
		{"Action=ResetEbsDefaultKmsKeyId", "<kmsKeyId>alias/aws/ebs</kmsKeyId>"},
	} {
		if got := ec2(step.form); !strings.Contains(got, step.want) {
			t.Errorf("%s: %s, want %s", step.form, got, step.want)
		}
	}
}

func TestClustersAndNodeGroupsAreRemembered(t *testing.T) {
	proxy := behind(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.Contains(r.URL.Path, "node-groups"):
			_, _ = fmt.Fprint(w, `{"nodegroup":{"nodegroupName":"n","updateConfig":{"maxUnavailable":1}}}`)
		default:
			_, _ = fmt.Fprint(w, `{"cluster":{"name":"c","identity":{"oidc":{"issuer":"http://localhost:4566/oidc/ABC"}}}}`)
		}
	})
	call(t, proxy, "POST", "/clusters", "eks", nil, `{"name":"c","upgradePolicy":{"supportType":"STANDARD"}}`)
	_, cluster := call(t, proxy, "GET", "/clusters/c", "eks", nil, "")
	for _, want := range []string{`"upgradePolicy":{"supportType":"STANDARD"}`, `"issuer":"https://oidc.eks.eu-west-1.amazonaws.com/id/ABC"`} {
		if !strings.Contains(cluster, want) {
			t.Errorf("no %s in %s", want, cluster)
		}
	}
	call(t, proxy, "POST", "/clusters/c/node-groups", "eks", nil, `{"nodegroupName":"n","launchTemplate":{"id":"lt-1"},"updateConfig":{"maxUnavailable":9}}`)
	_, group := call(t, proxy, "GET", "/clusters/c/node-groups/n", "eks", nil, "")
	if !strings.Contains(group, `"launchTemplate":{"id":"lt-1"}`) || !strings.Contains(group, `"maxUnavailable":1`) {
		t.Errorf("got %s", group)
	}
	_, other := call(t, proxy, "GET", "/clusters/other", "eks", nil, "")
	if strings.Contains(other, "upgradePolicy") {
		t.Errorf("another cluster got what this one was given: %s", other)
	}
}

func TestKeysOfALaunchTemplatesVolumesAreRemembered(t *testing.T) {
	const item = `<item><launchTemplateId>lt-1</launchTemplateId><versionNumber>1</versionNumber><launchTemplateData><blockDeviceMappingSet>` +
		`<item><ebs><encrypted>true</encrypted></ebs></item></blockDeviceMappingSet></launchTemplateData></item>`
	proxy := behind(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if strings.Contains(string(body), "Action=CreateLaunchTemplate") {
			_, _ = fmt.Fprint(w, `<launchTemplate><launchTemplateId>lt-1</launchTemplateId><latestVersionNumber>1</latestVersionNumber></launchTemplate>`)
			return
		}
		_, _ = fmt.Fprint(w, item)
	})
	call(t, proxy, "POST", "/", "ec2", query, "Action=CreateLaunchTemplate&LaunchTemplateData.BlockDeviceMapping.1.Ebs.KmsKeyId=arn%3Akey")
	_, got := call(t, proxy, "POST", "/", "ec2", query, "Action=DescribeLaunchTemplateVersions")
	if want := strings.Replace(item, "<ebs>", "<ebs><kmsKeyId>arn:key</kmsKeyId>", 1); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestRulesOfPrefixListsAreKept(t *testing.T) {
	proxy := nowhere(t)
	ec2 := func(form string) (int, string) { return call(t, proxy, "POST", "/", "ec2", query, form) }
	_, made := ec2("Action=AuthorizeSecurityGroupIngress&GroupId=sg-1&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=443&IpPermissions.1.ToPort=443" +
		"&IpPermissions.1.PrefixListIds.1.PrefixListId=pl-1&IpPermissions.1.PrefixListIds.1.Description=CloudFront")
	for _, want := range []string{"<prefixListId>pl-1</prefixListId>", "<isEgress>false</isEgress>", "<fromPort>443</fromPort>", "<description>CloudFront</description>"} {
		if !strings.Contains(made, want) {
			t.Errorf("no %s in %s", want, made)
		}
	}
	const id = "sgr-00000000000000001"
	if status, body := ec2("Action=DescribeSecurityGroupRules&SecurityGroupRuleId.1=" + id); status != 200 || !strings.Contains(body, "pl-1") {
		t.Errorf("described as %d %s", status, body)
	}
	ec2("Action=RevokeSecurityGroupIngress&SecurityGroupRuleId.1=" + id)
	if status, body := ec2("Action=DescribeSecurityGroupRules&SecurityGroupRuleId.1=" + id); status != 400 || !strings.Contains(body, "InvalidSecurityGroupRuleId.NotFound") {
		t.Errorf("revoked, it is described as %d %s", status, body)
	}
}

// An answer of the query protocol gets back what the call that made the thing held, in the answer's own form.
func TestAlarmsAreRememberedWhole(t *testing.T) {
	const alarm = `<MetricAlarms><member><AlarmName>down</AlarmName><Threshold>1.0</Threshold></member><member><AlarmName>other</AlarmName></member></MetricAlarms>`
	proxy := behind(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, alarm) })
	call(t, proxy, "POST", "/", "monitoring", query, "Action=PutMetricAlarm&Version=2010-08-01&AlarmName=down&Threshold=1&Period=60"+
		"&Dimensions.member.2.Name=B&Dimensions.member.2.Value=2&Dimensions.member.1.Name=A&Dimensions.member.1.Value=1%261&Tags.member.1.Key=x")
	_, got := call(t, proxy, "POST", "/", "monitoring", query, "Action=DescribeAlarms")
	want := `<MetricAlarms><member><AlarmName>down</AlarmName><Threshold>1.0</Threshold>` +
		`<Dimensions><member><Name>A</Name><Value>1&amp;1</Value></member><member><Name>B</Name><Value>2</Value></member></Dimensions><Period>60</Period></member>` +
		`<member><AlarmName>other</AlarmName></member></MetricAlarms>`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestEmptyHeaderConfigsAreTakenOut(t *testing.T) {
	const kept = `<ResponseHeadersPolicyConfig><Name>h</Name></ResponseHeadersPolicyConfig>`
	proxy := behind(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, strings.Replace(kept, "</Name>", "</Name><CustomHeadersConfig><Quantity>0</Quantity><Items /></CustomHeadersConfig>", 1))
	})
	if _, got := call(t, proxy, "GET", "/2020-05-31/response-headers-policy/x", "cloudfront", nil, ""); got != kept {
		t.Errorf("got %s", got)
	}
}
