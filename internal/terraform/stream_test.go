package terraform

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// What Terraform 1.11.4 printed, shortened.
const (
	plannedLine = `{"@level":"info","@message":"terraform_data.y: Plan to replace",` +
		`"change":{"resource":{"addr":"terraform_data.y","resource_key":null},"action":"replace","reason":"cannot_update"},` +
		`"type":"planned_change"}`
	summaryLine = `{"@level":"info","changes":{"add":1,"change":0,"import":0,"remove":1,"operation":"plan"},` +
		`"type":"change_summary"}`
	doneLine = `{"@level":"info","hook":{"resource":{"addr":"terraform_data.y"},"action":"create","id_key":"id",` +
		`"id_value":"73","elapsed_seconds":1},"type":"apply_complete"}`
	staleLine = `{"@level":"error","diagnostic":{"severity":"error","summary":"Saved plan is stale",` +
		`"detail":"The given plan file can no longer be applied because the state was changed by another operation after the plan was created."},"type":"diagnostic"}`
	lockLine = `{"@level":"error","diagnostic":{"severity":"error","summary":"Error acquiring the state lock",` +
		`"detail":"Error message: resource temporarily unavailable\nLock Info:\n  ID:        b047a5ab-cffb-a744-9b4e-42ec69e7b85b\n  Path:      terraform.tfstate\n  Operation: OperationTypeApply\n  Who:       root@vm\n  Version:   1.11.4\n  Created:   2026-11-28 12:23:56.043827865 +0000 UTC\n  Info:      \n"},"type":"diagnostic"}`
	bucketLine = `{"@level":"error","diagnostic":{"severity":"error",` +
		`"summary":"error loading state: S3 bucket \"titan-state\" does not exist.\n\nThe referenced S3 bucket must have been previously created.","detail":""},"type":"diagnostic"}`
	deniedLine = `{"@level":"error","diagnostic":{"severity":"error","summary":"creating EC2 VPC",` +
		`"detail":"UnauthorizedOperation","address":"aws_vpc.main"},"type":"diagnostic"}`
)

// printing is a script that prints lines and ends with a code.
func printing(code string, lines ...string) string {
	return "cat <<'X'\n" + strings.Join(lines, "\n") + "\nX\nexit " + code
}

