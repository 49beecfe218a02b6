package emulator

import (
	"os"
	"slices"
	"strings"
)

// Environment is what the AWS provider, an S3 backend, the SDKs and the AWS CLI need to reach an emulator at a URL, for
// adding to this process's environment. An empty value unsets its variable. There is nothing else: no endpoint and no
// flag in any configuration.
func Environment(url string) []string {
	env := []string{
		"AWS_ENDPOINT_URL=" + url, "AWS_ACCESS_KEY_ID=test", "AWS_SECRET_ACCESS_KEY=test",
		// A profile's `ignore_configured_endpoint_urls` and `use_fips_endpoint` win over AWS_ENDPOINT_URL, and the files are
		// read also where keys are in the environment.
		"AWS_CONFIG_FILE=" + os.DevNull, "AWS_SHARED_CREDENTIALS_FILE=" + os.DevNull,
		"AWS_EC2_METADATA_DISABLED=true",
		// S3 Control puts the account's number before the endpoint's name, which is none then: 000000000000.127.0.0.1. Go
		// asks a proxy for what is not this machine, without looking its name up.
		"HTTP_PROXY=" + url, "http_proxy=", "NO_PROXY=", "no_proxy=",
	}
	for _, entry := range os.Environ() {
		if name, _, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "AWS_") && !isLook(name) && !sets(env, name) {
			env = append(env, name+"=")
		}
	}
	return env
}

// isLook is whether a variable of the AWS CLI is about how it prints.
func isLook(name string) bool {
	return name == "AWS_PAGER" || name == "AWS_DEFAULT_OUTPUT" || strings.HasPrefix(name, "AWS_CLI_")
}

func sets(env []string, name string) bool {
	return slices.ContainsFunc(env, func(entry string) bool { return strings.HasPrefix(entry, name+"=") })
}
