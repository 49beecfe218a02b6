package preflight

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
	"github.com/titan-platform/titan/internal/emulator"
)

// reads are the calls that change nothing.
var reads = regexp.MustCompile(`^(Describe|Get|List|Simulate|Lookup|GET |HEAD )`)

// TestAgainstAnEmulatedAWS asks an emulator that has something of what production needs. It has AWS's default quotas,
// and knows no dry runs: those lines are unknown.
func TestAgainstAnEmulatedAWS(t *testing.T) {
	e, err := emulator.Start(t.Context(), filepath.Join("..", "..", ".titan"), account)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Stop)
	for _, entry := range emulator.Environment(e.URL()) {
		name, value, _ := strings.Cut(entry, "=")
		t.Setenv(name, value)
	}
	reached, err := awsops.NewAccount(t.Context(), environments.Account{ID: account})
	if err != nil {
		t.Fatal(err)
	}
	prepare(t, reached)
	before := len(e.Calls())
	p := Preflight{
		Account: environments.Account{ID: account}, Needs: production(t), In: reached.In, Emulated: true,
	}
	told := map[string]string{}
	tally := p.Run(t.Context(), func(r Result) { told[r.Subject] = line(r) })
	const bucket, role = "bucket titan-prod-logs-333333333333-eu-west-1", "arn:aws:iam::333333333333:role/"
	for _, want := range []string{
		"good credentials: account 333333333333, as arn:aws:iam::333333333333:root",
		"good region eu-west-1: enabled",
		"good " + role + "platform-admin: the role exists",
		"bad " + role + "developer: the account has no such role " +
			"-> make it, or take it out of cluster.admins and cluster.readers",
		"good " + bucket + ": the account's own: fine where prod made it; else import it, or delete it",
		"good bucket titan-prod-backups-333333333333-eu-west-1: free",
		"good Availability Zones in eu-west-1: eu-west-1a, eu-west-1b, eu-west-1c",
		"unknown ec2:CreateVpc in eu-west-1: an emulator does what it is asked to try",
	} {
		subject := want[strings.Index(want, " ")+1 : strings.Index(want, ": ")]
		if told[subject] != want {
			t.Errorf("got  %s\nwant %s", told[subject], want)
		}
	}
	if zone := told["zone titan.example.com"]; !strings.Contains(zone,
		"and prod.zone would make a second one of the name") {
		t.Errorf("a zone that was there before: %s", zone)
	}
	for _, line := range told {
		if strings.Contains(line, "the quota is unknown") {
			t.Errorf("a quota that the stand-in lacks: %s", line)
		}
	}
	if tally[Good]+tally[Bad]+tally[Unknown] != len(told) {
		t.Errorf("counted %v of %d lines", tally, len(told))
	}
	for _, call := range e.Calls()[before:] {
		if !reads.MatchString(call.Action) {
			t.Errorf("%s %s would change something", call.Service, call.Action)
		}
	}
	t.Run("with a lower quota", func(t *testing.T) { testLowerQuota(t, e, p, told["VPCs in eu-west-1"]) })
	t.Run("in an outage", func(t *testing.T) { testOutage(t, e, p) })
}

// testLowerQuota takes a quota down to what others have in use.
func testLowerQuota(t *testing.T, e *emulator.Emulator, p Preflight, before string) {
	const subject = "VPCs in eu-west-1"
	e.SetQuota("eu-west-1", "vpc", "L-F678F1CE", 2)
	after := ""
	tally := p.Run(t.Context(), func(r Result) {
		if r.Subject == subject {
			after = line(r)
		}
	})
	const remedy = " -> aws service-quotas request-service-quota-increase --region eu-west-1 --service-code vpc " +
		"--quota-code L-F678F1CE --desired-value 3, or free some"
	if want := "good " + subject + ": needs 1, others use 2 of 5"; before != want {
		t.Errorf("by default: %s, want %s", before, want)
	}
	if want := "bad " + subject + ": needs 1, and others use 2 of 2" + remedy; after != want || tally[Bad] == 0 {
		t.Errorf("lower: %s, want %s", after, want)
	}
}

// testOutage loses the second region, which then answers nothing.
func testOutage(t *testing.T, e *emulator.Emulator, p Preflight) {
	e.Lose("eu-central-1", emulator.TimingOut)
	p.Time = 5 * time.Second
	lost, well := "", ""
	p.Run(t.Context(), func(r Result) {
		switch r.Subject {
		case "bucket titan-prod-logs-333333333333-eu-central-1":
			lost = line(r)
		case "Availability Zones in eu-west-1":
			well = line(r)
		}
	})
	if !strings.HasPrefix(lost, "unknown") || !strings.Contains(lost, "was not answered in time") {
		t.Errorf("in the lost region: %s", lost)
	}
	if !strings.HasPrefix(well, "good") {
		t.Errorf("in a region that is well: %s", well)
	}
}

// prepare makes something of what production needs: a principal, a bucket, a VPC of others', and a zone of its name.
func prepare(t *testing.T, reached *awsops.Account) {
	t.Helper()
	config := reached.In(home)
	ok := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ok(iam.NewFromConfig(config).CreateRole(t.Context(), &iam.CreateRoleInput{
		RoleName:                 aws.String("platform-admin"),
		AssumeRolePolicyDocument: aws.String(`{"Version":"2012-10-17","Statement":[]}`),
	}))
	ok(s3.NewFromConfig(config).CreateBucket(t.Context(), &s3.CreateBucketInput{
		Bucket: aws.String("titan-prod-logs-333333333333-eu-west-1"),
		CreateBucketConfiguration: &s3types.CreateBucketConfiguration{
			LocationConstraint: s3types.BucketLocationConstraint(home),
		},
	}))
	ok(ec2.NewFromConfig(config).CreateVpc(t.Context(), &ec2.CreateVpcInput{
		CidrBlock: aws.String("10.9.0.0/16"), InstanceTenancy: ec2types.TenancyDefault,
	}))
	ok(route53.NewFromConfig(config).CreateHostedZone(t.Context(), &route53.CreateHostedZoneInput{
		Name: aws.String("titan.example.com"), CallerReference: aws.String("before"),
	}))
}
