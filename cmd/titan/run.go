package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/gate"
	"github.com/titan-platform/titan/internal/review"
	"github.com/titan-platform/titan/internal/runner"
	"github.com/titan-platform/titan/stacks/order"
)

// How often it is told what is waited for: a screen rewrites it in place, elsewhere it is lines more.
const (
	beatEvery       = 15 * time.Second
	screenBeatEvery = time.Second
)

// runOptions are what `titan plan`, `titan deploy` and `titan destroy` need.
type runOptions struct {
	terminal     *terminal
	now          func() time.Time
	tick         func(every time.Duration) <-chan time.Time // nil is never
	endpoint     string                                     // AWS_ENDPOINT_URL, which sends everything to an emulator
	settings     func(context.Context) error                // refuses settings of AWS's that contradict each other
	environments func() ([]environments.Environment, error)
	synthesize   func(ctx context.Context, out string, names []string) error
	terraform    func(out string) (func(order.Stack) runner.Terraform, error)
	logs         func(runner.Verb, func(order.Stack) runner.Terraform) func(order.Stack) runner.Terraform // nil: none
	hooks        func([]environments.Environment, *runner.Runner)
	placeholders func(environments.Environment) []environments.Placeholder
	states       func(context.Context, environments.Account) (stateReader, error)
	account      func(context.Context, environments.Account) (func(environments.Region) aws.Config, error)
	synthesized  func(stack string) ([]byte, error) // what is in the project's folder, of whatever age

	verb   runner.Verb
	target string
	only   []string
	allow  []review.Allowance
	yes    bool
	json   bool
	out    string // of plan: the folder that keeps the plans
	plans  string // of deploy: such a folder
}

// runStacks finds out what is meant and whether it may be run, before anything is; then it runs it.
func runStacks(ctx context.Context, o runOptions) error {
	all, err := o.environments()
	if err != nil {
		return err
	}
	c := newCatalog(all)
	stacks, whole, err := c.find(o.target, o.only)
	if err != nil {
		return err
	}
	if o.verb != runner.Plan && !o.yes && !o.terminal.interactive {
		return wrongUsage("standard input is no terminal, so nobody can be asked; "+
			"to %s without a question, pass --yes", o.verb)
	}
	if err := o.settings(ctx); err != nil {
		return err
	}
	if err := o.checkPlaceholders(c, stacks); err != nil {
		return err
	}
	if err := o.checkProtection(c, stacks); err != nil {
		return err
	}
	if o.plans != "" {
		return o.applySaved(ctx, all, stacks)
	}
	var under, on []order.Stack
	if o.verb == runner.Destroy {
		on = c.standsOn(stacks)
	} else {
		under = c.standsUnder(stacks, whole)
	}
	out, saved, err := o.folder()
	if err != nil {
		return err
	}
	folders, err := o.terraform(out)
	if err != nil {
		return err
	}
	if err := o.prepare(ctx, out, c.sameAccount(slices.Concat(stacks, under, on))); err != nil {
		return err
	}
	r, finish := o.runner(all, folders, out)
	r.Save = saved
	o.hooks(all, r)
	if err := o.checkStanding(ctx, r, c.table, under); err != nil {
		return err
	}
	if err := o.checkEmpty(ctx, r, on); err != nil {
		return err
	}
	if err := o.checkStates(ctx, c, stacks[0], whole); err != nil {
		return err
	}
	results, err := r.Run(ctx, o.verb, stacks)
	if o.verb == runner.Destroy && whole != nil {
		o.afterDestroy(ctx, c, *whole, results, err)
	}
	return finish(err)
}

// prepare synthesizes to a folder.
func (o runOptions) prepare(ctx context.Context, out string, names []string) error {
	o.sayEndpoint()
	began := o.now()
	if err := o.synthesize(ctx, out, names); err != nil {
		return err
	}
	o.say("synthesized %s in %.0f s", strings.Join(names, ", "), o.now().Sub(began).Seconds())
	return nil
}

func (o runOptions) sayEndpoint() {
	if o.endpoint != "" {
		o.say("AWS is what answers at %s (AWS_ENDPOINT_URL)", o.endpoint)
	}
}

// say tells a person what goes on before the run. It is not among the events.
func (o runOptions) say(format string, args ...any) {
	if !o.json {
		o.terminal.printf(format+"\n", args...)
	}
}

// runner makes the runner. What the run ended in is to be finished: an allowance that nothing needed is an error then.
func (o runOptions) runner(
	all []environments.Environment, folders func(order.Stack) runner.Terraform, out string,
) (r *runner.Runner, finish func(error) error) {
	if o.logs != nil {
		folders = o.logs(o.verb, folders)
	}
	human := o.terminal.human()
	r = &runner.Runner{Terraform: folders, View: human, Now: o.now, Beat: o.terminal.beat(o.tick)}
	if o.json {
		json := &terminal{out: o.terminal.out} // no screen
		r.View, r.Beat = runner.NewJSON(o.terminal.out), json.beat(o.tick)
	}
	if !o.yes {
		r.Ask = o.terminal.confirm
	}
	if o.verb == runner.Plan {
		return r, func(err error) error { return err }
	}
	guard := gate.New(o.verb, o.target, reviewRules(all, o.allow))
	guard.Unfinished = o.unfinished(out)
	r.Review, r.View, human.WithoutChanges = guard.Review, guard.Watch(r.View), true
	return r, func(err error) error {
		if err != nil {
			return err
		}
		return guard.Idle()
	}
}
