// Package emulator runs an AWS on this machine: ministack on a loopback port, behind a proxy of ours that records every call, answers
// what ministack lacks, and breaks what a test wants broken. What Terraform needs to reach it is in environment variables alone.
package emulator

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Emulator is a running emulator behind its proxy.
type Emulator struct {
	*Proxy
	process *process
	log     *os.File
}

// Start installs the emulator where it is missing, starts it for an account (12 digits) and puts a proxy in front. dir is an ignored
// folder for the installation and the log. extra are environment variables of the emulator: AUTH=true has it enforce IAM.
func Start(ctx context.Context, dir, account string, extra ...string) (*Emulator, error) {
	program, err := Install(ctx, dir)
	if err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(dir, "emulator-"+account+".log"))
	if err != nil {
		return nil, fmt.Errorf("starting the emulator: %w", err)
	}
	process, err := startProcess(ctx, program, account, log, extra...)
	if err != nil {
		_ = log.Close() // the emulator wrote it
		return nil, err
	}
	proxy, err := NewProxy(process.url())
	if err != nil {
		process.stop()
		return nil, err
	}
	return &Emulator{Proxy: proxy, process: process, log: log}, nil
}

// Stop stops the proxy and the emulator; everything in it is gone.
func (e *Emulator) Stop() {
	_ = e.Close() // there is nothing to do about it
	e.process.stop()
	_ = e.log.Close() // the emulator wrote it
}

// Environment is what the AWS provider, an S3 backend and the AWS CLI need to reach an emulator at a URL. There is nothing else: no
// endpoint and no flag in any configuration.
func Environment(url string) []string {
	env := []string{"AWS_ENDPOINT_URL=" + url,
		// S3 Control puts the account's number before the endpoint's name, which is none then: 000000000000.127.0.0.1. Go asks a proxy for what
		// is not this machine, without looking its name up, and for nothing else here: AWS itself and registries are reached by HTTPS.
		"HTTP_PROXY=" + url,
		"AWS_ACCESS_KEY_ID=test", "AWS_SECRET_ACCESS_KEY=test", "AWS_EC2_METADATA_DISABLED=true",
		"AWS_PROFILE=", "AWS_SESSION_TOKEN=", // the caller's own, which would win or not fit
		// With these, calls would go past the emulator, or not be made: 'FIPS and custom endpoint are not supported'. Empty counts as not
		// set; the S3 backend takes even AWS_USE_FIPS_ENDPOINT=false for true.
		"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=", "AWS_USE_FIPS_ENDPOINT=", "AWS_USE_DUALSTACK_ENDPOINT="}
	// A service's own endpoint wins over AWS_ENDPOINT_URL.
	for _, entry := range os.Environ() {
		if name, _, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "AWS_ENDPOINT_URL_") {
			env = append(env, name+"=")
		}
	}
	return env
}
