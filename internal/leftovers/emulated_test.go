package leftovers

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	snstypes "github.com/aws/aws-sdk-go-v2/service/sns/types"
	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/awsops/states"
	"github.com/titan-platform/titan/internal/emulator"
)

// The emulator's tagging API knows some services; of EC2's, what is found by the VPC is looked for here.
func TestAgainstAnEmulatedAWS(t *testing.T) {
	e, err := emulator.Start(t.Context(), filepath.Join("..", "..", ".titan"), id)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Stop)
	for _, entry := range emulator.Environment(e.URL()) {
		name, value, _ := strings.Cut(entry, "=")
		t.Setenv(name, value)
	}
	s := (&cloud{}).search()
	account, err := awsops.NewAccount(t.Context(), s.Environment.Account)
	if err != nil {
		t.Fatal(err)
	}
	s.In = account.In
	p := planted{t: t, config: account.In(home)}
	p.config.HTTPClient, p.config.RetryMaxAttempts = http.DefaultClient, 1 // what is made twice on a busy machine is left twice
	key, interfaceID, vpc := p.key(), "", ""
	vpc, interfaceID = p.networkInterface()
	p.topic("titan-dev-alarms", "dev")
	p.topic("titan-dev2-alarms", "dev2")
	p.bucket("titan-dev-data")
	p.role("titan-dev-nodes", "dev")
	p.role("titan-dev-2-nodes", "dev-2")
	p.logGroup("/aws/eks/titan-dev-cluster/cluster")
	s.Held = []states.Resource{{Type: "aws_vpc", ID: vpc}}

	got := map[Group][]string{}
	report := s.Run(t.Context())
	for _, l := range report.Leftovers {
		got[l.Group] = append(got[l.Group], l.ARN)
	}
	want := map[Group][]string{
		Loose: {
			"arn:aws:ec2:eu-west-1:" + id + ":network-interface/" + interfaceID, topic,
			"arn:aws:iam::" + id + ":role/titan-dev-nodes",
		},
		Data: {
			"arn:aws:s3:::titan-dev-data",
			"arn:aws:logs:eu-west-1:" + id + ":log-group:/aws/eks/titan-dev-cluster/cluster",
		},
		Expected: {"arn:aws:kms:eu-west-1:" + id + ":key/" + key},
	}
	if diff := cmp.Diff(want, got); diff != "" || len(report.Unknown) > 0 {
		t.Error(diff, report.Unknown)
	}
	for _, l := range report.Removable() {
		if err := s.Remove(t.Context(), l); err != nil {
			t.Error(err)
		}
	}
	if diff := cmp.Diff([]string{"arn:aws:iam::" + id + ":role/titan-dev-nodes"}, arns(t.Context(), s, Loose)); diff != "" {
		t.Error("after the removal:", diff)
	}
}

// planted makes things by the SDK, past every state.
type planted struct {
	t      *testing.T
	config aws.Config
}

func (p planted) ok(_ any, err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p planted) topic(name, environment string) {
	p.ok(sns.NewFromConfig(p.config).CreateTopic(p.t.Context(), &sns.CreateTopicInput{Name: &name, Tags: []snstypes.Tag{
		{Key: aws.String("project"), Value: aws.String("titan")}, {Key: aws.String("environment"), Value: &environment},
	}}))
}

func (p planted) bucket(name string) {
	client := s3.NewFromConfig(p.config, func(o *s3.Options) { o.UsePathStyle = true })
	p.ok(client.CreateBucket(p.t.Context(), &s3.CreateBucketInput{Bucket: &name,
		CreateBucketConfiguration: &s3types.CreateBucketConfiguration{
			LocationConstraint: s3types.BucketLocationConstraint(home),
		}}))
	p.ok(client.PutBucketTagging(p.t.Context(), &s3.PutBucketTaggingInput{
		Bucket: &name,
		Tagging: &s3types.Tagging{TagSet: []s3types.Tag{
			{Key: aws.String("project"), Value: aws.String("titan")}, {Key: aws.String("environment"), Value: aws.String("dev")},
		}},
	}))
}

func (p planted) role(name, environment string) {
	p.ok(iam.NewFromConfig(p.config).CreateRole(p.t.Context(), &iam.CreateRoleInput{RoleName: &name,
		AssumeRolePolicyDocument: aws.String(`{"Version":"2012-10-17","Statement":[]}`), Tags: []iamtypes.Tag{
			{Key: aws.String("project"), Value: aws.String("titan")}, {Key: aws.String("environment"), Value: &environment},
		}}))
}

func (p planted) logGroup(name string) {
	p.ok(cloudwatchlogs.NewFromConfig(p.config).CreateLogGroup(p.t.Context(),
		&cloudwatchlogs.CreateLogGroupInput{LogGroupName: &name}))
}

// key is one that is about to be deleted, as after every destruction.
func (p planted) key() string {
	client := kms.NewFromConfig(p.config)
	made, err := client.CreateKey(p.t.Context(), &kms.CreateKeyInput{Tags: []kmstypes.Tag{
		{TagKey: aws.String("project"), TagValue: aws.String("titan")},
		{TagKey: aws.String("environment"), TagValue: aws.String("dev")},
	}})
	p.ok(made, err)
	p.ok(client.ScheduleKeyDeletion(p.t.Context(), &kms.ScheduleKeyDeletionInput{KeyId: made.KeyMetadata.KeyId}))
	return *made.KeyMetadata.KeyId
}

// networkInterface is one that a service has left in the environment's VPC.
func (p planted) networkInterface() (vpc, id string) {
	client := ec2.NewFromConfig(p.config)
	made, err := client.CreateVpc(p.t.Context(), &ec2.CreateVpcInput{CidrBlock: aws.String("10.9.0.0/16")})
	p.ok(made, err)
	subnet, err := client.CreateSubnet(p.t.Context(),
		&ec2.CreateSubnetInput{VpcId: made.Vpc.VpcId, CidrBlock: aws.String("10.9.0.0/24")})
	p.ok(subnet, err)
	left, err := client.CreateNetworkInterface(p.t.Context(), &ec2.CreateNetworkInterfaceInput{
		SubnetId: subnet.Subnet.SubnetId, Description: aws.String("aws-K8S-i-1"),
		TagSpecifications: []ec2types.TagSpecification{{
			ResourceType: ec2types.ResourceTypeNetworkInterface,
			Tags: []ec2types.Tag{
				{Key: aws.String("cluster.k8s.amazonaws.com/name"), Value: aws.String("titan-dev-cluster")},
			},
		}},
	})
	p.ok(left, err)
	return *made.Vpc.VpcId, *left.NetworkInterface.NetworkInterfaceId
}
