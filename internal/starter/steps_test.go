package starter

import (
	"slices"
	"strings"
	"testing"
)

// What `titan plan --out` leaves.
const (
	changing = `{"plans": [{"stack": "dev", "outcome": "planned"}, {"stack": "dev.global", "outcome": "not begun"}]}`
	idle     = `{"plans": [{"stack": "dev", "outcome": "unchanged"}, {"stack": "dev.global", "outcome": "unchanged"}]}`
)

// everyJob is a way through each job on which each of its calls is made.
var everyJob = map[string]struct {
	workflow, job string
	variables     map[string]string
	prepare       func(*testing.T, machine)
}{
	"a review":          {"review", "review", reviewing(nil), nil},
	"a new comment":     {"review", "comment", commenting("[]"), nil},
	"an edited comment": {"review", "comment", commenting(twoComments), nil},
	"a plan":            {"deploy-environment", "plan", deploying(changing), nil},
	"an apply":          {"deploy-environment", "apply", deploying(changing), kept},
	"drift":             {"drift", "plan", drifting(changing), nil},
	"no drift":          {"drift", "plan", drifting(idle), nil},
	"a new issue":       {"drift", "issue", issuing("[]"), drifted("found")},
	"an edited issue":   {"drift", "issue", issuing(twoIssues), drifted("found")},
	"a closed issue":    {"drift", "issue", issuing(twoIssues), drifted("")},
}

func TestACallThatFailsFailsTheJob(t *testing.T) {
	for name, one := range everyJob {
		t.Run(name, func(t *testing.T) {
			run := func(failing string) (machine, error) {
				m := newMachine(t)
				if one.prepare != nil {
					one.prepare(t, m)
				}
				variables := map[string]string{"FAIL": failing}
				for key, value := range one.variables {
					variables[key] = value
				}
				return m, m.run(t, one.workflow, one.job, variables)
			}
			whole, err := run("")
			if err != nil {
				t.Fatal(err)
			}
			calls := whole.calls(t)
			if len(calls) == 0 {
				t.Fatal("it calls nothing")
			}
			for _, call := range calls {
				if _, err := run(call); err == nil {
					t.Errorf("it succeeds although this fails: %s", call)
				}
			}
		})
	}
}

// Nothing of a pull request gets into a shell's text: what GitHub fills in, it fills into variables.
func TestNoExpressionIsInAShell(t *testing.T) {
	for _, folder := range []string{root(t), written(t, acme())} {
		for name, workflow := range parsed(t, committed(t, folder)) {
			steps := workflow.Runs.Steps
			for _, job := range workflow.Jobs {
				steps = append(steps, job.Steps...)
			}
			if i := slices.IndexFunc(steps, func(s step) bool { return strings.Contains(s.Run, "${{") }); i >= 0 {
				t.Errorf("%s: %q has an expression in its commands", name, steps[i].Name)
			}
		}
	}
}
