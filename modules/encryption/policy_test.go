package encryption

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/iampolicy"
	"github.com/titan-platform/titan/internal/target"
)

const account = "333333333333"

var (
	ireland  = target.Target{Partition: "aws", AccountID: account, Region: "eu-west-1"}
	virginia = ireland.In(globalRegion)
)

func TestEveryUseIsNarrow(t *testing.T) {
	uses := append(autoScaling(ireland), logGroups(ireland), logDelivery(ireland))
	uses = append(uses, publishers(ireland)...)
	uses = append(uses, logGroups(virginia), logDelivery(virginia), alarms(virginia))
	uses = append(uses, trailLogs(ireland.ARN("cloudtrail", "trail/titan")), configHistory(ireland))
	for _, use := range uses {
		if found := problems(use, account); len(found) > 0 {
			t.Errorf("%s: %v", use.Sid, found)
		}
	}
}

func TestPolicyRefusesWideStatements(t *testing.T) {
	use := func(principal *iampolicy.Principal, conditions iampolicy.Conditions) iampolicy.Statement {
		return iampolicy.Statement{
			Sid:       "Use",
			Effect:    iampolicy.Allow,
			Principal: principal,
			Action:    []string{"kms:Decrypt"},
			Resource:  []string{"*"},
			Condition: conditions,
		}
	}
	role := "arn:aws:iam::" + account + ":role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
	everything := use(iampolicy.Account("aws", account), nil)
	everything.Action = []string{"kms:*"}
	for name, test := range map[string]struct {
		use  iampolicy.Statement
		want string
	}{
		"service-linked role as principal": {use(&iampolicy.Principal{AWS: iampolicy.Values{role}}, nil),
			"is a service-linked role"},
		"everyone": {use(iampolicy.Everyone(), nil), "is everyone"},
		"everyone of the account": {use(iampolicy.Everyone(), iampolicy.Conditions{
			"StringEquals": {"kms:CallerAccount": {account}},
		}), "is everyone"},
		"a role of that name in any account": {use(iampolicy.Everyone(), iampolicy.Conditions{
			"ArnEquals": {"aws:PrincipalArn": {role}},
		}), "is everyone"},
		"service without a condition": {use(iampolicy.Service("cloudwatch.amazonaws.com"), nil),
			"may act for any account"},
		"service for another account": {use(iampolicy.Service("cloudwatch.amazonaws.com"), iampolicy.Conditions{
			"StringEquals": {"aws:SourceAccount": {"999999999999"}},
		}), "may act for any account"},
		"service for two accounts": {use(iampolicy.Service("cloudwatch.amazonaws.com"), iampolicy.Conditions{
			"StringEquals": {"aws:SourceAccount": {account, "999999999999"}},
		}), "may act for any account"},
		"service for another account's resource": {use(iampolicy.Service("cloudtrail.amazonaws.com"), iampolicy.Conditions{
			"StringEquals": {"aws:SourceArn": {"arn:aws:cloudtrail:eu-west-1:999999999999:trail/titan"}},
		}), "may act for any account"},
		"log groups of every account": {use(iampolicy.Service("logs.eu-west-1.amazonaws.com"),
			iampolicy.Conditions{"ArnLike": {"kms:EncryptionContext:aws:logs:arn": {"arn:aws:logs:eu-west-1:*:*"}}}),
			"may act for any account"},
		"all actions, to other than the account's": {everything, "is the account's alone"},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if text, _ := recover().(string); !strings.Contains(text, test.want) {
					t.Errorf("got %q, want a panic with %q", text, test.want)
				}
			}()
			Policy(ireland, test.use)
		})
	}
}

func TestPolicyIsAWSDefaultAndTheUses(t *testing.T) {
	got := Policy(ireland, logGroups(ireland))
	want := `{"Version":"2012-10-17","Statement":[` +
		`{"Sid":"AccountAllowsByIAM","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::333333333333:root"},` +
		`"Action":"kms:*","Resource":"*"},` +
		`{"Sid":"LogGroups","Effect":"Allow","Principal":{"Service":"logs.eu-west-1.amazonaws.com"},` +
		`"Action":["kms:Encrypt","kms:Decrypt","kms:ReEncrypt*","kms:GenerateDataKey*","kms:DescribeKey"],"Resource":"*",` +
		`"Condition":{"ArnLike":{"kms:EncryptionContext:aws:logs:arn":"arn:aws:logs:eu-west-1:333333333333:log-group:*"}}}]}`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// EventBridge gives KMS no source account or ARN: with one of them its notifications would be lost without a trace.
func TestEventBridgeIsKnownByTheTopicAlone(t *testing.T) {
	for _, use := range publishers(ireland) {
		if use.Sid != "Events" {
			continue
		}
		text, err := json.Marshal(use.Condition)
		if err != nil {
			t.Fatal(err)
		}
		const want = `{"ArnLike":{"kms:EncryptionContext:aws:sns:topicArn":"arn:aws:sns:eu-west-1:333333333333:*"}}`
		if string(text) != want {
			t.Errorf("got %s, want %s", text, want)
		}
		return
	}
	t.Error("no statement for EventBridge")
}

func TestLogDeliveryComesFromItsRegionAndCloudFronts(t *testing.T) {
	for _, test := range []struct {
		target target.Target
		want   string
	}{
		{ireland, `["arn:aws:logs:eu-west-1:333333333333:*","arn:aws:logs:us-east-1:333333333333:*"]`},
		{virginia, `"arn:aws:logs:us-east-1:333333333333:*"`},
	} {
		text, err := json.Marshal(logDelivery(test.target).Condition["ArnLike"]["aws:SourceArn"])
		if err != nil || string(text) != test.want {
			t.Errorf("%s: got %s, %v, want %s", test.target.Region, text, err, test.want)
		}
	}
}
