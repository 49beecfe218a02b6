package main

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"

	"github.com/aws/aws-sdk-go-v2/config"
)

// endpointVariable sends the calls of all AWS SDKs elsewhere (AWS SDKs and Tools Reference Guide, 'Service-specific
// endpoints').
const endpointVariable = "AWS_ENDPOINT_URL"

// services are those whose calls make or read what a stack is, by the SDKs' ids: one of them sent elsewhere is enough.
var services = []string{"STS", "S3", "IAM", "EC2", "RDS", "EKS", "KMS", "Secrets Manager", "Route 53", "CloudFront"}

// serviceEndpoints is a source of the SDK's configuration that can send a service elsewhere.
type serviceEndpoints interface {
	GetServiceBaseEndpoint(ctx context.Context, sdkID string) (string, bool, error)
}

// checkSettings refuses settings of AWS's that can't be read, and those with which AWS_ENDPOINT_URL names an emulator
// and calls would go to AWS nevertheless.
func checkSettings(ctx context.Context) error {
	loaded, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return fmt.Errorf("reading AWS's configuration, from the environment and the profile %q: %w",
			os.Getenv("AWS_PROFILE"), err)
	}
	endpoint := os.Getenv(endpointVariable)
	if endpoint == "" {
		return nil
	}
	if loaded.BaseEndpoint == nil {
		return fmt.Errorf("%s is %q, and AWS_IGNORE_CONFIGURED_ENDPOINT_URLS or ignore_configured_endpoint_urls in the "+
			"profile has it ignored: calls would go to AWS; take one of them away", endpointVariable, endpoint)
	}
	if !isLoopback(endpoint) {
		return nil
	}
	for _, service := range services {
		for _, source := range loaded.ConfigSources {
			from, ok := source.(serviceEndpoints)
			if !ok {
				continue
			}
			other, set, err := from.GetServiceBaseEndpoint(ctx, service)
			if err != nil || !set || isLoopback(other) {
				continue
			}
			return fmt.Errorf("%s is %q, and a setting of the environment or the profile sends the calls of %s to %q: "+
				"take one of them away", endpointVariable, endpoint, service, other)
		}
	}
	return nil
}

// isLoopback is whether a URL names this machine.
func isLoopback(text string) bool {
	parsed, err := url.Parse(text)
	if err != nil {
		return false
	}
	return parsed.Hostname() == "localhost" || net.ParseIP(parsed.Hostname()).IsLoopback()
}
