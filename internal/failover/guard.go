package failover

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/internal/stateful/kinds"
)

// deploy deploys stacks. Of what holds data, their plans may end types that the step replaces, which is asked about.
// Anything beyond that is asked about by its address, and refused where there is nobody to ask.
func (w *work) deploy(ctx context.Context, replaces []string, stacks ...string) error {
	guard := &guard{replaces: replaces, asker: w.Ask}
	return w.Stacks.Deploy(ctx, stacks, Guard{Review: guard.review, Ask: guard.ask})
}

// errUnasked refuses what only a person may say yes to.
var errUnasked = errors.New("a plan ends what holds data, and nobody can be asked")

type guard struct {
	replaces []string
	asker    func(string) (bool, error)

	mutex sync.Mutex // a question is put beside the run
	ended []string   // by plans since the last question, of what holds data
}

// review notes what plans would end of what holds data.
func (g *guard) review(_ context.Context, proposal runner.Proposal) (runner.Verdict, error) {
	var verdict runner.Verdict
	for _, planned := range proposal.Plans {
		text, err := g.unexpected(planned.Stack.Name, planned.Plan)
		if err != nil {
			return runner.Verdict{}, err
		}
		verdict.Text = strings.TrimSpace(verdict.Text + "\n" + text)
	}
	if verdict.Text != "" && g.asker == nil {
		verdict.Refused = errUnasked
	}
	return verdict, nil
}

// unexpected says what a plan, in Terraform's JSON form, would end of what holds data beside what the step replaces.
func (g *guard) unexpected(stack string, plan []byte) (string, error) {
	var read struct {
		Changes []struct {
			Address, Type string
			Change        struct{ Actions []string }
		} `json:"resource_changes"`
	}
	if err := json.Unmarshal(plan, &read); err != nil {
		return "", fmt.Errorf("the plan of %s: %w", stack, err)
	}
	var ended, unexpected []string
	for _, c := range read.Changes {
		if !kinds.HoldData(c.Type) || !slices.Contains(c.Change.Actions, "delete") {
			continue
		}
		ended = append(ended, c.Address)
		if !slices.Contains(g.replaces, c.Type) {
			unexpected = append(unexpected, c.Address)
		}
	}
	g.mutex.Lock()
	g.ended = append(g.ended, ended...)
	g.mutex.Unlock()
	if unexpected == nil {
		return "", nil
	}
	text := fmt.Sprintf("The plan of %s ends what holds data and is not part of this step: %s.",
		stack, strings.Join(unexpected, ", "))
	if g.asker == nil {
		text += fmt.Sprintf(" Nobody can be asked, so it is refused: look at it with `titan plan %s`.", stack)
	}
	return text, nil
}

// ask asks where data is ended, and says yes to all else: that the step may be done was asked before.
func (g *guard) ask(question string) (bool, error) {
	g.mutex.Lock()
	ended := g.ended
	g.ended = nil
	g.mutex.Unlock()
	if len(ended) == 0 || g.asker == nil {
		return true, nil
	}
	return g.asker(fmt.Sprintf("It ends %s, which can't be undone. %s", strings.Join(ended, ", "), question))
}
