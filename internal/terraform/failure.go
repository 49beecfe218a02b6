package terraform

import (
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
)

// ErrStalePlan says that the state was changed after the plan was made. Nothing was applied; plan anew.
var ErrStalePlan = errors.New("the plan is stale: the state was changed after it was made")

// ErrKilled says that Terraform did not end after its interrupt and was killed: its state may lack what it made last,
// and stay locked.
var ErrKilled = fmt.Errorf("terraform had not ended %v after its interrupt and was killed: "+
	"its state may lack what it made last", interruptGrace)

// MissingBucketError says that the bucket of a stack's state is not there.
type MissingBucketError struct{ Bucket string }

// Error names the bucket.
func (e *MissingBucketError) Error() string {
	return fmt.Sprintf("the bucket of the state, %q, does not exist", e.Bucket)
}

// Terraform's S3 backend says so of every command, in these words (internal/backend/remote-state/s3,
// errS3NoSuchBucket).
var missingBucket = regexp.MustCompile(`S3 bucket "([^"]+)" does not exist`)

// failure is the error of a command that ended badly, told from what it complained of.
func (w Workspace) failure(verb string, ended error, complaint string) error {
	var exit *exec.ExitError
	if errors.As(ended, &exit) {
		if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signal() == syscall.SIGKILL {
			return fmt.Errorf("terraform %s in %q: %w", verb, w.Dir, ErrKilled)
		}
	}
	if lock := FindLock(complaint, w.Dir); lock != nil {
		return lock
	}
	if match := missingBucket.FindStringSubmatch(complaint); match != nil {
		return &MissingBucketError{Bucket: match[1]}
	}
	if strings.Contains(complaint, "Saved plan is stale") {
		return fmt.Errorf("terraform %s in %q: %w", verb, w.Dir, ErrStalePlan)
	}
	return fmt.Errorf("terraform %s in %q: %w%s%s", verb, w.Dir, ended, tail(complaint), w.advice(complaint))
}

// taken is how services say that a name is taken, by the errors of their models: EntityAlreadyExists (IAM),
// DBClusterAlreadyExistsFault (RDS), BucketAlreadyOwnedByYou (S3), ResourceExistsException (Secrets Manager), …; EC2,
// EKS and Route 53 only in the message.
var taken = regexp.MustCompile(
	"AlreadyExist|AlreadyOwnedByYou|ResourceExistsException|QueueNameExists|PipelineNameInUse|" +
		"WAFDuplicateItem|Duplicate(LoadBalancer|TargetGroup)Name|already exists")

// advice says what else can be done about a complaint, and is empty where nothing can.
func (w Workspace) advice(complaint string) string {
	if !taken.MatchString(complaint) {
		return ""
	}
	return fmt.Sprintf(`
What is said to exist may be what a killed run made and did not write down. If so, import it and run this again
(docs/runbooks/state.md#the-state-is-locked):
  cd %s && terraform import '<address>' <id>`, w.Dir)
}
