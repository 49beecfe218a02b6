package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	ssmtypes "github.com/aws/aws-sdk-go-v2/service/ssm/types"

	"github.com/titan-platform/titan/environments"
)

// lookups make on an emulator what stacks look up and other stacks make, so that each can be planned alone: zones,
// secrets and parameters, by the names that stand in the synthesized JSON. What AWS itself has, prefix lists and the
// like, the emulator has too.
type lookups struct {
	url  string
	made map[string]bool // by data source and name
}

// lookedUp is a synthesized stack as far as it looks something up.
type lookedUp struct {
	Provider struct {
		AWS []struct{ Region string } `json:"aws"`
	} `json:"provider"`
	Data struct {
		Zones   map[string]struct{ Name string } `json:"aws_route53_zone"`
		Secrets map[string]struct {
			SecretID string `json:"secret_id"`
		} `json:"aws_secretsmanager_secret_version"`
		Parameters map[string]struct{ Name string } `json:"aws_ssm_parameter"`
	} `json:"data"`
}

// make makes what a synthesized stack looks up by a name, once. What it finds by a reference, it makes itself.
func (l lookups) make(ctx context.Context, synthesized []byte) error {
	var stack lookedUp
	if err := json.Unmarshal(synthesized, &stack); err != nil {
		return fmt.Errorf("reading what a stack looks up: %w", err)
	}
	for _, zone := range stack.Data.Zones {
		if err := l.once("zone", zone.Name, func() error { return l.zone(ctx, zone.Name) }); err != nil {
			return err
		}
	}
	for _, secret := range stack.Data.Secrets {
		name, region := secret.SecretID, stack.Provider.AWS[0].Region
		if err := l.once("secret in "+region, name, func() error { return l.secret(ctx, region, name) }); err != nil {
			return err
		}
	}
	for _, parameter := range stack.Data.Parameters {
		if strings.HasPrefix(parameter.Name, "/aws/") { // AWS' own
			continue
		}
		name, region := parameter.Name, stack.Provider.AWS[0].Region
		if err := l.once("parameter in "+region, name, func() error { return l.parameter(ctx, region, name) }); err != nil {
			return err
		}
	}
	return nil
}

// once makes a thing of a name that is known, and not yet made.
func (l lookups) once(what, name string, create func() error) error {
	if name == "" || strings.Contains(name, "${") || l.made[what+" "+name] {
		return nil
	}
	l.made[what+" "+name] = true
	if err := create(); err != nil {
		return fmt.Errorf("making %s %q on the emulator: %w", what, name, err)
	}
	return nil
}

func (l lookups) zone(ctx context.Context, name string) error {
	client := route53.NewFromConfig(emulated(l.url, string(environments.GlobalRegion)))
	_, err := client.CreateHostedZone(ctx, &route53.CreateHostedZoneInput{
		Name: &name, CallerReference: aws.String("looked-up"),
	})
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
