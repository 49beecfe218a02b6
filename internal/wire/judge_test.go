package wire

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/internal/wire/protocol"
)

// TestGoodRequestsAreNotFound fails for a judge that finds what is none.
func TestGoodRequestsAreNotFound(t *testing.T) {
	good := []*protocol.Request{
		authorize("IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0/8",
			"IpPermissions.1.IpRanges.1.Description=Good & plain: a, b."),
		form("ec2", "CreateSecurityGroup", "GroupName=titan-dev-nodes", "GroupDescription=nodes and pods", "VpcId=vpc-1"),
		form("ec2", "CreateTags", "ResourceId.1=vpc-1", "Tag.1.Key=Name", "Tag.1.Value=it's (EC2 takes all)"),
		form("iam", "CreateRole", "RoleName=r", "AssumeRolePolicyDocument="+trust(), "Tags.member.1.Key=Owner",
			"Tags.member.1.Value=a b"),
		inline(`{"Sid":"A","Effect":"Allow","Action":["s3:GetObject","s3:Put*"],"Resource":"arn:aws:s3:::b/*",
			"Condition":{"ArnLike":{"aws:SourceArn":"a"}}}`),
		bucketPolicy(`"Action":["s3:ListBucket","s3:GetObject"],"Resource":["arn:aws:s3:::bucket","arn:aws:s3:::bucket/*"]`),
		bucketPolicy(`"Action":"s3:*","Resource":["arn:aws:s3:::bucket","arn:aws:s3:::bucket/*"],"Sid":"Two words"`),
		rest("s3", "PUT", "/titan-dev-logs-111111111111-eu-west-1", ""),
		rest("s3", "PUT", "/bucket?lifecycle", `<LifecycleConfiguration><Rule><ID>a</ID><Status>Enabled</Status>
			<Filter><Prefix></Prefix></Filter>
			<Transition><Days>30</Days><StorageClass>STANDARD_IA</StorageClass></Transition>
			<Expiration><Days>365</Days></Expiration></Rule>
			</LifecycleConfiguration>`),
		rest("s3", "PUT", "/bucket/key?x-id=PutObject", "content"),
		form("rds", "CreateDBCluster", "DBClusterIdentifier=birthday-db-dev", "Engine=aurora-postgresql",
			"PreferredBackupWindow=01:00-02:00",
			"PreferredMaintenanceWindow=sun:04:00-sun:05:00", "BackupRetentionPeriod=7", "MasterUserPassword=long-enough"),
		alarm("AlarmActions.member.1=arn:aws:sns:eu-west-1:111111111111:t", "TreatMissingData=notBreaching", "Period=300"),
		inVirginia(alarm("Namespace=AWS/CloudFront", "AlarmName=edge")),
		webACL(managed("a", "AWSManagedRulesCommonRuleSet", override)),
		distribution(headers(1, "X-Own", "v"), toOrigin, ""),
		rest("eks", "POST", "/clusters", `{"name":"c","roleArn":"r","resourcesVpcConfig":{"publicAccessCidrs":["0.0.0.0/0",
			"8.8.8.0/24"]},
			"kubernetesNetworkConfig":{"serviceIpv4Cidr":"172.20.0.0/16"}}`),
		target("kms", "TrentService.CreateKey", `{"Description":"data","Tags":[{"TagKey":"Owner","TagValue":"a"}]}`),
		target("secretsmanager", "secretsmanager.CreateSecret", `{"Name":"titan-dev-db-credentials/x","SecretString":"x"}`),
		target("events", "AWSEvents.PutRule", `{"Name":"r","EventPattern":"{\"source\":[\"aws.s3\"]}"}`),
	}
	judgment := judge(t, good...)
	for _, found := range judgment.Findings {
		t.Errorf("%s\n%s", found, good[found.Request].Body)
	}
	if judgment.Requests != len(good) || judgment.Checks["required"] == 0 || judgment.Checks["pattern"] == 0 ||
		len(judgment.Margins) == 0 {
		t.Errorf("%d of %d were judged, checks %v", judgment.Requests, len(good), judgment.Checks)
	}
}

