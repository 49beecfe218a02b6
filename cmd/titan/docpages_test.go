package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/titan-platform/titan/environments"
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

var calledHere = regexp.MustCompile("(?m)(?:`|^\\s*|go tool )titan ([a-z]+)")

// A command that the documentation names is one that there is.
func TestCommandsOfTheDocumentationAreThere(t *testing.T) {
	screen, _, _ := screen()
	names := subcommands(newRoot(screen))
	for page, text := range docPages(t) {
		for _, found := range calledHere.FindAllStringSubmatch(text, -1) {
			if !slices.Contains(names, found[1]) && found[1] != "help" {
				t.Errorf("%s names `titan %s`", page, found[1])
			}
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
