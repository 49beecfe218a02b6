package encryption

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-cdk-go/cdktf"

	"github.com/titan-platform/titan/internal/iampolicy"
)

const account = "333333333333"

var (
	ireland  = place{"aws", account, "eu-west-1"}
	virginia = place{"aws", account, globalRegion}
)

func TestEveryUseIsNarrow(t *testing.T) {
	uses := append(ireland.autoScaling(), ireland.logGroups(), ireland.logDelivery())
	uses = append(uses, ireland.publishers()...)
	uses = append(uses, virginia.logGroups(), virginia.logDelivery(), virginia.alarms())
	for _, use := range uses {
		if found := problems(use, account); len(found) > 0 {
			t.Errorf("%s: %v", use.Sid, found)
		}
	}
}

func TestPolicyRefusesWideStatements(t *testing.T) {
	use := func(principal *iampolicy.Principal, conditions iampolicy.Conditions) iampolicy.Statement {
		return iampolicy.Statement{Sid: "Use", Effect: iampolicy.Allow, Principal: principal, Action: []string{"kms:Decrypt"}, Resource: []string{"*"}, Condition: conditions}
	}
	role := "arn:aws:iam::" + account + ":role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
	everything := use(iampolicy.Account("aws", account), nil)
	everything.Action = []string{"kms:*"}
	for name, test := range map[string]struct {
		use  iampolicy.Statement
		want string
	}{
		"service-linked role as principal":         {use(&iampolicy.Principal{AWS: iampolicy.Values{role}}, nil), "is a service-linked role"},
		"everyone":                                 {use(iampolicy.Everyone(), nil), "is everyone"},
		"everyone of the account":                  {use(iampolicy.Everyone(), iampolicy.Conditions{"StringEquals": {"kms:CallerAccount": {account}}}), "is everyone"},
		"a role of that name in any account":       {use(iampolicy.Everyone(), iampolicy.Conditions{"ArnEquals": {"aws:PrincipalArn": {role}}}), "is everyone"},
		"service without a condition":              {use(iampolicy.Service("cloudwatch.amazonaws.com"), nil), "may act for any account"},
		"service for another account":              {use(iampolicy.Service("cloudwatch.amazonaws.com"), iampolicy.Conditions{"StringEquals": {"aws:SourceAccount": {"999999999999"}}}), "may act for any account"},
		"service for two accounts":                 {use(iampolicy.Service("cloudwatch.amazonaws.com"), iampolicy.Conditions{"StringEquals": {"aws:SourceAccount": {account, "999999999999"}}}), "may act for any account"},
		"log groups of every account":              {use(iampolicy.Service("logs.eu-west-1.amazonaws.com"), iampolicy.Conditions{"ArnLike": {"kms:EncryptionContext:aws:logs:arn": {"arn:aws:logs:eu-west-1:*:*"}}}), "may act for any account"},
		"all actions, to other than the account's": {everything, "is the account's alone"},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if text, _ := recover().(string); !strings.Contains(text, test.want) {
					t.Errorf("got %q, want a panic with %q", text, test.want)
				}
			}()
			Policy("aws", account, test.use)
		})
	}
}

func TestPolicyIsAWSDefaultAndTheUses(t *testing.T) {
	got := Policy("aws", account, ireland.logGroups())
	want := `{"Version":"2012-10-17","Statement":[` +
		`{"Sid":"AccountAllowsByIAM","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::333333333333:root"},"Action":"kms:*","Resource":"*"},` +
		`{"Sid":"LogGroups","Effect":"Allow","Principal":{"Service":"logs.eu-west-1.amazonaws.com"},` +
		`"Action":["kms:Encrypt","kms:Decrypt","kms:ReEncrypt*","kms:GenerateDataKey*","kms:DescribeKey"],"Resource":"*",` +
		`"Condition":{"ArnLike":{"kms:EncryptionContext:aws:logs:arn":"arn:aws:logs:eu-west-1:333333333333:log-group:*"}}}]}`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// EventBridge gives KMS no source account or ARN: with one of them its notifications would be lost without a trace.
func TestEventBridgeIsKnownByTheTopicAlone(t *testing.T) {
	for _, use := range ireland.publishers() {
		if use.Sid != "Events" {
			continue
		}
		text, err := json.Marshal(use.Condition)
		if err != nil {
			t.Fatal(err)
		}
		if want := `{"ArnLike":{"kms:EncryptionContext:aws:sns:topicArn":"arn:aws:sns:eu-west-1:333333333333:*"}}`; string(text) != want {
			t.Errorf("got %s, want %s", text, want)
		}
		return
	}
	t.Error("no statement for EventBridge")
}

func TestLogDeliveryComesFromItsRegionAndCloudFronts(t *testing.T) {
	for _, test := range []struct {
		place place
		want  string
	}{
		{ireland, `["arn:aws:logs:eu-west-1:333333333333:*","arn:aws:logs:us-east-1:333333333333:*"]`},
		{virginia, `"arn:aws:logs:us-east-1:333333333333:*"`},
	} {
		text, err := json.Marshal(test.place.logDelivery().Condition["ArnLike"]["aws:SourceArn"])
		if err != nil || string(text) != test.want {
			t.Errorf("%s: got %s, %v, want %s", test.place.region, text, err, test.want)
		}
	}
}

func TestMissingProviders(t *testing.T) {
	for name, config := range map[string]Config{
		`region "eu-west-1" needs a provider for us-east-1`: {Region: "eu-west-1"},
		`second region "us-west-2" needs a provider`:        {Region: globalRegion, SecondRegion: "us-west-2"},
		`second region "us-east-1" is the region itself`:    {Region: globalRegion, SecondRegion: globalRegion, SecondRegionProvider: anyProvider{}},
	} {
		if err := config.validate(); err == nil || err.Error() != name {
			t.Errorf("got %v, want %s", err, name)
		}
	}
	if err := (Config{Region: globalRegion}).validate(); err != nil {
		t.Errorf("us-east-1 alone: %v", err)
	}
}

// anyProvider stands for a provider without starting jsii.
type anyProvider struct{ cdktf.TerraformProvider }
