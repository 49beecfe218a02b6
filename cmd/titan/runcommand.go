package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/internal/runner"
)

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
