package tests

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/titan-platform/titan/environments"
)

// otherOrganization holds the files of a project, an application, repositories and a region that are not the samples'.
const otherOrganization = "fixtures/otherorg"

// samplesNames are what the samples' project and application are called.
var samplesNames = regexp.MustCompile(`(?i)\S*(titan|birthday)\S*`)

// theirs is where these names may stand for others, with the reason.
var theirs = map[string]*regexp.Regexp{
	"the chart of applications that bring none, in the repository of this project": regexp.MustCompile(
		`^"charts/birthday-app"`),
	"the command that the deployer runs, by its name": regexp.MustCompile(`^titan$`),
}

func TestNothingOfAnotherOrganizationIsCalledAsTheSamplesAre(t *testing.T) {
	all, err := environments.Load(otherOrganization, "")
	if err != nil {
		t.Fatal(err)
	}
	made := synthesize(t, all...)
	used := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(made)) {
		for _, line := range strings.Split(made[name].Text, "\n") {
			for _, found := range samplesNames.FindAllString(line, -1) {
				if reason := allowed(found); reason == "" {
					t.Errorf("%s: %s in %s", name, found, strings.TrimSpace(line))
				} else {
					used[reason] = true
				}
			}
		}
	}
	for reason := range theirs {
		if !used[reason] {
			t.Errorf("nothing is allowed by %q; take it out", reason)
		}
	}
}

func allowed(found string) string {
	for reason, pattern := range theirs {
		if pattern.MatchString(found) {
			return reason
		}
	}
	return ""
}
