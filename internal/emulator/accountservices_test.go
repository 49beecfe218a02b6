package emulator

import (
	"net/http"
	"strings"
	"testing"
)

// step is a call to a stand-in and what comes back.
type step struct {
	method, path, target, body string // target is of the JSON protocol
	status                     int
	want                       string
}

func take(t *testing.T, service string, header map[string]string, steps []step) {
	t.Helper()
	proxy := nowhere(t)
	for _, s := range steps {
		headers := map[string]string{}
		for name, value := range header {
			headers[name] = value
		}
		if s.target != "" {
			headers["X-Amz-Target"] = s.target
		}
		status, body := call(t, proxy, s.method, s.path, service, headers, s.body)
		if status != s.status || !strings.Contains(body, s.want) {
			t.Errorf("%s %s %s: %d %s, want %d %s", s.method, s.path+s.target, s.body, status, body, s.status, s.want)
		}
	}
}

func TestGuardDuty(t *testing.T) {
	const id = "00000000000000000000000000000001"
	const both = `{"name":"S3_DATA_EVENTS","status":"DISABLED"},{"name":"RUNTIME_MONITORING","status":"DISABLED"}`
	take(t, "guardduty", nil, []step{
		{"GET", "/detector/" + id, "", "", 400, "not owned by the current account"},
		{"POST", "/detector", "", `{"enable":true,"findingPublishingFrequency":"ONE_HOUR","tags":{"k":"v"}}`, 200, id},
		{"POST", "/detector", "", `{"enable":true}`, 400, "a detector already exists"},
		{"GET", "/detector", "", "", 200, `["` + id + `"]`},
		{"POST", "/detector/" + id, "", `{"features":[{"name":"S3_DATA_EVENTS","status":"ENABLED"}]}`, 200, "{}"},
		{
			"POST",
			"/detector/" + id,
			"",
			`{"features":[` + both + `]}`,
			200,
			"{}",
		},
		{
			"GET",
			"/detector/" + id,
			"",
			"",
			200,
			`"features":[` + both + `]`,
		},
		{"GET", "/detector/" + id, "", "", 200, `"status":"ENABLED"`},
		{"DELETE", "/detector/" + id, "", "", 200, "{}"},
		{"GET", "/detector", "", "", 200, `"detectorIds":[]`},
	})
}

func TestAccessAnalyzer(t *testing.T) {
	const arn = "arn:aws:access-analyzer:eu-west-1:000000000000:analyzer/a"
	take(t, "access-analyzer", nil, []step{
		{"GET", "/analyzer/a", "", "", 404, "ResourceNotFoundException"},
		{"PUT", "/analyzer", "", `{"analyzerName":"a","type":"ACCOUNT","tags":{"k":"v"}}`, 200, arn},
		{"GET", "/analyzer/a", "", "", 200, `"status":"ACTIVE"`},
		{"GET", "/tags/" + arn, "", "", 200, `{"tags":{"k":"v"}}`},
		{"GET", "/analyzer/a/archive-rule/r", "", "", 404, "no archive rule r"},
		{"PUT", "/analyzer/a/archive-rule", "", `{"ruleName":"r","filter":{"isPublic":{"eq":["false"]}}}`, 200, "{}"},
		{"PUT", "/analyzer/a/archive-rule/r", "", `{"filter":{"isPublic":{"eq":["true"]}}}`, 200, "{}"},
		{"GET", "/analyzer/a/archive-rule/r", "", "", 200, `"filter":{"isPublic":{"eq":["true"]}}`},
		{"GET", "/analyzer/a/archive-rule", "", "", 200, `"ruleName":"r"`},
		{"DELETE", "/analyzer/a/archive-rule/r?clientToken=x", "", "", 200, "{}"},
		{"DELETE", "/analyzer/a?clientToken=x", "", "", 200, "{}"},
		{"GET", "/analyzer", "", "", 200, `"analyzers":[]`},
	})
}