func TestWhatWasRefusedCountsForItselfAlone(t *testing.T) {
	refused := repeated(6, func(number string) *protocol.Request {
		request := target("events", "AWSEvents.PutTargets",
			`{"Rule":"r","Colour":"red","Targets":[{"Id":"t`+number+`","Arn":"arn:aws:sns:eu-west-1:111111111111:t"}]}`)
		request.Status = 503
		return request
	})
	judgment := judge(t, refused...)
	if len(judgment.Findings) != len(refused) { // the unknown member of each, and not their sum
		t.Errorf("got %v", judgment.Findings)
	}
}

func TestOnlyAnSDKsRequestsAreJudged(t *testing.T) {
	byHand := target("kms", "TrentService.CreateKey", `{"Colour":"red"}`)
	byHand.Header.Set("User-Agent", "Go-http-client/1.1")
	judgment := judge(t, byHand)
	if judgment.Requests != 0 || len(judgment.Findings) != 0 ||
		judgment.NotJudged["requests that no AWS SDK for Go sent"] != 1 {
		t.Errorf("got %+v", judgment)
	}
}

func TestModelsThatAreNotThereFail(t *testing.T) {
	elsewhere, err := NewJudge(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	_, err = elsewhere.Judge([]*protocol.Request{target("kms", "TrentService.ListKeys", `{}`)}, nil)
	if err == nil || !strings.Contains(err.Error(), `the model of "kms"`) {
		t.Errorf("got %v", err)
	}
}

func TestSecretsAreMasked(t *testing.T) {
	const hidden = "it is a secret"
	judgment := judge(t,
		target("secretsmanager", "secretsmanager.CreateSecret", `{"Name":"x","SecretString":{"password":"`+hidden+`"}}`),
		target("secretsmanager", "secretsmanager.PutSecretValue", `{"SecretId":"x","SecretString":"`+strings.Repeat(hidden,
			6000)+`"}`),
		form("rds", "CreateDBCluster", "DBClusterIdentifier=a", "Engine=aurora-postgresql", "MasterUserPassword="+hidden),
	)
	if len(judgment.Findings) < 3 {
		t.Errorf("found %v", judgment.Findings)
	}
	if text := fmt.Sprint(judgment.Findings); strings.Contains(text, "is a sec") {
		t.Errorf("the secret is shown: %.300s", text)
	}
}

func TestWhatTheEmulatorMadeUpIsExplained(t *testing.T) {
	made := answered(`{"Key":{"KeyId":"made up by it"}}`, target("kms", "TrentService.CreateKey", `{}`))
	back := form("ec2", "CreateSecurityGroup", "GroupName=a", "GroupDescription=d", "VpcId=vpc-1")
	back.Body = bytes.Replace(back.Body, []byte("GroupDescription=d"), []byte("GroupDescription=it's made up"), 1)
	made.Answer = []byte("it's made up")
	if judgment := judge(t, made, back); len(judgment.Findings) != 0 || len(judgment.Explained) == 0 {
		t.Errorf("it was sent after it was answered: %v", judgment.Findings)
	}
	if judgment := judge(t, back, made); len(judgment.Findings) == 0 {
		t.Error("it was sent before it was answered, and was not found")
	}
}

func TestFindingsNameTheirResource(t *testing.T) {
	addresses := NewAddresses()
	addresses.Learn("dev: aws_security_group.nodes", map[string]any{"name": "titan-dev-nodes",
		"vpc_id": "${aws_vpc.main.id}"})
	if err := addresses.LearnShown("dev",
		[]byte(`{"planned_values":{"root_module":{"resources":[{"address":"aws_security_group.alb",
		"values":{"name":"titan-dev-alb"}}]}}}`)); err != nil {
		t.Fatal(err)
	}
	j, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	judgment, err := j.Judge([]*protocol.Request{
		form("ec2", "CreateSecurityGroup", "GroupName=titan-dev-nodes", "GroupDescription=it's", "VpcId=vpc-1"),
		form("ec2", "CreateSecurityGroup", "GroupName=titan-dev-alb", "GroupDescription=it's", "VpcId=vpc-1"),
		form("ec2", "CreateSecurityGroup", "GroupName=other", "GroupDescription=it's", "VpcId=vpc-1"),
	}, addresses)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, one := range judgment.Findings {
		found[fmt.Sprintf("%d %s", one.Request, one.Address)] = true
	}
	for _, want := range []string{"0 dev: aws_security_group.nodes", "1 dev: aws_security_group.alb", "2 "} {
		if !found[want] {
			t.Errorf("no finding %q in %v", want, found)
		}
	}
}

func TestKnownFalseAlarms(t *testing.T) {
	j, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	known, err := ReadKnown([]byte(`
- {service: ec2, operation: CreateSecurityGroup, member: .Description, kind: "documented: names", value: it.s, reason: known, source: a test}
- {service: ec2, operation: CreateSecurityGroup, member: .GroupName, kind: "documented: names", reason: idle, source: a test}
- {service: ec2, operation: CreateVpc, member: .CidrBlock, kind: pattern, reason: not called, source: a test}
`))
	if err != nil {
		t.Fatal(err)
	}
	other := &Judge{models: j.models, rules: j.rules, known: known}
	judgment, err := other.Judge([]*protocol.Request{form("ec2", "CreateSecurityGroup", "GroupName=a",
		"GroupDescription=it's", "VpcId=v")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	isKnown := func(f Finding) bool { return f.Kind == "documented: names" }
	if slices.ContainsFunc(judgment.Findings, isKnown) || len(judgment.Explained) != 1 ||
		judgment.Explained[0].Reason != "known (a test)" {
		t.Errorf("findings %v, explained %v", judgment.Findings, judgment.Explained)
	}
	if idle := other.Idle(); len(idle) != 1 || !strings.Contains(idle[0], ".GroupName") {
		t.Errorf("idle: %v", idle)
	}
	if _, err := ReadKnown([]byte(`[{service: ec2, operation: CreateVpc, member: .A, kind: pattern, reason: r}]`)); err == nil ||
		!strings.Contains(err.Error(), "has no source") {
		t.Errorf("without a source: %v", err)
	}
	if _, err := ReadKnown([]byte(`[{colour: red}]`)); err == nil || !strings.Contains(err.Error(), "colour") {
		t.Errorf("an unknown key: %v", err)
	}
}

func TestTheReport(t *testing.T) {
	judgment := judge(t,
		form("ec2", "CreateSecurityGroup", "GroupName=a", "GroupDescription=it's", "VpcId=v"),
		form("ec2", "CreateSecurityGroup", "GroupName=a", "GroupDescription=it's", "VpcId=v"),
		target("ssm", "AmazonSSM.PutParameter", `{"Name":"/x","Type":"String","Value":"`+strings.Repeat("v", 2048)+`"}`),
	)
	var text strings.Builder
	if err := judgment.Write(&text, "dev"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"== wire of dev: 3 requests of 2 operations judged, 4 findings, 0 explained\n",
		"     50%   2048 of 4096   bytes of a standard parameter\n",
		"   FINDING 2 × ec2 CreateSecurityGroup .Description: documented: names\n      sent:    it's\n",
		"      source:  EC2 API, CreateSecurityGroup\n",
		"enum 1, length 1, required 6, unknown member 3, words: characters 4, words: length 5; of 12 documented rules ",
		"   documented rules that no request was for: policies, ",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("no %q in\n%s", want, text.String())
		}
	}
}
