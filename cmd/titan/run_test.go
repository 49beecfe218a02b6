package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/runner"
)

// under is what prod stands on.
var under = []string{
	"bootstrap.production.eu-west-1", "bootstrap.production.eu-central-1", "account.production.eu-west-1", "account.production.eu-central-1",
	"prod.zone",
}

func TestDeployShowsAsksAndApplies(t *testing.T) {
	b := newBench("yes\n", append(under, "prod.second", "prod.global")...)
	if code := b.run(t, runner.Deploy, "prod", "prod", "prod.global"); code != exitDone {
		t.Errorf("exit code %d: %s", code, b.err.String())
	}
	expect(t, "screen", b.out.String(), `synthesized prod, prod-dr in 0 s
deploy, in this order:
  prod         eu-west-1
  prod.global  us-east-1       after prod

      0s  prod         planning
      0s  prod         1 to add, 0 to change, 0 to destroy

Review of prod: 1 to add

others
    + prod  thing.prod

nothing is lost, opened, interrupted or bought

planned after that:
  prod.global  waits for prod

      0s  prod         applying
      0s  prod         prod: 1 of 1
      0s  prod         applied in 0s: 1 added, 0 changed, 0 destroyed
      0s  prod.global  planning
      0s  prod.global  nothing to do

  prod         applied
  prod.global  unchanged
deploy ended after 0s
`)
	expect(t, "question", b.err.String(), `Apply the plan of prod (1 to add, 0 to change, 0 to destroy)? Only "yes" is taken: `)
	if b.hooked != len(fixture()) {
		t.Errorf("%d environments have hooks, want all %d", b.hooked, len(fixture()))
	}
}

func TestAnythingButYesCancels(t *testing.T) {
	for _, answers := range []string{"no\n", "y\n", ""} {
		b := newBench(answers, under...)
		if code := b.run(t, runner.Deploy, "prod"); code != exitCancelled {
			t.Errorf("%q: exit code %d", answers, code)
		}
		expect(t, "standard error", b.err.String(), `Apply the plan of prod.second (1 to add, 0 to change, 0 to destroy)? Only "yes" is taken: not applied: the answer was not yes
`)
		if b.folders["prod.second"].made {
			t.Errorf("%q: it was applied", answers)
		}
	}
}

func TestYesAsksNobody(t *testing.T) {
	b := newBench("", under...)
	b.options.yes, b.interactive = true, false
	if code := b.run(t, runner.Deploy, "prod"); code != exitDone || b.err.String() != "" {
		t.Errorf("exit code %d: %s", code, b.err.String())
	}
	for _, stack := range []string{"prod.second", "prod", "prod.global", "prod.platform"} {
		if !b.folders[stack].made {
			t.Errorf("%s was not applied", stack)
		}
	}
}

func TestJSONIsEventsAlone(t *testing.T) {
	b := newBench("", under...)
	b.options.json, b.options.endpoint = true, "http://127.0.0.1:4566"
	if code := b.run(t, runner.Plan, "prod.global"); code != exitDone {
		t.Errorf("exit code %d: %s", code, b.err.String())
	}
	expect(t, "lines", b.out.String(), `{"time":"2026-11-28T12:00:00Z","type":"begun","verb":"plan","stacks":[{"stack":"prod.global","region":"us-east-1"}]}
{"time":"2026-11-28T12:00:00Z","type":"planning","stack":"prod.global"}
{"time":"2026-11-28T12:00:00Z","type":"planned","stack":"prod.global","counts":{"add":1,"change":0,"remove":0},"changes":[{"action":"create","address":"thing.prod.global"}]}
{"time":"2026-11-28T12:00:00Z","type":"finished","verb":"plan","results":[{"stack":"prod.global","outcome":"planned","counts":{"add":1,"change":0,"remove":0}}]}
`)
}

func TestEmulatorIsNamed(t *testing.T) {
	b := newBench("", "bootstrap.emulated.eu-west-1", "account.emulated.eu-west-1", "local.zone")
	b.options.yes, b.options.endpoint = true, "http://127.0.0.1:4566"
	if code := b.run(t, runner.Deploy, "local"); code != exitDone {
		t.Errorf("exit code %d: %s", code, b.err.String())
	}
	if want := "AWS is what answers at http://127.0.0.1:4566 (AWS_ENDPOINT_URL)\n"; !strings.HasPrefix(b.out.String(), want) {
		t.Errorf("the screen does not begin with %q:\n%s", want, b.out.String())
	}
	if b.folders["local.platform"].made {
		t.Error("a platform was deployed, and no cluster runs there")
	}
}