func TestStreamHandsOnWhatTerraformSays(t *testing.T) {
	var got []Message
	watch := func(m Message) { got = append(got, m) }
	changes, err := standIn(t, printing("2", plannedLine, summaryLine)).StreamPlan(t.Context(), "plan", watch)
	if !changes || err != nil {
		t.Fatalf("changes %v, error %v", changes, err)
	}
	if err := standIn(t, printing("0", doneLine)).StreamApply(t.Context(), "plan", watch); err != nil {
		t.Fatal(err)
	}
	want := []Message{
		{
			Type: PlannedChangeMessage, Text: "terraform_data.y: Plan to replace",
			Change: PlannedChange{Resource{"terraform_data.y"}, Replace, "cannot_update"},
		},
		{Type: SummaryMessage, Changes: Counts{Add: 1, Remove: 1}},
		{Type: ApplyCompleteMessage, Hook: Hook{Resource{"terraform_data.y"}, Create, 1}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFailuresAreToldApart(t *testing.T) {
	apply := func(line string) error {
		return standIn(t, printing("1", line)).StreamApply(t.Context(), "plan", func(Message) {})
	}
	if err := apply(staleLine); !errors.Is(err, ErrStalePlan) {
		t.Errorf("stale: %v", err)
	}
	var lock *LockError
	if err := apply(lockLine); !errors.As(err, &lock) || lock.Who != "root@vm" || lock.Dir == "" {
		t.Errorf("locked: %v", err)
	}
	var missing *MissingBucketError
	if err := apply(bucketLine); !errors.As(err, &missing) || missing.Bucket != "titan-state" {
		t.Errorf("no bucket: %v", err)
	}
	err := apply(deniedLine)
	if err == nil ||
		!strings.Contains(err.Error(), "Error: creating EC2 VPC\n  with aws_vpc.main\nUnauthorizedOperation") {
		t.Errorf("denied: %v", err)
	}
	if err := apply("panic: runtime error"); err == nil || !strings.Contains(err.Error(), "panic: runtime error") {
		t.Errorf("crashed: %v", err)
	}
}

// TestATakenNameIsMaybeOnesOwn has services refuse a name as they do, each in its way, and in others' words.
func TestATakenNameIsMaybeOnesOwn(t *testing.T) {
	const advice = "terraform import '<address>' <id>"
	for detail, taken := range map[string]bool{
		"operation error IAM: CreateRole, https response error StatusCode: 409, EntityAlreadyExists: " +
			"Role with name titan-dev-cluster already exists.": true,
		"api error DBClusterAlreadyExistsFault: DB Cluster already exists": true,
		"api error BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already " +
			"own it.": true,
		"ResourceExistsException: The operation failed because the secret titan/dev/db is there.":                        true,
		"InvalidChangeBatch: Tried to create resource record set _x.titan.example.com. type CNAME but it already exists": true,
		"ResourceInUseException: Cluster already exists with name: titan-dev":                                            true,
		"ResourceInUseException: Cluster has nodegroups attached":                                                        false,
		"InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist":                                                       false,
	} {
		line := fmt.Sprintf(`{"type":"diagnostic","diagnostic":{"severity":"error","summary":"creating it","detail":%q}}`,
			detail)
		stack := standIn(t, printing("1", line))
		err := stack.StreamApply(t.Context(), "plan", func(Message) {})
		if err == nil || strings.Contains(err.Error(), "cd "+stack.Dir+" && "+advice) != taken {
			t.Errorf("%s: %v", detail, err)
		}
	}
}

// TestOneInterruptReachesTerraform has a script count its interrupts: the second would have Terraform drop its state.
func TestOneInterruptReachesTerraform(t *testing.T) {
	w := standIn(t, `trap 'echo x >> interrupts' INT
: > started
while [ ! -f interrupts ]; do sleep 0.05; done
sleep 0.2`)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- w.StreamApply(ctx, "plan", func(Message) {}) }()
	appears(t, filepath.Join(w.Dir, "started"))
	cancel()
	if err := <-done; err != nil {
		t.Errorf("a command that came to its end failed: %v", err)
	}
	if count, _ := os.ReadFile(filepath.Join(w.Dir, "interrupts")); string(count) != "x\n" {
		t.Errorf("interrupts: %q", count)
	}
	command := exec.Command("true")
	Interruptible(command)
	if !command.SysProcAttr.Setpgid {
		t.Error("the terminal's Ctrl-C reaches it too")
	}
}

const orphanVariable = "TITAN_TEST_ORPHAN"

// TestTerraformOutlivesUs kills the program that applies: Terraform saves its state all the same.
func TestTerraformOutlivesUs(t *testing.T) {
	if dir := os.Getenv(orphanVariable); dir != "" {
		_ = Workspace{Dir: dir, Env: os.Environ()}.StreamApply(t.Context(), "plan", func(Message) {}) // it is killed in it
		return
	}
	w := standIn(t, ": > started; sleep 0.5; echo "+"'"+doneLine+"'"+"; echo saved > state")
	us := exec.Command(os.Args[0], "-test.run=^TestTerraformOutlivesUs$")
	us.Env = append(os.Environ(), orphanVariable+"="+w.Dir)
	if err := us.Start(); err != nil {
		t.Fatal(err)
	}
	appears(t, filepath.Join(w.Dir, "started"))
	if err := us.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = us.Wait() // killed
	appears(t, filepath.Join(w.Dir, "state"))
}

func appears(t *testing.T, file string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(file); err == nil {
			return
		}
	}
	t.Fatalf("%s never came", file)
}
