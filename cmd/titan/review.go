package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/gate"
	"github.com/titan-platform/titan/internal/review"
	"github.com/titan-platform/titan/internal/runner"
)

// plansDir is where `make review` keeps plans.
const plansDir = "plans"

// reviewOptions are what `titan review` needs.
type reviewOptions struct {
	run   runOptions
	allow []review.Allowance

	target   string
	plans    string   // the folder of plan --out
	files    []string // instead of a target
	markdown bool
}

func newReviewCommand(t *terminal, run func(context.Context, reviewOptions) error) *cobra.Command {
	o := reviewOptions{run: defaultRunOptions(t)}
	if run == nil {
		run = runReview
	}
	var allow []string
	command := &cobra.Command{
		Use:   "review [TARGET]",
		Short: "Say what plans would lose, open, interrupt and cost",
		Long: `Reads the plans of TARGET that "plan TARGET --out FOLDER" has left, or FILEs that "terraform show -json" has
printed, and changes nothing. It prints what changes, in the order of a request's path, and what is wrong with that:
lost data, exposure, outages, money. Sensitive values are not printed.

A finding refuses the plans until it is taken back or acknowledged by --allow, for this once. What only restarts, or
costs more, is shown and refuses nothing.

Exit codes:
  0    nothing refuses the plans
  1    a finding is not acknowledged, or an --allow acknowledges nothing
  2    a plan can't be read, or the command was called wrongly`,
		Example: `  titan plan prod --out plans && titan review prod
  titan review prod --allow data-loss=prod.second:aws_s3_bucket.old
  titan review --plan prod.json --markdown`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return wrongUsage("it takes one TARGET, not %d of them", len(args))
			}
			return nil
		},
		ValidArgsFunction: completeTargets(o.run.environments),
		RunE: func(command *cobra.Command, args []string) error {
			o.target = strings.Join(args, "")
			switch {
			case o.target == "" && len(o.files) == 0:
				return wrongUsage("it takes a TARGET, whose plans were kept by plan --out, or --plan FILE")
			case o.target != "" && len(o.files) > 0:
				return wrongUsage("--plan reads files; leave %q out, or the files", o.target)
			}
			var err error
			if o.allow, err = allowances(allow); err != nil {
				return err
			}
			return run(command.Context(), o)
		},
	}
	flags := command.Flags()
	flags.StringVar(&o.plans, "plans", plansDir, "the `FOLDER` of plan --out")
	flags.StringSliceVar(&o.files, "plan", nil, "read these `FILES` instead, each of the stack that it is called after")
	addAllow(flags, &allow)
	flags.BoolVar(&o.markdown, "markdown", false, "print Markdown, for the comment of a pull request")
	return command
}

func runReview(ctx context.Context, o reviewOptions) error {
	all, err := o.run.environments()
	if err != nil {
		return err
	}
	rules := reviewRules(all, o.allow)
	var plans []review.Plan
	var waiting []string
	if len(o.files) > 0 {
		plans, err = o.readFiles()
	} else {
		plans, waiting, err = o.readSaved(ctx, all)
	}
	if err != nil {
		return err
	}
	report := review.Review(plans, rules)
	report.Warnings = append(report.Warnings, waiting...)
	show := report.Human
	if o.markdown {
		show = report.Markdown
	}
	if err := show(o.run.terminal.out); err != nil {
		return fmt.Errorf("printing the review: %w", err)
	}
	if report.ExitCode() != 0 {
		return gate.ErrRefused
	}
	return nil
}

// readFiles reads plans that are JSON. A file is called after its stack: prod.global.json.
func (o reviewOptions) readFiles() ([]review.Plan, error) {
	var plans []review.Plan
	for _, name := range o.files {
		stack := strings.TrimSuffix(filepath.Base(name), ".json")
		if slices.ContainsFunc(plans, func(plan review.Plan) bool { return plan.Stack == stack }) {
			return nil, wrongUsage("--plan: two files are called after stack %q", stack)
		}
		plan, err := readFile(name)
		if err != nil {
			return nil, &unreadableError{fmt.Errorf("%q: %w", name, err)}
		}
		plan.Stack = stack
		plans = append(plans, plan)
	}
	return plans, nil
}

func readFile(name string) (review.Plan, error) {
	file, err := os.Open(name)
	if err != nil {
		return review.Plan{}, err
	}
	defer func() { _ = file.Close() }() // only read
	return review.Read(file)
}

// readSaved reads the plans of a folder, in the order of their stacks, and says which stacks have none yet.
func (o reviewOptions) readSaved(ctx context.Context, all []environments.Environment) (
	plans []review.Plan, waiting []string, err error,
) {
	if err := checkPlansFolder("--plans", o.plans); err != nil {
		return nil, nil, err
	}
	stacks, _, err := newCatalog(all).find(o.target, nil)
	if err != nil {
		return nil, nil, err
	}
	saved, err := runner.ReadSaved(o.plans)
	if err != nil {
		return nil, nil, &unreadableError{err}
	}
	if saved.Target != o.target {
		return nil, nil, wrongUsage("the plans in %q are of %s, not of %s", o.plans, saved.Target, o.target)
	}
	folders, err := o.run.terraform(o.plans)
	if err != nil {
		return nil, nil, err
	}
	for _, stack := range stacks {
		if !slices.Contains(saved.With(runner.OutcomePlanned), stack.Name) {
			continue
		}
		plan, err := readPlan(ctx, folders(stack), saved.File(stack.Name))
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		if err != nil {
			return nil, nil, &unreadableError{fmt.Errorf("stack %s: %w", stack.Name, err)}
		}
		plan.Stack = stack.Name
		plans = append(plans, plan)
	}
	for _, planned := range saved.Plans {
		if planned.Outcome == runner.OutcomeNotBegun {
			waiting = append(waiting, fmt.Sprintf("%s is not planned yet, and not reviewed: it comes after %s",
				planned.Stack, strings.Join(planned.Because, ", ")))
		}
	}
	return plans, waiting, nil
}

// readPlan has Terraform show a plan file, which needs the providers whose values are in it.
func readPlan(ctx context.Context, folder runner.Terraform, file string) (review.Plan, error) {
	if err := folder.Init(ctx); err != nil {
		return review.Plan{}, err
	}
	shown, err := folder.Show(ctx, file)
	if err != nil {
		return review.Plan{}, err
	}
	return review.Read(strings.NewReader(string(shown)))
}
