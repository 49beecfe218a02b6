package main

import (
	"context"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// Unknown names are refused before anything is started, and the near one is named.
func TestUnknownNamesAreRefused(t *testing.T) {
	all := func() ([]environments.Environment, error) { return fixture(), nil }
	terminal, out, _ := screen()
	over := func(name string, lost ...string) error {
		o := failoverOptions{terminal: terminal, load: all, lost: lost}
		o.Environment, o.DryRun = name, true
		return runFailover(t.Context(), o)
	}
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"scan": {runScan(t.Context(), scanOptions{terminal: terminal, load: all, environments: []string{"local,prdo"}}),
			"no environment is called \"prdo\"; did you mean \"prod\"?\nthere are local, new, prod, prod-dr"},
		"list": {runList(listOptions{terminal: terminal, load: all, environments: []string{"production-eu"}}),
			"no environment is called \"production-eu\"\nthere are local, new, prod, prod-dr"},
		"failover":            {over("prod-d"), "no environment is called \"prod-d\"; did you mean \"prod-dr\"?\nthere are local, new, prod, prod-dr"},
		"failover of no pair": {over("local"), "\"local\" is in no pair\nin pairs are prod, prod-dr"},
		"failover's region": {over("prod", "eu-wst-1"),
			"--lost: \"eu-wst-1\" is no region of the pair of prod; did you mean \"eu-west-1\"?\nthere are us-east-1, eu-west-1, eu-central-1"},
		"adopt": {runAdopt(t.Context(), adoptOptions{terminal: terminal, load: all, stack: "bootstrap.fresh.eu-west-2"}),
			"no bootstrap stack is called \"bootstrap.fresh.eu-west-2\"; did you mean \"bootstrap.fresh.eu-west-1\"?\n" +
				"there are bootstrap.emulated.eu-west-1, bootstrap.fresh.eu-west-1, bootstrap.production.eu-west-1, bootstrap.production.eu-central-1"},
	} {
		if c.err == nil || c.err.Error() != c.want {
			t.Errorf("%s: got\n%v\nwant\n%s", name, c.err, c.want)
		}
		if code := exitCode(t.Context(), c.err, terminal, newRoot(terminal)); code != exitUsage {
			t.Errorf("%s: exit code %d", name, code)
		}
	}
	expect(t, "standard output", out.String(), "")
}

func TestEmulatorOfAnUnknownEnvironment(t *testing.T) {
	t.Chdir("../..")
	for _, run := range []func(context.Context, emulatorOptions) error{emulatorStart, emulatorServe} {
		err := run(t.Context(), emulatorOptions{start: startedSession, environment: "lokal"})
		want := "no environment is called \"lokal\"; did you mean \"local\"?\nthere are dev, local, prod, prod-dr, staging"
		if err == nil || err.Error() != want {
			t.Errorf("got %v", err)
		}
	}
}

func TestListIsInTheOrderOfADeployment(t *testing.T) {
	terminal, out, _ := screen()
	load := func() ([]environments.Environment, error) { return fixture(), nil }
	if err := runList(listOptions{terminal: terminal, load: load, environments: []string{"prod-dr,local"}}); err != nil {
		t.Fatal(err)
	}
	expect(t, "standard output", out.String(), `bootstrap.emulated.eu-west-1         eu-west-1
account.emulated.eu-west-1           eu-west-1
bootstrap.production.eu-west-1       eu-west-1
bootstrap.production.eu-central-1    eu-central-1
account.production.eu-west-1         eu-west-1
account.production.eu-central-1      eu-central-1
local.zone                           us-east-1
local                                eu-west-1
local.global                         us-east-1
prod-dr                              eu-central-1
prod-dr.global                       us-east-1
prod-dr.platform                     eu-central-1
`)
}
