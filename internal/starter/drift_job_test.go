package starter

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func drifting(plans string) map[string]string {
	return map[string]string{
		"ENVIRONMENT": "dev", "STACKS": "dev,dev.global", "LEFT_OUT": "dev.platform: why.", "PLANS": plans,
		"REVIEW": "## dev\n",
	}
}

func TestDriftIsReviewedAndRefusesNothing(t *testing.T) {
	for plans, want := range map[string]string{changing: "## dev\n\nNot planned: dev.platform: why.\n", idle: ""} {
		m := newMachine(t)
		if err := m.run(t, "drift", "plan", with(drifting(plans), map[string]string{"REVIEW_CODE": "1"})); err != nil {
			t.Fatal(err)
		}
		if got := read(t, m.work, "drift", "drift.md"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if _, err := os.Stat(filepath.Join(m.work, "drift", "drift.md")); err != nil {
			t.Error(err)
		}
	}
}

const twoIssues = `[{"number": 4, "title": "Drift in dev-two"}, {"number": 5, "title": "Drift in dev"}]`

func issuing(issues string) map[string]string {
	return map[string]string{
		"ENVIRONMENTS": "dev", "RUN": "https://run/7", "GH_TOKEN": "token", "GH_REPO": "acme/platform", "ISSUES": issues,
	}
}

// drifted is an environment whose drift is known; empty is none.
func drifted(text string) func(*testing.T, machine) {
	return func(t *testing.T, m machine) { t.Helper(); m.put(t, "drifts/drift-dev/drift.md", text) }
}

func TestDriftHasOneIssueAnEnvironment(t *testing.T) {
	for name, test := range map[string]struct {
		issues, call string
		prepare      func(*testing.T, machine)
	}{
		"found":       {"[]", "gh issue create --title Drift in dev --body-file issue.md", drifted("found")},
		"still there": {twoIssues, "gh issue edit 5 --body-file issue.md", drifted("found")},
		"gone": {twoIssues, "gh issue close 5 --comment AWS is again what branch main says: https://run/7",
			drifted("")},
		"never there": {"[]", "", drifted("")},
		"not known":   {twoIssues, "", func(*testing.T, machine) {}},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t)
			test.prepare(t, m)
			if err := m.run(t, "drift", "issue", issuing(test.issues)); err != nil {
				t.Fatal(err)
			}
			calls := slices.DeleteFunc(m.calls(t), func(call string) bool {
				return strings.HasPrefix(call, "gh issue list")
			})
			if got := strings.Join(calls, "\n"); got != test.call {
				t.Errorf("got %q, want %q", got, test.call)
			}
			text := read(t, m.state, "written")
			if found := strings.HasSuffix(text, "\n\nfound\n"); found != strings.Contains(test.call, "issue.md") {
				t.Errorf("the issue says %q", text)
			}
		})
	}
}
