package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"github.com/titan-platform/titan/environments"
)

func TestNamesAreCompleted(t *testing.T) {
	all := func() ([]environments.Environment, error) { return fixture(), nil }
	for name, c := range map[string]struct {
		names cobra.CompletionFunc
		args  []string
		typed string
		want  string
	}{
		"targets": {names: completeTargets(all), want: `local new prod prod-dr
bootstrap.emulated.eu-west-1 account.emulated.eu-west-1 bootstrap.fresh.eu-west-1 account.fresh.eu-west-1
bootstrap.production.eu-west-1 bootstrap.production.eu-central-1 account.production.eu-west-1 account.production.eu-central-1
local.zone local.global new.zone prod.zone prod.second prod.global prod.platform prod-dr.global prod-dr.platform`},
		"one target":        {names: completeTargets(all), args: []string{"prod"}},
		"environment":       {names: completeEnvironment(all), want: "local new prod prod-dr"},
		"environments":      {names: completeEnvironments(all), typed: "new,prod,p", want: "new,prod,local new,prod,prod-dr"},
		"one of a pair":     {names: completePaired(all), want: "prod prod-dr"},
		"parts":             {names: completeParts(all), args: []string{"prod"}, typed: "prod,", want: "prod,prod.second prod,prod.global prod,prod.platform"},
		"parts of nothing":  {names: completeParts(all)},
		"regions of a pair": {names: completeLost(all), args: []string{"prod-dr"}, want: "us-east-1 eu-west-1 eu-central-1"},
		"stacks to be adopted": {names: completeBootstrap(all), want: "bootstrap.emulated.eu-west-1 bootstrap.fresh.eu-west-1 " +
			"bootstrap.production.eu-west-1 bootstrap.production.eu-central-1"},
	} {
		t.Run(name, func(t *testing.T) {
			got, directive := c.names(nil, c.args, c.typed)
			if diff := cmp.Diff(strings.Fields(c.want), append([]string{}, got...)); diff != "" {
				t.Error(diff)
			}
			if directive != cobra.ShellCompDirectiveNoFileComp {
				t.Errorf("files are offered: %d", directive)
			}
		})
	}
}

// Every argument and flag that takes a name is completed with the names that the committed files have.
func TestCommandsCompleteNames(t *testing.T) {
	t.Chdir("../..")
	for line, want := range map[string]string{
		"plan ": "dev.global", "deploy ": "dev.zone", "destroy ": "bootstrap.development.eu-west-1", "deploy prod --only ": "prod.second",
		"preflight ": "staging", "failover ": "prod-dr", "failover prod --lost ": "eu-central-1", "scan dev,": "dev,prod", "list ": "local",
		"adopt ": "bootstrap.staging.eu-west-1", "emulator start ": "dev", "emulator ": "env", "completion ": "fish", "help emulator ": "start",
	} {
		terminal, out, _ := screen()
		if code := run(t.Context(), terminal, append([]string{"__complete"}, strings.Split(line, " ")...)); code != exitDone {
			t.Errorf("%q: exit code %d", line, code)
		}
		if !strings.Contains("\n"+strings.ReplaceAll(out.String(), "\t", "\n"), "\n"+want+"\n") {
			t.Errorf("%q is not completed with %q:\n%s", line, want, out.String())
		}
	}
}

func TestCompletionScripts(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		terminal, out, _ := screen()
		if code := run(t.Context(), terminal, []string{"completion", shell}); code != exitDone || !strings.Contains(out.String(), "__complete") {
			t.Errorf("%s: exit code %d, %d bytes", shell, code, out.Len())
		}
	}
}