func TestSecurityHub(t *testing.T) {
	const standard = "arn:aws:securityhub:eu-west-1::standards/cis/v/3.0.0"
	const subscription = "arn:aws:securityhub:eu-west-1:000000000000:subscription/cis/v/3.0.0"
	take(t, "securityhub", nil, []step{
		{"GET", "/accounts", "", "", 401, "InvalidAccessException"},
		{"POST", "/accounts", "", `{"EnableDefaultStandards":false}`, 200, "{}"},
		{"POST", "/accounts", "", `{}`, 409, "Account is already subscribed"},
		{"PATCH", "/accounts", "", `{"AutoEnableControls":false}`, 200, "{}"},
		{"GET", "/accounts?HubArn=x", "", "", 200, `"AutoEnableControls":false`},
		{
			"POST",
			"/standards/register",
			"",
			`{"StandardsSubscriptionRequests":[{"StandardsArn":"` + standard + `"}]}`,
			200,
			subscription,
		},
		{
			"POST",
			"/standards/get",
			"",
			`{"StandardsSubscriptionArns":["` + subscription + `"]}`,
			200,
			`"StandardsStatus":"READY"`,
		},
		{
			"POST",
			"/standards/deregister",
			"",
			`{"StandardsSubscriptionArns":["` + subscription + `"]}`,
			200,
			subscription,
		},
		{"POST", "/standards/get", "", `{}`, 200, `"StandardsSubscriptions":[]`},
		{"DELETE", "/accounts", "", "", 200, "{}"},
		{"GET", "/accounts", "", "", 401, "InvalidAccessException"},
	})
}

// AWS Config has an order, and the stand-in holds to it.
func TestConfigRecorders(t *testing.T) {
	config := func(action, body string, status int, want string) step {
		return step{"POST", "/", "StarlingDoveService." + action, body, status, want}
	}
	take(t, "config", nil, []step{
		config(
			"PutDeliveryChannel",
			`{"DeliveryChannel":{"name":"c"}}`,
			400,
			"NoAvailableConfigurationRecorderException",
		),
		config("PutConfigurationRecorder", `{"ConfigurationRecorder":{"name":"r","roleARN":"arn:r"}}`, 200, "{}"),
		config(
			"StartConfigurationRecorder",
			`{"ConfigurationRecorderName":"r"}`,
			400,
			"NoAvailableDeliveryChannelException",
		),
		config("PutDeliveryChannel", `{"DeliveryChannel":{"name":"c"}}`, 200, "{}"),
		config("StartConfigurationRecorder", `{"ConfigurationRecorderName":"r"}`, 200, "{}"),
		config("DescribeConfigurationRecorderStatus", `{"ConfigurationRecorderNames":["r"]}`, 200, `"recording":true`),
		config(
			"DescribeConfigurationRecorders",
			`{"ConfigurationRecorderNames":["other"]}`,
			400,
			"NoSuchConfigurationRecorderException",
		),
		config("DeleteDeliveryChannel", `{}`, 400, "LastDeliveryChannelDeleteFailedException"),
		config("StopConfigurationRecorder", `{}`, 200, "{}"),
		config("DeleteDeliveryChannel", `{}`, 200, "{}"),
		config("DeleteConfigurationRecorder", `{}`, 200, "{}"),
		config("DescribeDeliveryChannels", `{"DeliveryChannelNames":["c"]}`, 400, "NoSuchDeliveryChannelException"),
		config("DescribeConfigurationRecorders", `{}`, 200, `"ConfigurationRecorders":[]`),
	})
}

func TestShieldSubscription(t *testing.T) {
	shield := func(action, body string, status int, want string) step {
		return step{"POST", "/", "AWSShield_20160616." + action, body, status, want}
	}
	take(t, "shield", nil, []step{
		shield("DescribeSubscription", `{}`, 400, "ResourceNotFoundException"),
		shield("CreateSubscription", `{}`, 200, "{}"),
		shield("CreateSubscription", `{}`, 400, "ResourceAlreadyExistsException"),
		shield("UpdateSubscription", `{"AutoRenew":"DISABLED"}`, 400, "LockedSubscriptionException"),
		shield("DescribeSubscription", `{}`, 200, `"AutoRenew":"ENABLED"`),
	})
}

func TestAResourceHasOneShieldProtection(t *testing.T) {
	shield := func(action, body string, status int, want string) step {
		return step{"POST", "/", "AWSShield_20160616." + action, body, status, want}
	}
	const zone = `{"ResourceArn":"arn:aws:route53:::hostedzone/Z1"`
	take(t, "shield", nil, []step{
		shield("DescribeProtection", zone+"}", 400, "ResourceNotFoundException"),
		shield("CreateProtection", zone+`,"Name":"zone","Tags":[{"Key":"a","Value":"b"}]}`, 200, `"ProtectionId":"`),
		shield("CreateProtection", zone+`,"Name":"again"}`, 400, "ResourceAlreadyExistsException"),
		shield("DescribeProtection", zone+"}", 200, `"Name":"zone"`),
		shield("DeleteProtection", `{"ProtectionId":"another"}`, 400, "ResourceNotFoundException"),
		shield("DescribeSubscription", `{}`, 400, "ResourceNotFoundException"),
	})
}

