package main

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/config"
)

// endpointVariable sends the calls of all AWS SDKs elsewhere (AWS SDKs and Tools Reference Guide, 'Service-specific
// endpoints').
const endpointVariable = "AWS_ENDPOINT_URL"

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
	for _, entry := range os.Environ() {
		name, other, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, endpointVariable+"_") && other != "" && !isLoopback(other) {
			return fmt.Errorf("%s is %q, and %s sends the calls of a service to %q: take one of them away",
				endpointVariable, endpoint, name, other)
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
