package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSettingsThatContradictEachOtherAreRefused(t *testing.T) {
	const emulated = "http://127.0.0.1:4566"
	ignoring := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(ignoring, []byte("[profile mine]\nignore_configured_endpoint_urls = true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		set  map[string]string
		want string // of the error; empty is none
	}{
		"nothing":                 {},
		"an emulator":             {set: map[string]string{endpointVariable: emulated}},
		"an emulator of services": {set: map[string]string{endpointVariable: emulated, endpointVariable + "_S3": "http://localhost:9000"}},
		"an endpoint in a VPC":    {set: map[string]string{endpointVariable + "_S3": "https://vpce-1.s3.eu-west-1.vpce.amazonaws.com"}},
		"a profile":               {set: map[string]string{"AWS_PROFILE": "mine"}},
		"a profile that is not there": {set: map[string]string{"AWS_PROFILE": "nowhere"},
			want: `reading AWS's configuration, from the environment and the profile "nowhere": `},
		"an emulator, and AWS": {set: map[string]string{endpointVariable: emulated, endpointVariable + "_STS": "https://sts.amazonaws.com"},
			want: `and AWS_ENDPOINT_URL_STS sends the calls of a service to "https://sts.amazonaws.com": take one of them away`},
		"an emulator that is ignored": {set: map[string]string{endpointVariable: emulated, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"},
			want: `in the profile has it ignored: calls would go to AWS; take one of them away`},
		"an emulator that a profile ignores": {set: map[string]string{endpointVariable: emulated, "AWS_PROFILE": "mine"},
			want: `in the profile has it ignored: calls would go to AWS; take one of them away`},
		"certificates that are not there": {set: map[string]string{"AWS_CA_BUNDLE": "/nowhere.pem"}, want: "/nowhere.pem"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, variable := range []string{endpointVariable, "AWS_PROFILE", "AWS_CA_BUNDLE"} {
				t.Setenv(variable, "")
			}
			t.Setenv("AWS_CONFIG_FILE", ignoring)
			for variable, value := range c.set {
				t.Setenv(variable, value)
			}
			err := checkSettings(t.Context())
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}
