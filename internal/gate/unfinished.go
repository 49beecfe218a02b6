package gate

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/titan-platform/titan/internal/review"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/internal/terraform"
)

// Unfinished remembers, from run to run, what was agreed to and has not been applied to its end. A run that goes on is
// not asked about it again, as long as the stack is synthesized to the same.
type Unfinished struct {
	Folder string // holds a file a stack
	// Configuration is a digest of what a stack is synthesized to and where that is applied.
	Configuration func(stack string) (string, error)
}

// agreement is what was agreed to of a stack.
type agreement struct {
	Configuration string   `json:"configuration"`
	Creates       []string `json:"creates"` // addresses
}

func (u *Unfinished) file(stack string) string { return filepath.Join(u.Folder, stack+".json") }

// creates are the addresses whose creation was agreed to, none where the stack is another one by now.
func (u *Unfinished) creates(stack string) []string {
	text, err := os.ReadFile(u.file(stack))
	if err != nil {
		return nil // the usual case: nothing was interrupted
	}
	var kept agreement
	now, err := u.Configuration(stack)
	if err != nil || json.Unmarshal(text, &kept) != nil || kept.Configuration != now {
		return nil // asking once more is safe
	}
	return kept.Creates
}

func (u *Unfinished) keep(stack string, agreed agreement) error {
	text, err := json.MarshalIndent(agreed, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(u.Folder, 0o700); err != nil {
		return err
	}
	return os.WriteFile(u.file(stack), text, 0o600)
}

// resumed are the agreements on the stacks of a proposal.
func (u *Unfinished) resumed(proposal runner.Proposal) map[string][]string {
	resumed := map[string][]string{}
	for _, planned := range proposal.Plans {
		if creates := u.creates(planned.Stack.Name); creates != nil {
			resumed[planned.Stack.Name] = creates
		}
	}
	return resumed
}

// Watch keeps agreements while their stacks are applied, and shows events on.
func (g *Gate) Watch(view runner.View) runner.View { return watch{view, g} }

type watch struct {
	runner.View
	gate *Gate
}

// Show implements runner.View. An agreement that can't be kept is asked for again, which is safe.
func (w watch) Show(event runner.Event) {
	if unfinished := w.gate.Unfinished; unfinished != nil {
		switch event.Type {
		case runner.Applying:
			_ = w.gate.begin(event.Stack)
		case runner.Completed:
			if event.Action == terraform.Create {
				_ = w.gate.made(event.Stack, event.Address)
			}
		case runner.Applied, runner.Unchanged:
			_ = os.Remove(unfinished.file(event.Stack))
		}
	}
	w.View.Show(event)
}

// begin keeps what was agreed to of a stack, as it is synthesized in this run.
func (g *Gate) begin(stack string) error {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	configuration, err := g.Unfinished.Configuration(stack)
	if err != nil {
		return fmt.Errorf("remembering what was agreed to of %s: %w", stack, err)
	}
	agreed := agreement{configuration, g.agreed[stack].Creates}
	g.agreed[stack] = agreed
	return g.Unfinished.keep(stack, agreed)
}

// made takes an address out of what was agreed to: it is there, and what becomes of it later is a question of its own.
func (g *Gate) made(stack, address string) error {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	agreed := g.agreed[stack]
	agreed.Creates = slices.DeleteFunc(agreed.Creates, func(other string) bool { return other == address })
	g.agreed[stack] = agreed
	return g.Unfinished.keep(stack, agreed)
}

// agree notes what a proposal creates, which is agreed to if it is applied, and what is left of an earlier one.
func (g *Gate) agree(changes []review.Change, resumed map[string][]string) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	for stack, creates := range resumed {
		g.agreed[stack] = agreement{Creates: slices.Clone(creates)}
	}
	for _, change := range changes {
		agreed := g.agreed[change.Stack]
		if change.Action == review.Create && !slices.Contains(agreed.Creates, change.Address) {
			agreed.Creates = append(agreed.Creates, change.Address)
			g.agreed[change.Stack] = agreed
		}
	}
}