// withoutBucket takes the bucket of some stacks' state away.
func withoutBucket(b *bench, stacks ...string) {
	for _, stack := range stacks {
		b.folders[stack].noBucket = true
	}
}

// TestRefusals are all that is refused before anything is planned: nothing is made, and the message says what to do.
func TestRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		verb    runner.Verb
		target  string
		only    []string
		made    []string
		prepare func(*bench)
		code    int
		want    string
	}{
		"unknown target": {verb: runner.Deploy, target: "prdo", code: exitUsage, want: `no environment and no stack is called "prdo"; did you mean "prod"?
there are
  local (local.zone, local, local.global)
  new (new.zone)
  prod (prod.zone, prod.second, prod, prod.global, prod.platform)
  prod-dr (prod-dr, prod-dr.global, prod-dr.platform)
  bootstrap.emulated.eu-west-1
  account.emulated.eu-west-1
  bootstrap.fresh.eu-west-1
  account.fresh.eu-west-1
  bootstrap.production.eu-west-1
  bootstrap.production.eu-central-1
  account.production.eu-west-1
  account.production.eu-central-1

usage: titan deploy TARGET [flags]
help:  titan deploy --help
`},
		"unknown part": {verb: runner.Deploy, target: "prod", only: []string{"prod", "prod.globl"}, code: exitUsage,
			want: `--only: "prod.globl" is no stack of prod; did you mean "prod.global"?
there are prod.second, prod, prod.global, prod.platform

usage: titan deploy TARGET [flags]
help:  titan deploy --help
`},
		"part that is shared": {verb: runner.Deploy, target: "prod", only: []string{"prod.zone"}, code: exitUsage,
			want: `--only: "prod.zone" is no stack of prod, but a target of its own
there are prod.second, prod, prod.global, prod.platform

usage: titan deploy TARGET [flags]
help:  titan deploy --help
`},
		"part of a stack": {verb: runner.Deploy, target: "prod.global", only: []string{"prod.global"}, code: exitUsage,
			want: `--only chooses stacks of an environment, and "prod.global" is a stack; leave it out

usage: titan deploy TARGET [flags]
help:  titan deploy --help
`},
		"nobody to ask": {verb: runner.Destroy, target: "prod", prepare: func(b *bench) { b.interactive = false }, code: exitUsage,
			want: `standard input is no terminal, so nobody can be asked; to destroy without a question, pass --yes

usage: titan destroy TARGET [flags]
help:  titan destroy --help
`},
		"nothing to stand on": {verb: runner.Deploy, target: "prod", code: exitFailed,
			made:    []string{"bootstrap.production.eu-west-1"},
			prepare: func(b *bench) { withoutBucket(b, "account.production.eu-central-1", "prod.second", "prod.zone") },
			want: `prod stands on what is not there; nothing was changed. Deploy it first, in this order:
  go tool titan deploy bootstrap.production.eu-central-1
  go tool titan deploy account.production.eu-west-1
  go tool titan deploy account.production.eu-central-1
  go tool titan deploy prod.zone
`},
		"another's zone": {verb: runner.Plan, target: "prod-dr", code: exitFailed,
			made: under[:4],
			want: `prod-dr stands on what is not there; nothing was changed. Deploy it first, in this order:
  go tool titan deploy prod.zone
`},
		"account before bootstrap": {verb: runner.Deploy, target: "account.production.eu-west-1", code: exitFailed,
			prepare: func(b *bench) { withoutBucket(b, "account.production.eu-central-1", "prod.second", "prod.zone") },
			want: `account.production.eu-west-1 stands on what is not there; nothing was changed. Deploy it first, in this order:
  go tool titan deploy bootstrap.production.eu-central-1
`},
		"no delegation": {verb: runner.Deploy, target: "new", code: exitFailed,
			want: `new has no stack of its own yet: its zone new.example.com waits for its delegation
deploy new.zone, make its output name_servers the NS record of new.example.com in the parent domain, and remove dns.delegated: false from its file
`},
		"primary of a secondary": {verb: runner.Destroy, target: "prod", code: exitFailed,
			made: []string{"prod", "prod.global", "prod-dr", "prod-dr.global"},
			want: `prod is what others stand on, and their state still holds resources; nothing was changed. Destroy them first, in this order: prod-dr.global, prod-dr
`},
		"zone that is used": {verb: runner.Destroy, target: "prod.zone", code: exitFailed,
			made: []string{"prod", "prod.zone", "prod-dr"},
			want: `prod.zone is what others stand on, and their state still holds resources; nothing was changed. Destroy them first, in this order: prod-dr, prod
`},
		"bootstrap that is used": {verb: runner.Destroy, target: "bootstrap.production.eu-west-1", code: exitFailed,
			made: []string{"account.production.eu-west-1", "prod-dr"},
			want: `bootstrap.production.eu-west-1 is what others stand on, and their state still holds resources; nothing was changed. Destroy them first, in this order: prod-dr, account.production.eu-west-1
`},
		"part that is used": {verb: runner.Destroy, target: "prod", only: []string{"prod.second"}, made: []string{"prod.global"}, code: exitFailed,
			want: `prod is what others stand on, and their state still holds resources; nothing was changed. Destroy them first, in this order: prod.global
`},
		"region that does not answer": {verb: runner.Deploy, target: "prod", code: exitFailed,
			prepare: func(b *bench) { b.folders["account.production.eu-west-1"].broken = errors.New("no route to host") },
			want: `asking whether bootstrap.production.eu-west-1 stands: no route to host
where a region does not answer, run the parts of prod that are not in it: --only STACK,…
`},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench("yes\n", c.made...)
			if c.prepare != nil {
				c.prepare(b)
			}
			if code := b.run(t, c.verb, c.target, c.only...); code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			expect(t, "standard error", b.err.String(), c.want)
			if strings.Contains(b.out.String(), "planning") {
				t.Errorf("something was planned:\n%s", b.out.String())
			}
		})
	}
}

