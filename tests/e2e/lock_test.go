//go:build e2e

package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/terraform"
)

// killedApplyLeavesALock kills Terraform in the middle of the environment's first apply, as a closed laptop does, and
// takes away the lock that it leaves behind: the next apply makes the rest.
func (d *deployment) killedApplyLeavesALock(t *testing.T) {
	t.Helper()
	must(t, d.stack.Init(t.Context()))

	// Slow enough that the kill comes in the middle.
	d.emulator.Break(emulator.Fault{Service: "ec2", Action: "CreateInternetGateway", Delay: 20 * time.Second})
	role := d.address(t, "aws_iam_role", "cluster_node_role")
	gateway := d.address(t, "aws_internet_gateway", "network_internet")
	killed := d.applyKilledAt(t, "CreateInternetGateway", "-target="+role, "-target="+gateway)
	if killed == nil {
		t.Fatal("the apply ended before it was killed")
	}

	_, err := d.stack.Plan(t.Context(), "locked.tfplan")
	var lock *terraform.LockError
	if !errors.As(err, &lock) {
		t.Fatalf("the plan after the kill did not find the lock: %v", err)
	}
	if want := "terraform force-unlock " + lock.ID; lock.ID == "" || !strings.Contains(lock.Error(), want) {
		t.Errorf("the error does not say %q: %v", want, lock)
	}
	if _, err := d.stack.Run(t.Context(), "force-unlock", "-force", lock.ID); err != nil {
		t.Fatal(err)
	}
	// What the killed run made and did not write down is in the account and not in the state. What has a name would be in
	// the way of its own making, so it is imported, as docs/runbooks/state.md says; here that is the one role.
	_, err = d.stack.Run(t.Context(), "import", "-input=false", "-no-color", role, d.Prefix()+"-node")
	must(t, err)
}

// address is the address of the one resource of a type that a module's construct makes.
func (d *deployment) address(t *testing.T, kind, prefix string) string {
	t.Helper()
	var synthesized struct {
		Resource map[string]map[string]json.RawMessage
	}
	text, err := os.ReadFile(filepath.Join(d.stack.Dir, "cdk.tf.json"))
	must(t, err)
	must(t, json.Unmarshal(text, &synthesized))
	for id := range synthesized.Resource[kind] {
		if strings.HasPrefix(id, prefix) {
			return kind + "." + id
		}
	}
	t.Fatalf("no %s %s in %s", kind, prefix, d.stack.Dir)
	return ""
}

// applyKilledAt applies the stack and kills Terraform as soon as a call comes; it returns how Terraform ended.
func (d *deployment) applyKilledAt(t *testing.T, action string, targets ...string) error {
	t.Helper()
	ctx, kill := context.WithCancel(t.Context())
	defer kill()
	ended := make(chan error, 1)
	apply := append([]string{"apply", "-input=false", "-no-color", "-auto-approve"}, targets...)
	go func() { ended <- runAndKill(ctx, d.stack, apply...) }()
	deadline := time.After(2 * time.Minute)
	for {
		select {
		case err := <-ended:
			return err
		case <-deadline:
			t.Fatalf("no %s in two minutes", action)
		case <-time.After(20 * time.Millisecond):
		}
		if d.emulator.Pending("ec2", action) {
			kill()
			return <-ended
		}
	}
}
