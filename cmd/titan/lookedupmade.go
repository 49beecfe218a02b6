package main

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	ssmtypes "github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/titan-platform/titan/environments"
)

// role makes a role by its ARN, which may have a path: arn:aws:iam::111111111111:role/deployment/titan.
func (l lookups) role(ctx context.Context, arn string) error {
	_, name, _ := strings.Cut(arn, ":role/")
	at := strings.LastIndex(name, "/") + 1
	client := iam.NewFromConfig(emulated(l.url, string(environments.GlobalRegion)))
	_, err := client.CreateRole(ctx, &iam.CreateRoleInput{
		RoleName: aws.String(name[at:]), Path: aws.String("/" + name[:at]),
		AssumeRolePolicyDocument: aws.String(`{"Version":"2012-10-17","Statement":[]}`),
	})
	return err
}

// zone makes a zone by its name or, where only its id is known, by any name, and keeps the id that it got.
func (l lookups) zone(ctx context.Context, name, id string) error {
	if name == "" {
		name = "looked-up.example.com"
	}
	client := route53.NewFromConfig(emulated(l.url, string(environments.GlobalRegion)))
	answer, err := client.CreateHostedZone(ctx, &route53.CreateHostedZoneInput{
		Name: &name, CallerReference: aws.String("looked-up-" + id),
	})
	if err == nil && id != "" {
		l.zones[id] = strings.TrimPrefix(*answer.HostedZone.Id, "/hostedzone/")
	}
	return err
}

func (l lookups) secret(ctx context.Context, region, name string) error {
	client := secretsmanager.NewFromConfig(emulated(l.url, region))
	_, err := client.CreateSecret(ctx, &secretsmanager.CreateSecretInput{
		Name: &name, SecretString: aws.String("looked-up"),
	})
	return err
}

// lookedUpImage is in a parameter that is looked up: all of those hold the image that an application runs.
var lookedUpImage = "looked-up.example.com/image@sha256:" + strings.Repeat("0", 64)

func (l lookups) parameter(ctx context.Context, region, name string) error {
	client := ssm.NewFromConfig(emulated(l.url, region))
	_, err := client.PutParameter(ctx, &ssm.PutParameterInput{
		Name: &name, Type: ssmtypes.ParameterTypeString, Value: &lookedUpImage,
	})
	return err
}

// emulated configures the SDK's clients for an emulator, whatever this process's environment says.
func emulated(url, region string) aws.Config {
	return aws.Config{
		Region: region, BaseEndpoint: &url,
		Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	}
}