func TestWhatIsSynthesizedIsTheAccounts(t *testing.T) {
	b := newBench("")
	b.run(t, runner.Plan, "local.zone")
	if diff := cmp.Diff([]string{"local"}, b.synthesized); diff != "" {
		t.Error(diff)
	}
	b.options.synthesize = func(context.Context, string, []string) error { return errors.New("prod.yaml:1:1: no") }
	if code := b.run(t, runner.Plan, "local.zone"); code != exitFailed || b.err.String() != "prod.yaml:1:1: no\n" {
		t.Errorf("exit code %d: %s", code, b.err.String())
	}
}

func TestDestroyOfASecondaryIsFree(t *testing.T) {
	b := newBench("", append(under, "prod", "prod.global", "prod-dr", "prod-dr.global")...)
	b.options.yes, b.options.allow = true, allowing("data-loss=prod-dr")
	if code := b.run(t, runner.Destroy, "prod-dr"); code != exitDone {
		t.Errorf("exit code %d: %s", code, b.err.String())
	}
	if !b.folders["prod"].made || !b.folders["prod.zone"].made || b.folders["prod-dr"].made {
		t.Errorf("the wrong stacks went: %s", b.out.String())
	}
}

// TestARunsFailureIsToldOnce has a stack fail whose error the view has only the first line of.
func TestARunsFailureIsToldOnce(t *testing.T) {
	b := newBench("", under...)
	b.options.yes = true
	b.folders["prod.second"].noBucket = true
	if code := b.run(t, runner.Deploy, "prod.second"); code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	expect(t, "standard error", b.err.String(), fmt.Sprintln(`prod.second: the bucket of the state, "state", does not exist`))
}

// The files of a clone load and run on an emulator, and can't be deployed by mistake.
func TestASampleIsNotDeployed(t *testing.T) {
	t.Setenv(environmentsVariable, "")
	b := newBench("", under...)
	b.options.yes, b.options.placeholders = true, environments.Environment.Placeholders
	if code := b.run(t, runner.Deploy, "prod"); code != exitFailed || b.synthesized != nil || b.out.Len() > 0 {
		t.Errorf("exit code %d, synthesized %v: %s", code, b.synthesized, b.out.String())
	}
	expect(t, "standard error", b.err.String(), `prod is still a sample's in the files of environments; nothing was changed. Replace these values first:
  accounts/production.yaml: id is "333333333333": your own account's number
  prod.yaml: dns.zone is "prod.example.com": a domain of yours
`)
	for what, change := range map[string]func(){
		"a plan":      func() { b.options.verb = runner.Plan },
		"an emulator": func() { b.options.verb, b.options.endpoint = runner.Deploy, "http://127.0.0.1:4566" },
		"its own values": func() {
			b.options.verb, b.options.endpoint, b.options.placeholders = runner.Deploy, "", newBench("").options.placeholders
		},
	} {
		change()
		if code := b.run(t, b.options.verb, "prod.second"); code != exitDone {
			t.Errorf("%s: exit code %d: %s", what, code, b.err.String())
		}
	}
}
