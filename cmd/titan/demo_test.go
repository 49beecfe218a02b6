package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/stacks/order"
)

// Whatever the demo runs has the environment that internal/emulator proves to lead nowhere else.
func TestTheDemoTakesNothingOfTheUsers(t *testing.T) {
	for _, name := range []string{"AWS_PROFILE", "AWS_ENDPOINT_URL_STS", "AWS_CONFIG_FILE", "HTTPS_PROXY", "TF_CLI_ARGS_apply", "TF_REATTACH_PROVIDERS"} {
		t.Setenv(name, "hostile")
	}
	t.Chdir(t.TempDir())
	if err := os.Mkdir(workDir, 0o700); err != nil {
		t.Fatal(err)
	}
	programs := t.TempDir()
	if err := os.WriteFile(filepath.Join(programs, "go"), []byte("#!/bin/sh\nenv >environment\nexit 1\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", programs+string(os.PathListSeparator)+os.Getenv("PATH"))
	terminal, _, _ := screen()
	if err := (demoOptions{terminal}).deploy(t.Context(), session, nil); err == nil {
		t.Error("a failure of the synthesis is none of the demo")
	}
	text, err := os.ReadFile("environment")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "hostile") {
		t.Errorf("the synthesis has variables of the user's:\n%s", text)
	}
	for _, want := range []string{"AWS_ENDPOINT_URL=" + session.URL, "HTTPS_PROXY=" + session.URL, "AWS_CONFIG_FILE=" + os.DevNull, "CHECKPOINT_DISABLE=1"} {
		if !strings.Contains("\n"+string(text), "\n"+want+"\n") {
			t.Errorf("the synthesis lacks %s:\n%s", want, text)
		}
	}
}

// What is done about an applied stack begins once another one's plan is made, or at the end.
func TestWhatMayWaitIsDoneWhileAStackIsApplied(t *testing.T) {
	done := make(chan string, 9)
	m := &meanwhile{View: runner.NewHuman(new(strings.Builder)), do: func(stack string) error {
		done <- stack
		return os.ErrInvalid
	}}
	for _, c := range []struct {
		event runner.Event
		want  int
	}{
		{runner.Event{Type: runner.Unchanged, Stack: "bootstrap"}, 0},
		{runner.Event{Type: runner.Planning, Stack: "local"}, 0},
		{runner.Event{Type: runner.Applying, Stack: "local"}, 1},
		{runner.Event{Type: runner.Unchanged, Stack: "local"}, 1},
		{runner.Event{Type: runner.Finished}, 2},
	} {
		m.Show(c.event)
		m.running.Wait()
		if len(done) != c.want {
			t.Errorf("after %s %d are done, want %d", c.event.Type, len(done), c.want)
		}
	}
	if err := m.wait(); err == nil || strings.Count(err.Error(), os.ErrInvalid.Error()) != 2 {
		t.Errorf("what failed is not told: %v", err)
	}
}

// The change is one of the committed file that the loader takes, and both of its settings are in the difference.
func TestTheDemosChangeIsOneOfTheCommittedFile(t *testing.T) {
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS("../../environments")); err != nil {
		t.Fatal(err)
	}
	difference, err := changeFile(filepath.Join(folder, "local.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(difference, "@@ ") {
		t.Errorf("the difference does not begin with its place:\n%s", difference)
	}
	for _, want := range []string{"+database: {retention_days: 1}", "+  public_cidrs: [198.51.100.0/24, 203.0.113.0/24]"} {
		if !strings.Contains(difference, want) {
			t.Errorf("the difference lacks %q:\n%s", want, difference)
		}
	}
}

// blockState is a state in Terraform's JSON form that holds the block, and one of another bucket before it.
const blockState = `{"format_version": "1.0", "values": {"root_module": {"resources": [
{"address": "aws_s3_bucket_public_access_block.backup_logs_public-access_00000000", "values": {"bucket": "logs"}},
{"address": "aws_s3_bucket_public_access_block.backup_backups_public-access_E3155EB7", "values": {"bucket": "backups"}}]}}}`

func TestTheBlockIsFoundAndTakenAwayOnTheEmulator(t *testing.T) {
	bucket, err := findBucket([]byte(blockState), brokenBlock)
	if err != nil || bucket != "backups" {
		t.Fatalf("got %q, %v", bucket, err)
	}
	if _, err := findBucket([]byte(`{"format_version": "1.0"}`), brokenBlock); err == nil || !strings.Contains(err.Error(), "demo up") {
		t.Errorf("an empty state: %v", err)
	}
	var asked []string
	s3 := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Method+" "+r.URL.Path+" "+r.URL.RawQuery)
		w.WriteHeader(http.StatusNoContent)
	}))
	defer s3.Close()
	t.Setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1") // which a user's shell may have
	if err := allowPublicAccess(t.Context(), bucket, s3.URL, "eu-west-1"); err != nil {
		t.Fatal(err)
	}
	if want := []string{"DELETE /backups publicAccessBlock="}; !slices.Equal(asked, want) {
		t.Errorf("asked %v, want %v", asked, want)
	}
}

// Before the bootstrap stack nothing was deployed, and before its bucket that stack alone.
func TestTheDemoDestroysWhatCanHaveBeenDeployed(t *testing.T) {
	t.Chdir(t.TempDir())
	stacks := []order.Stack{{Name: "b", Kind: order.Bootstrap}, {Name: "local", Kind: order.Environment}}
	for _, c := range []struct{ state, want string }{
		{"", ""},
		{`{"resources": [{"mode": "managed", "type": "aws_kms_key"}]}`, "b"},
		{`{"resources": [{"mode": "managed", "type": "aws_s3_bucket"}]}`, "b local"},
	} {
		if c.state != "" {
			if err := os.WriteFile(localState("b"), []byte(c.state), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		got, err := destroyable(stacks)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, strings.Join(namesOf(got), " ")); diff != "" {
			t.Errorf("state %q: %s", c.state, diff)
		}
	}
}
