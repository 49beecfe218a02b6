package runner

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/titan-platform/titan/internal/terraform"
	"github.com/titan-platform/titan/stacks/order"
)

// world is what the Terraforms of a test know in common: what each stack holds, and what was called in which order.
type world struct {
	mutex sync.Mutex
	calls []string
	stack map[string]*fake
}

// fake is a Terraform whose stack wants one resource. A test puts its own functions in place of what Terraform would
// do.
type fake struct {
	world *world
	name  string
	made  bool   // the resource is there
	file  string // the last plan's

	init, plan, ask func() error
	apply           func(ctx context.Context) error
	message         terraform.Message // said while planning
	keeps           bool              // what is destroyed stays in the state
}

// chain is b after a, c and d after b, and e alone. Each is in another region, so that a view shows which is which.
var chain = []order.Stack{
	{Name: "a", Kind: order.Second, Region: "eu-central-1"},
	{Name: "b", Kind: order.Environment, Region: "eu-west-1", After: []string{"bootstrap", "a"}},
	{Name: "c", Kind: order.Global, Region: "us-east-1", After: []string{"b"}},
	{Name: "d", Kind: order.Platform, Region: "eu-west-1", After: []string{"b"}},
	{Name: "e", Kind: order.Zone, Region: "us-east-1"},
}

func newWorld() *world {
	w := &world{stack: map[string]*fake{}}
	for _, stack := range chain {
		w.stack[stack.Name] = &fake{world: w, name: stack.Name}
	}
	return w
}

func (w *world) note(call string) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.calls = append(w.calls, call)
}

// noted are the calls so far, without those that only ask.
func (w *world) noted() string {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return strings.Join(w.calls, ", ")
}

// at is where a call stands among the calls; it fails where it never came.
func (w *world) at(t *testing.T, call string) int {
	t.Helper()
	i := slices.Index(w.calls, call)
	if i < 0 {
		t.Fatalf("%q never came: %s", call, w.noted())
	}
	return i
}

func (f *fake) Init(context.Context) error {
	if f.init != nil {
		return f.init()
	}
	return nil
}

func (f *fake) Plan(_ context.Context, file string, destroy bool, watch func(terraform.Message)) (bool, error) {
	f.world.note("plan " + f.name)
	if f.plan != nil {
		if err := f.plan(); err != nil {
			return false, err
		}
	}
	watch(f.message)
	f.file = file
	if destroy != f.made {
		return false, nil
	}
	action, counts := terraform.Create, terraform.Counts{Add: 1}
	if destroy {
		action, counts = terraform.Delete, terraform.Counts{Remove: 1}
	}
	watch(terraform.Message{
		Type:   terraform.PlannedChangeMessage,
		Change: terraform.PlannedChange{Resource: f.resource(), Action: action},
	})
	watch(terraform.Message{Type: terraform.SummaryMessage, Changes: counts})
	return true, nil
}

func (f *fake) resource() terraform.Resource { return terraform.Resource{Address: "thing." + f.name} }

func (f *fake) Show(context.Context, string) ([]byte, error) {
	return []byte("plan of " + f.name), nil
}

func (f *fake) Apply(ctx context.Context, file string, watch func(terraform.Message)) error {
	f.world.note("apply " + f.name)
	if file != f.file {
		return fmt.Errorf("%q is applied, and %q was planned", file, f.file)
	}
	action := terraform.Create
	if f.made {
		action = terraform.Delete
	}
	watch(terraform.Message{
		Type: terraform.ApplyStartMessage,
		Hook: terraform.Hook{Resource: f.resource(), Action: action},
	})
	if f.apply != nil {
		if err := f.apply(ctx); err != nil {
			return err
		}
	}
	f.made = !f.made
	watch(terraform.Message{
		Type: terraform.ApplyCompleteMessage,
		Hook: terraform.Hook{Resource: f.resource(), Action: action},
	})
	return nil
}

func (f *fake) Resources(context.Context) ([]string, error) {
	if f.ask != nil {
		return nil, f.ask()
	}
	if f.made || f.keeps {
		return []string{f.resource().Address}, nil
	}
	return nil, nil
}

// events is a view that keeps what it is shown.
type events struct{ list []Event }

func (e *events) Show(event Event) { e.list = append(e.list, event) }

func (e *events) of(kind Type) []Event {
	return slices.DeleteFunc(slices.Clone(e.list), func(event Event) bool { return event.Type != kind })
}

// runner is a Runner on the world, to whom nobody says no.
func (w *world) runner() (*Runner, *events) {
	view := &events{}
	return &Runner{
		Terraform: func(stack order.Stack) Terraform { return w.stack[stack.Name] },
		View:      view,
		Now:       time.Now,
	}, view
}

// outcomes are results as `a applied, b failed`.
func outcomes(results []Result) string {
	var list []string
	for _, result := range results {
		list = append(list, fmt.Sprintf("%s %s", result.Stack, result.Outcome))
	}
	return strings.Join(list, ", ")
}

func expectOutcomes(t *testing.T, results []Result, want string) {
	t.Helper()
	if got := outcomes(results); got != want {
		t.Errorf("outcomes:\n%s\nwant\n%s", got, want)
	}
}

// soon fails a test that would wait for ever.
func soon(t *testing.T, what string, c <-chan struct{}) {
	t.Helper()
	select {
	case <-c:
	case <-time.After(10 * time.Second):
		t.Errorf("%s never came", what)
	}
}