func TestPublicAccessOfAnAccount(t *testing.T) {
	const path = "/v20180820/configuration/publicAccessBlock"
	const block = "<PublicAccessBlockConfiguration><IgnorePublicAcls>true</IgnorePublicAcls>"
	take(t, "s3", map[string]string{"X-Amz-Account-Id": "333333333333"}, []step{
		{"GET", path, "", "", 404, "<ErrorResponse><Error><Code>NoSuchPublicAccessBlockConfiguration</Code>"},
		{"PUT", path, "", block, 200, ""},
		{"GET", path, "", "", 200, block},
		{"DELETE", path, "", "", 204, ""},
		{"GET", path, "", "", 404, "NoSuchPublicAccessBlockConfiguration"},
	})
}

func TestEC2SettingsOfAnAccount(t *testing.T) {
	ec2 := func(form, want string) step { return step{"POST", "/", "", "Action=" + form, 200, want} }
	take(t, "ec2", query, []step{
		ec2("GetInstanceMetadataDefaults", "<accountLevel></accountLevel>"),
		ec2(
			"ModifyInstanceMetadataDefaults&HttpTokens=required&HttpEndpoint=no-preference&HttpPutResponseHopLimit=-1",
			"<return>true</return>",
		),
		ec2("GetInstanceMetadataDefaults", "<accountLevel><httpTokens>required</httpTokens></accountLevel>"),
		ec2("EnableSnapshotBlockPublicAccess&State=block-all-sharing", "<state>block-all-sharing</state>"),
		ec2("GetSnapshotBlockPublicAccessState", "<state>block-all-sharing</state>"),
		ec2("DisableSnapshotBlockPublicAccess", "<state>unblocked</state>"),
		ec2(
			"EnableImageBlockPublicAccess&ImageBlockPublicAccessState=block-new-sharing",
			"<imageBlockPublicAccessState>block-new-sharing<",
		),
		ec2("GetImageBlockPublicAccessState", "<imageBlockPublicAccessState>block-new-sharing<"),
		ec2("DisableImageBlockPublicAccess", "<imageBlockPublicAccessState>unblocked<"),
	})
}

// What the emulator answers by itself one day is left as it is.
func TestTrailsKeepTheirLogGroup(t *testing.T) {
	answers := map[string]string{
		"CreateTrail":    `{}`,
		"DescribeTrails": `{"trailList":[{"Name":"titan","HomeRegion":"eu-west-1"}]}`,
	}
	proxy := behind(t, func(w http.ResponseWriter, r *http.Request) {
		_, action, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
		_, _ = w.Write([]byte(answers[action]))
	})
	trail := func(action, body string) string {
		_, answer := call(
			t,
			proxy,
			"POST",
			"/",
			"cloudtrail",
			map[string]string{"X-Amz-Target": "CloudTrail_20131101." + action},
			body,
		)
		return answer
	}
	trail("CreateTrail", `{"Name":"titan","CloudWatchLogsLogGroupArn":"arn:group","CloudWatchLogsRoleArn":"arn:role",`+
		`"TagsList":[{"Key":"a","Value":"b"}]}`)
	if got := trail(
		"DescribeTrails",
		`{}`,
	); !strings.Contains(
		got,
		`"CloudWatchLogsLogGroupArn":"arn:group","CloudWatchLogsRoleArn":"arn:role"`,
	) {
		t.Errorf("got %s", got)
	}
	answers["DescribeTrails"] = `{"trailList":[{"Name":"titan","HomeRegion":"eu-west-1",` +
		`"CloudWatchLogsLogGroupArn":"arn:other","CloudWatchLogsRoleArn":"arn:other"}]}`
	if got := trail("DescribeTrails", `{}`); got != answers["DescribeTrails"] {
		t.Errorf("got %s", got)
	}
	const arn = "arn:aws:cloudtrail:eu-west-1:1:trail/titan"
	answers["ListTags"] = `{"ResourceTagList":[{"ResourceId":"` + arn + `","TagsList":[]}]}`
	if got := trail("ListTags", `{}`); !strings.Contains(got, `"TagsList":[{"Key":"a","Value":"b"}]`) {
		t.Errorf("the tags are %s", got)
	}
	answers["ListTags"] = `{"ResourceTagList":[{"ResourceId":"` + arn + `","TagsList":[{"Key":"c"}]}]}`
	if got := trail("ListTags", `{}`); got != answers["ListTags"] {
		t.Errorf("the emulator's own tags became %s", got)
	}
	calls := proxy.Calls()
	if first, second := calls[1].Completed, calls[2].Completed; len(first) != 2 || len(second) != 0 {
		t.Errorf("completed %v and %v", first, second)
	}
}
