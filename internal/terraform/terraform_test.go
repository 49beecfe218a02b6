package terraform

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// complaint is what Terraform 1.11.4 printed when another run held the lock.
const complaint = `╷
│ Error: Error acquiring the state lock
│ 
│ Error message: operation error S3: PutObject, https response error
│ StatusCode: 412, RequestID: x, HostID: y, api error PreconditionFailed: At
│ least one of the pre-conditions you specified did not hold
│ Lock Info:
│   ID:        2b3f4c1d-98a0-0c36-7f5e-c6d1a2f0b111
│   Path:      titan-local-state-000000000000-eu-west-1/local/terraform.tfstate
│   Operation: OperationTypeApply
│   Who:       root@laptop
│   Version:   1.11.4
│   Created:   2026-11-23 05:01:02.123456789 +0000 UTC
│   Info:      
│ 
│ Terraform acquires a state lock to protect the state from being written
╵`

func TestLockIsNamedWithWhatToDo(t *testing.T) {
	want := `the state is locked: lock 2b3f4c1d-98a0-0c36-7f5e-c6d1a2f0b111, held by root@laptop since 2026-11-23 05:01:02.123456789 +0000 UTC
If that run is alive, wait for it. If it was killed, take its lock away and run this again:
  cd cdktf.out/stacks/local && terraform force-unlock 2b3f4c1d-98a0-0c36-7f5e-c6d1a2f0b111`
	lock := FindLock(complaint, "cdktf.out/stacks/local")
	if lock == nil || lock.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", lock, want)
	}
	if lock := FindLock("Error: Invalid provider configuration", ""); lock != nil {
		t.Errorf("another complaint is taken for a lock: %v", lock)
	}
}

// standIn puts a script in Terraform's place.
func standIn(t *testing.T, script string) Workspace {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "terraform"), []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	return Workspace{Dir: t.TempDir(), Env: os.Environ()}
}

func TestPlanTellsChangesFromFailure(t *testing.T) {
	for script, want := range map[string]struct{ changes, fails bool }{
		"exit 0":                          {},
		"exit 2":                          {changes: true},
		"echo no credentials >&2; exit 1": {fails: true},
	} {
		changes, err := standIn(t, script).Plan(context.Background(), "plan")
		if changes != want.changes || (err != nil) != want.fails {
			t.Errorf("%q: changes %v, error %v", script, changes, err)
		}
		if want.fails && !strings.Contains(err.Error(), "no credentials") {
			t.Errorf("the error does not say why: %v", err)
		}
	}
}

func TestLockIsAnErrorOfItsOwn(t *testing.T) {
	err := standIn(t, "cat >&2 <<'X'\n"+complaint+"\nX\nexit 1").Destroy(context.Background())
	var lock *LockError
	if !errors.As(err, &lock) || !strings.HasPrefix(lock.ID, "2b3f4c1d") {
		t.Errorf("got %v", err)
	}
}

func TestInterruptComesBeforeTheKill(t *testing.T) {
	w := standIn(t, `trap 'echo saved > state; exit 1' INT
: > started
while :; do sleep 0.05; done`)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.Apply(ctx, "plan") }()
	for {
		if _, err := os.Stat(filepath.Join(w.Dir, "started")); err == nil {
			break
		}
	}
	cancel()
	if err := <-done; err == nil {
		t.Error("an interrupted apply succeeded")
	}
	if _, err := os.Stat(filepath.Join(w.Dir, "state")); err != nil {
		t.Errorf("Terraform did not get to save its state: %v", err)
	}
}

func TestPluginDir(t *testing.T) {
	mirror := t.TempDir()
	if err := os.MkdirAll(filepath.Join(mirror, awsProvider), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv(PluginDirVariable, mirror)
	if got, err := PluginDir(); got != mirror || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	t.Setenv(PluginDirVariable, t.TempDir())
	if _, err := PluginDir(); err == nil ||
		!strings.Contains(err.Error(), "holds no registry.terraform.io/hashicorp/aws") {
		t.Errorf("an empty folder is accepted: %v", err)
	}
}

func TestMirrorIsFoundNearTheTopOnly(t *testing.T) {
	root := t.TempDir()
	near, far := filepath.Join(root, "a", "mirror"), filepath.Join(root, "1", "2", "3", "4", "mirror")
	platform := runtime.GOOS + "_" + runtime.GOARCH
	for _, useless := range []string{
		filepath.Join(far, awsProvider, "5.100.0", platform),
		filepath.Join(root, "project", ".terraform", "providers", awsProvider, "5.100.0", platform),
		filepath.Join(root, "newer", awsProvider, "6.2.0", platform),
		filepath.Join(root, "older", awsProvider, "5.9.0", platform),
		filepath.Join(root, "elsewhere", awsProvider, "5.100.0", "plan9_mips"),
	} {
		if err := os.MkdirAll(useless, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if got := findBelow(root, "aws"); got != "" {
		t.Errorf("found %q, which is of no use", got)
	}
	if err := os.MkdirAll(filepath.Join(near, awsProvider, "5.100.0", platform), 0o700); err != nil {
		t.Fatal(err)
	}
	if got := findBelow(root, "aws"); got != near {
		t.Errorf("found %q, want %q", got, near)
	}
	if got := findBelow(root, "aws", "helm"); got != "" {
		t.Errorf("found %q, a plugin cache that has one provider only", got)
	}
}

func TestFittingVersions(t *testing.T) {
	for version, want := range map[string]bool{
		"helm/2.17.0": true, "helm/2.20.1": true, "helm/2.16.1": false, "helm/3.0.2": false,
		"kubernetes/2.37.1": true, "kubernetes/2.38.0": true, "kubernetes/2.4.0": false, "kubernetes/3.0.0": false,
		"random/3.7.2": false,
	} {
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, ProviderFolder(version), Platform()), 0o700); err != nil {
			t.Fatal(err)
		}
		if got := HoldsFittingVersion(dir, filepath.Dir(version)); got != want {
			t.Errorf("%s fits: %v, want %v", version, got, want)
		}
	}
}

func TestPackedMirrorIsFound(t *testing.T) {
	root := t.TempDir()
	mirror := filepath.Join(root, "mirror")
	if err := os.MkdirAll(filepath.Join(mirror, awsProvider), 0o700); err != nil {
		t.Fatal(err)
	}
	zip := "terraform-provider-aws_5.99.1_" + runtime.GOOS + "_" + runtime.GOARCH + ".zip"
	if err := os.WriteFile(filepath.Join(mirror, awsProvider, zip), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := findBelow(root, "aws"); got != mirror {
		t.Errorf("found %q, want %q", got, mirror)
	}
}
