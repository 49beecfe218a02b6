package fresh

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/titan-platform/titan/internal/emulator"
)

// Kind is a reason for which a fresh account refuses a call.
type Kind string

// The kinds, as reports group them.
const (
	RoleUnseen          Kind = "role or principal not seen yet"
	PermissionUnseen    Kind = "permission not seen yet"
	NotFoundYet         Kind = "not found right after it was made"
	SettingUnseen       Kind = "setting not seen yet"
	NoGateway           Kind = "no internet gateway"
	NoServiceLinkedRole Kind = "no service-linked role"
	ConnectionPending   Kind = "connection pending"
	Throttled           Kind = "throttled"
)

const (
	// iamDelay is how long other services do not see a change in IAM: 'cannot be assumed for 10-30 seconds'
	// (terraform-provider-aws#6566; IAM User Guide, 'Changes that I make are not always immediately visible').
	iamDelay = 15 * time.Second
	// moment is how long a service may not find what it made; it is refused once in it.
	moment = 30 * time.Second
	// settingDelay is how long a service passes over a new bucket, its policy or versioning (S3 User Guide, 'Amazon S3
	// data consistency model', on bucket configurations).
	settingDelay = 5 * time.Second
	// roleDelay is how long a service says that the making of its own service-linked role takes.
	roleDelay = 15 * time.Minute
)

// refusal is a call that is refused until what it needs is seen.
type refusal struct {
	kind     Kind
	service  string   // as signatures name it
	actions  []string // as a Call has them, with path.Match's wildcards
	needs    func(*emulator.Request, *memory) []string
	required bool          // what was never made is refused too
	late     time.Duration // until it is seen, from when it was made
	once     bool          // one call of each action is refused in that time
	starts   bool          // the first refused call makes what is missing

	status        int    // default 400
	code, message string // AWS's own; %s is the name of what is missing
	source        string
}

// name tells a refusal from the others.
func (r refusal) name() string { return r.service + " " + r.actions[0] + " " + r.code }

func (r refusal) count() Count { return Count{Kind: r.kind, Name: r.name(), Source: r.source} }

// says is a refusal's message about what a call needs.
func (r refusal) says(needed string) string {
	_, name, _ := strings.Cut(needed, " ")
	if !strings.Contains(r.message, "%s") {
		return r.message
	}
	return fmt.Sprintf(r.message, name)
}

// note is a call that makes something.
type note struct {
	service string
	actions []string
	made    func(*emulator.Request, *emulator.Reply, *memory) []string
}

// key is a thing's: its kind, which has no space, and its name.
func key(kind, name string) string { return kind + " " + name }

// refusals is the table.
func refusals() []refusal {
	all := slices.Concat(roleRefusals, policyRefusals, permissionRefusals)
	for i := range all {
		all[i].required, all[i].late = true, iamDelay
	}
	for _, thing := range things {
		all = append(all, thing.refusal())
	}
	return slices.Concat(all, settingRefusals, accountRefusals)
}

// notes are what the table needs to know.
func notes() []note {
	all := slices.Concat(iamNotes, settingNotes, accountNotes)
	for _, thing := range things {
		all = append(all, thing.note())
	}
	return all
}
