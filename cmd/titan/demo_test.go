package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The account's stack and the zone wait for the bucket alone, and so are deployed side by side.
func TestTheDemoDeploysInWaves(t *testing.T) {
	t.Chdir("../..")
	stacks, err := localStacks()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, wave := range waves(stacks) {
		got = append(got, strings.Join(namesOf(wave), " "))
	}
	want := []string{"bootstrap.emulated.eu-west-1", "account.emulated.eu-west-1 local.zone", "local", "local.global"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// The cdktf CLI, and what it runs, has the environment that internal/emulator proves to lead nowhere else.
func TestTheDemoTakesNothingOfTheUsers(t *testing.T) {
	for _, name := range []string{"AWS_PROFILE", "AWS_ENDPOINT_URL_STS", "AWS_CONFIG_FILE", "HTTPS_PROXY", "TF_CLI_ARGS_apply", "TF_REATTACH_PROVIDERS"} {
		t.Setenv(name, "hostile")
	}
	t.Chdir(t.TempDir())
	for _, dir := range []string{filepath.Join("node_modules", ".bin"), workDir} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	stand := filepath.Join("node_modules", ".bin", "cdktf")
	if err := os.WriteFile(stand, []byte("#!/bin/sh\nenv >environment\nexit 1\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	terminal, _, _ := screen()
	if err := (demoOptions{terminal}).deploy(t.Context(), session, nil); err == nil {
		t.Error("a failure of the CLI is none of the demo")
	}
	text, err := os.ReadFile("environment")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "hostile") {
		t.Errorf("the CLI has variables of the user's:\n%s", text)
	}
	for _, want := range []string{"AWS_ENDPOINT_URL=" + session.URL, "HTTPS_PROXY=" + session.URL, "AWS_CONFIG_FILE=" + os.DevNull, "CHECKPOINT_DISABLE=1"} {
		if !strings.Contains("\n"+string(text), "\n"+want+"\n") {
			t.Errorf("the CLI lacks %s:\n%s", want, text)
		}
	}
}
