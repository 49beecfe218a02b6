package preflight

import (
	"context"
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/smithy-go"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/awsops"
)

// dryRunAPI is what of EC2 is called without being done.
type dryRunAPI interface {
	CreateVpc(context.Context, *ec2.CreateVpcInput, ...func(*ec2.Options)) (*ec2.CreateVpcOutput, error)
	CreateInternetGateway(
		context.Context, *ec2.CreateInternetGatewayInput, ...func(*ec2.Options),
	) (*ec2.CreateInternetGatewayOutput, error)
	AllocateAddress(context.Context, *ec2.AllocateAddressInput, ...func(*ec2.Options)) (*ec2.AllocateAddressOutput, error)
}

// dryRuns are calls that an organization often forbids, as EC2 takes them without doing them: with every policy that
// holds, those that nobody in the account sees among them.
var dryRuns = []struct {
	action string
	call   func(context.Context, dryRunAPI) error
}{
	{"ec2:CreateVpc", func(ctx context.Context, client dryRunAPI) error {
		_, err := client.CreateVpc(ctx, &ec2.CreateVpcInput{DryRun: aws.Bool(true), CidrBlock: aws.String("10.0.0.0/16")})
		return err
	}},
	{"ec2:CreateInternetGateway", func(ctx context.Context, client dryRunAPI) error {
		_, err := client.CreateInternetGateway(ctx, &ec2.CreateInternetGatewayInput{DryRun: aws.Bool(true)})
		return err
	}},
	{"ec2:AllocateAddress", func(ctx context.Context, client dryRunAPI) error {
		_, err := client.AllocateAddress(ctx, &ec2.AllocateAddressInput{DryRun: aws.Bool(true)})
		return err
	}},
}

// askDryRuns tries calls of EC2 without doing them. An emulator would do them: there is no client for one.
func askDryRuns(ctx context.Context, client dryRunAPI, region environments.Region) []Result {
	var results []Result
	for _, run := range dryRuns {
		subject := run.action + " in " + string(region)
		if client == nil {
			results = append(results, unknown(subject, "", "an emulator does what it is asked to try"))
			continue
		}
		results = append(results, judgeDryRun(subject, run.call(ctx, client)))
	}
	return results
}

// judgeDryRun reads what EC2 answers to a call that is not to be done: an error in any case.
func judgeDryRun(subject string, err error) Result {
	var answer smithy.APIError
	switch {
	case err == nil:
		return unknown(subject, "look whether something was made", "EC2 did not take it for a dry run")
	case awsops.HasCode(err, "DryRunOperation"):
		return good(subject, "it would have been done")
	case awsops.HasCode(err, "UnauthorizedOperation") && errors.As(err, &answer):
		if strings.Contains(answer.ErrorMessage(), "service control policy") {
			return bad(subject, "have the organization allow it", "a service control policy denies it")
		}
		return bad(subject, "have it allowed, or run it as somebody who may", "denied: %s", firstLine(answer.ErrorMessage()))
	}
	return unanswered(subject, err)
}
