package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/spf13/cobra"

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

// runTexts are what the help of a verb says.
type runTexts struct {
	verb                 runner.Verb
	short, long, example string
}

var planTexts = runTexts{
	verb:  runner.Plan,
	short: "Show what a deployment would change",
	long: `Plans the stacks of TARGET in their order and shows what each would change. What comes after a stack that would
change is not planned: its plan would be made of what is not there yet.`,
	example: `  titan plan dev
  titan plan prod --only prod.global
  titan plan prod.platform --out plans`,
}

var deployTexts = runTexts{
	verb:  runner.Deploy,
	short: "Plan and apply the stacks of an environment in their order",
	long: `Plans what can be planned now of TARGET, reviews these plans together, asks, and applies those very plans. Then it
does so with the stacks that waited for them. Stacks that do not depend on each other run side by side. What an
environment stands on, its account's stacks and its zone, is looked for and named, and left alone: each of those is a
target of its own.

A finding of the review refuses the plans until it is taken back, or acknowledged by --allow for this once. An --allow
that acknowledges nothing fails. --yes asks nobody, and acknowledges nothing.

After a failure or Ctrl-C the same command goes on: it plans anew, and finds done what is done. What it had agreed to
create passes the review on this machine, as long as the stack is the same.

--plans applies the plans that "plan --out" has left in a folder, and makes none: what was not planned, because it comes
after what would change, is named at the end, and takes another plan. A plan is refused once the state has moved on.`,
	example: `  titan deploy bootstrap.development.eu-west-1
  titan deploy dev.zone
  titan deploy dev
  titan deploy prod --only prod.global,prod.platform
  titan deploy prod --allow data-loss=prod.second:aws_s3_bucket.old
  titan deploy prod.platform --plans plans`,
}

var destroyTexts = runTexts{
	verb:  runner.Destroy,
	short: "Destroy the stacks of an environment, the last one first",
	long: `Plans the destruction of each stack of TARGET once all that stand on it are gone; reviews the plans, asks, and
applies those very plans. An environment's account and its zone are left alone: each of those stacks is a target of its
own. What others still stand on is refused, and what is protected.

The question says how much that holds data is lost; a yes acknowledges that. --yes asks nobody, so it takes --allow
data-loss=TARGET beside it where data is lost.

An environment's destruction ends with what AWS still has of it and no state holds, as "titan leftovers" tells it.`,
	example: `  titan destroy dev
  titan destroy dev --yes --allow data-loss=dev
  titan destroy dev.zone`,
}

func newRunCommand(t *terminal, texts runTexts, run func(context.Context, runOptions) error) *cobra.Command {
	options := defaultRunOptions(t)
	options.verb = texts.verb
	if run == nil {
		run = runStacks
	}
	var allow []string
	command := &cobra.Command{
		Use:   string(texts.verb) + " TARGET",
		Short: texts.short,
		Long: texts.long + `

TARGET is an environment, or any one stack by its full name. Terraform's own switches go in TF_CLI_ARGS_plan and
TF_CLI_ARGS_apply, for instance TF_CLI_ARGS_apply=-parallelism=40.`,
		Example:           texts.example,
		Args:              one("one TARGET, an environment or a stack"),
		ValidArgsFunction: completeTargets(options.environments),
		RunE: func(command *cobra.Command, args []string) error {
			options.target = args[0]
			var err error
			if options.allow, err = allowances(allow); err != nil {
				return err
			}
			return run(command.Context(), options)
		},
	}
	flags := command.Flags()
	flags.StringSliceVar(&options.only, "only", nil, "run these `STACKS` of it alone, without asking for the rest")
	complete(command, "only", completeParts(options.environments))
	flags.BoolVar(&options.json, "json", false, "print a line of JSON an event")
	switch texts.verb {
	case runner.Plan:
		flags.StringVar(&options.out, "out", "", "leave the plans in a `FOLDER` of the project's, for deploy --plans")
		complete(command, "out", completeFolders)
	case runner.Deploy:
		flags.StringVar(&options.plans, "plans", "", "apply the plans that plan --out has left in a `FOLDER`")
		complete(command, "plans", completeFolders)
	}
	if texts.verb != runner.Plan {
		flags.BoolVar(&options.yes, "yes", false, "apply without asking; what the review finds still refuses")
		addAllow(flags, &allow)
	}
	return command
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

// checkPlaceholders refuses to deploy the sample files to AWS. On an emulator they are what they should be.
func (o runOptions) checkPlaceholders(c catalog, stacks []order.Stack) error {
	if o.verb != runner.Deploy || o.endpoint != "" {
		return nil
	}
	environment := c.environmentOf(stacks[0])
	found := o.placeholders(environment)
	if stacks[0].Shared() { // to which the environment's own file is nothing
		found = slices.DeleteFunc(found, func(p environments.Placeholder) bool { return p.File != environment.Account.File() })
	}
	if len(found) == 0 {
		return nil
	}
	text := fmt.Sprintf("%s is still a sample's in the files of %s; nothing was changed. Replace these values first:", o.target, environments.Dir())
	for _, placeholder := range found {
		text += "\n  " + placeholder.String()
	}
	return fmt.Errorf("%s", text)
}

// checkStanding names what is missing of what the run stands on, with the commands that deploy it.
func (o runOptions) checkStanding(ctx context.Context, r *runner.Runner, table, under []order.Stack) error {
	if len(under) == 0 {
		return nil
	}
	missing, err := r.Missing(ctx, table, under)
	if ctx.Err() != nil {
		return err
	}
	if err != nil {
		return fmt.Errorf("%w\nwhere a region does not answer, run the parts of %s that are not in it: --only STACK,…",
			err, o.target)
	}
	if len(missing) == 0 {
		o.say("it stands on %s", strings.Join(namesOf(under), ", "))
		return nil
	}
	text := fmt.Sprintf("%s stands on what is not there; nothing was changed. Deploy it first, in this order:", o.target)
	for _, name := range namesOf(missing) {
		text += fmt.Sprintf("\n  %s deploy %s", program, name)
	}
	return fmt.Errorf("%s", text)
}

// checkEmpty refuses to destroy what others stand on.
func (o runOptions) checkEmpty(ctx context.Context, r *runner.Runner, on []order.Stack) error {
	holding, err := r.Holding(ctx, on)
	if err != nil {
		return err
	}
	if len(holding) == 0 {
		return nil
	}
	names := namesOf(holding)
	slices.Reverse(names)
	return fmt.Errorf("%s is what others stand on, and their state still holds resources; nothing was changed. "+
		"Destroy them first, in this order: %s", o.target, strings.Join(names, ", "))
}
