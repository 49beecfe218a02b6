package review

import (
	"strings"
	"testing"
)

// bothWays are the rules that take any other value for a worse one.
var bothWays = map[string]bool{}

func init() {
	for _, table := range attributeTables {
		for _, rule := range table.rules {
			if strings.Contains(rule.says, "changes") || strings.Contains(rule.says, "another") ||
				strings.Contains(rule.says, "other") ||
				strings.Contains(rule.says, "else's") {
				bothWays[rule.says] = true
			}
		}
	}
	for _, name := range []string{"policy", "images", "listener", "ssl_policy", "parameters", "size", "schedule"} {
		bothWays[name] = true
	}
}

// allRows are the rows of all verdicts.
func allRows() []row {
	var rows []row
	for _, part := range [][]row{dataRows, exposureRows, outageRows, moneyRows} {
		rows = append(rows, part...)
	}
	return rows
}

// TestEveryRuleIsTried fails where no row of the tests breaks a rule.
func TestEveryRuleIsTried(t *testing.T) {
	for _, table := range attributeTables {
		for _, rule := range table.rules {
			tried := false
			for _, row := range allRows() {
				kind, _, _ := strings.Cut(row.kind, ".")
				if !matches(strings.Fields(rule.kinds), kind) {
					continue
				}
				c := planOf(t, "prod", planned(row.kind, Update, row.before, row.after)).changes[0]
				for _, pair := range pairs(c.before, c.after, parse(rule.path), "") {
					tried = tried || rule.worse(pair.before, pair.after)
				}
			}
			if !tried {
				t.Errorf("no row breaks the rule of %q: %s %s", rule.kinds, rule.path, rule.says)
			}
		}
	}
}

// TestEveryEndAndBeginningIsTried destroys, and creates, one of each type that a table names.
func TestEveryEndAndBeginningIsTried(t *testing.T) {
	name := func(pattern string) string { return strings.ReplaceAll(pattern, "*", "thing") }
	for _, table := range [][]ending{guardEndings, exposureEndings, outageEndings} {
		for _, ending := range table {
			for _, kind := range strings.Fields(ending.kinds) {
				change, done := planned(name(kind), Delete, `{"id":"x"}`, ""), "destroyed: "
				if len(ending.actions) == 1 && ending.actions[0] == Replace {
					change, done = planned(name(kind), Replace, `{"id":"x"}`, `{"id":"y"}`), "replaced: "
				}
				if report := told(reviewed(t, change)); !strings.Contains(report, done+ending.says) {
					t.Errorf("%s: %s", kind, report)
				}
			}
		}
	}
	for _, table := range [][]beginning{exposureBeginnings, moneyBeginnings} {
		for _, beginning := range table {
			for _, kind := range strings.Fields(beginning.kinds) {
				if report := told(reviewed(t, planned(name(kind), Create, "", `{"name":"x"}`))); !strings.Contains(report,
					beginning.says) {
					t.Errorf("%s: %s", kind, report)
				}
			}
		}
	}
}
