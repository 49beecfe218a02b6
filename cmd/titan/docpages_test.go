package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/titan-platform/titan/environments"
	"github.com/titan-platform/titan/internal/runbooks"
)

// docPages are the documentation's, by their paths.
func docPages(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, pattern := range []string{"../../docs/*.md", "../../docs/runbooks/*.md"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			found[filepath.Base(file)] = string(text)
		}
	}
	return found
}

// callsCluster finds commands that need the cluster's API.
var callsCluster = regexp.MustCompile("(?m)(`|^\\s*)(kubectl|helm) (-|[a-z]+ )")

// A cluster's API is private by default, so a page that has people call it says how they come there.
func TestPagesThatCallTheClusterSayHowItIsReached(t *testing.T) {
	all := docPages(t)
	if !callsCluster.MatchString("1. `kubectl get pods`") || callsCluster.MatchString("Helm upgrades") {
		t.Fatal("the pattern finds something else")
	}
	// What the pipeline runs is described there, for nobody to run.
	described := []string{"access.md", "contract.md", "design.md"}
	for name, text := range all {
		if !slices.Contains(described, name) && callsCluster.MatchString(text) && !strings.Contains(text, "access.md") {
			t.Errorf("docs' %s has people call the cluster, and does not name access.md", name)
		}
	}
}

// wrongTitan says what titan would refuse of a command of the documentation: a command, a flag, a number of words.
func wrongTitan(root *cobra.Command, command runbooks.Command) error {
	words := command.Words
	for len(words) > 0 && !strings.HasSuffix(words[0], "titan") { // go tool titan
		words = words[1:]
	}
	found, rest, err := root.Find(words[1:])
	if err != nil {
		return err
	}
	err = found.ParseFlags(rest)
	var lacks *pflag.ValueRequiredError
	switch {
	case errors.Is(err, pflag.ErrHelp), command.Named && errors.As(err, &lacks): // a sentence leaves values out
		return nil
	case err != nil:
		return err
	case found.HasSubCommands() && found.Flags().NArg() > 0:
		return unknownCommand(found.Flags().Arg(0), subcommands(found))
	case command.Named:
		return nil
	}
	return found.ValidateArgs(found.Flags().Args())
}

// A command that the documentation names is one that there is, with these flags.
func TestTitanTakesTheCommandsOfTheDocumentation(t *testing.T) {
	pages, err := runbooks.Read("../../docs")
	if err != nil {
		t.Fatal(err)
	}
	called := 0
	for _, page := range pages {
		commands, err := runbooks.Commands(page)
		if err != nil {
			t.Error(err)
		}
		for _, command := range commands {
			screen, _, _ := screen()
			line := strings.Join(command.Words, " ")
			if !strings.HasPrefix(line, "titan ") && !strings.HasPrefix(line, "go tool titan ") {
				continue
			}
			called++
			if err := wrongTitan(newRoot(screen), command); err != nil {
				t.Errorf("%s: %s: %v", command.Where, line, err)
			}
		}
	}
	if called < 50 {
		t.Errorf("only %d commands of titan are read", called)
	}
}

func TestWhatTitanRefusesOfADocument(t *testing.T) {
	for line, good := range map[string]bool{
		"titan failover prod --lost eu-west-1":      true,
		"titan failover prod --region eu-west-1":    false,
		"titan fail prod":                           false,
		"titan release <env> <release> --mend":      true,
		"titan release":                             false,
		"go tool titan adopt bootstrap.a.eu-west-1": true,
		"go tool titan emulator stopp":              false,
	} {
		screen, _, _ := screen()
		err := wrongTitan(newRoot(screen), runbooks.Command{Words: strings.Fields(line)})
		if (err == nil) != good {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// The page's tables of days are the loader's.
func TestTheUpgradePageHasTheTablesOfDays(t *testing.T) {
	text := docPages(t)["upgrades.md"]
	for _, version := range environments.KubernetesVersions() {
		support, _ := environments.KubernetesSupport(version)
		row := "| " + version + " | " + support.Standard.Format(time.DateOnly) + " | " + support.Extended.Format(time.DateOnly) + " |"
		if !strings.Contains(text, row) {
			t.Errorf("docs/upgrades.md lacks %s", row)
		}
	}
	for _, major := range []string{"15", "16", "17"} {
		support, known := environments.AuroraSupport(major + ".1")
		if row := "| " + major + " | " + support.Standard.Format(time.DateOnly) + " |"; !known || !strings.Contains(text, row) {
			t.Errorf("docs/upgrades.md lacks %s", row)
		}
	}
}
