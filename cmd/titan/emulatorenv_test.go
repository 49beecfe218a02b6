package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/emulator"
)

// users is the environment of a shell whose user works on AWS.
func users(t *testing.T) []string {
	t.Helper()
	config := filepath.Join(t.TempDir(), "config")
	text := "[profile mine]\nregion = us-west-2\nignore_configured_endpoint_urls = true\nuse_fips_endpoint = true\n"
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "AWS_PROFILE=mine", "AWS_CONFIG_FILE=" + config, "AWS_REGION=us-west-2",
		"AWS_SESSION_TOKEN=it's mine", "AWS_ENDPOINT_URL_S3=https://s3.amazonaws.com", "AWS_PAGER=less", "NO_PROXY=*", "TF_WORKSPACE=blue",
	}
}

// commandsFor is what `titan emulator env` prints in an environment.
func commandsFor(t *testing.T, env []string, unset bool) string {
	t.Helper()
	for _, entry := range os.Environ() { // emulator.Environment looks at this process's
		if name, _, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "AWS_") {
			t.Setenv(name, "")
		}
	}
	for _, entry := range env {
		name, value, _ := strings.Cut(entry, "=")
		t.Setenv(name, value)
	}
	terminal, out, _ := screen()
	err := emulatorEnv(t.Context(), emulatorOptions{
		terminal: terminal, unset: unset,
		load:    func() ([]environments.Environment, error) { return fixture(), nil },
		find:    func() (*emulator.Session, error) { return session, nil },
		environ: func() []string { return env },
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// after is the environment of a shell that has run some commands, sorted.
func after(t *testing.T, env []string, commands string) []string {
	t.Helper()
	shell := exec.CommandContext(t.Context(), "sh", "-c", commands+"exec env -0")
	shell.Env = env
	output, err := shell.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	var left []string
	for _, entry := range strings.Split(strings.Trim(string(output), "\x00"), "\x00") {
		if name, _, _ := strings.Cut(entry, "="); !slices.Contains([]string{"_", "PWD", "OLDPWD", "SHLVL"}, name) {
			left = append(left, entry)
		}
	}
	return sorted(left)
}

func sorted(entries []string) []string {
	entries = slices.Clone(entries)
	slices.Sort(entries)
	return entries
}

func TestEmulatorEnvCanBeUndone(t *testing.T) {
	before := users(t)
	pointed := after(t, before, commandsFor(t, before, false))
	if !slices.Contains(pointed, "AWS_ENDPOINT_URL="+session.URL) || slices.Contains(pointed, "AWS_PROFILE=mine") {
		t.Errorf("the shell is not pointed at the emulator: %q", pointed)
	}
	if commands := commandsFor(t, pointed, false); commands != "" {
		t.Errorf("a second time changes something:\n%s", commands)
	}
	if diff := cmp.Diff(sorted(before), after(t, pointed, commandsFor(t, pointed, true))); diff != "" {
		t.Error(diff)
	}
	err := emulatorEnv(t.Context(), emulatorOptions{unset: true, environ: func() []string { return before }})
	if want := "there is nothing to bring back"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %q", err, want)
	}
}

// botocore reads an environment as the AWS CLI does, which is made of it.
const botocore = `
import botocore.session
session = botocore.session.get_session()
for service in ("sts", "s3"):
    client = session.create_client(service)
    print(service, client.meta.endpoint_url, client.meta.region_name, session.get_credentials().access_key)
`

func TestEmulatorEnvBreaksNoAWSCLI(t *testing.T) {
	program, err := emulator.Install(t.Context(), filepath.Join("..", "..", workDir))
	if err != nil {
		t.Fatal(err)
	}
	ask := func(env []string) string {
		python := exec.CommandContext(t.Context(), filepath.Join(filepath.Dir(program), "python"), "-c", botocore)
		python.Env = env
		output, _ := python.CombinedOutput() // what it says is compared
		return string(output)
	}
	before := users(t)
	if said := ask(before); strings.Contains(said, session.URL) {
		t.Fatalf("the user's shell is on the emulator already: %s", said)
	}
	expect(t, "what the CLI makes of it", ask(after(t, before, commandsFor(t, before, false))),
		"sts http://127.0.0.1:4566 eu-west-1 test\ns3 http://127.0.0.1:4566 eu-west-1 test\n")
}

func TestEmulatorEnvNeedsAnEmulator(t *testing.T) {
	err := emulatorEnv(t.Context(), emulatorOptions{
		find:    func() (*emulator.Session, error) { return nil, nil },
		environ: func() []string { return nil },
	})
	if want := "no emulator is running; start one: go tool titan emulator start"; err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
}
