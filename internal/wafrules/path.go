package wafrules

import (
	"regexp"
	"strings"
)

// MaxExpression is the most characters of a regular expression (AWS WAF Developer Guide, 'AWS WAF quotas').
const MaxExpression = 200

// onPaths matches requests for one of some paths. * in a path stands for any text, ? for any character, as in a cache
// behavior of CloudFront.
func onPaths(paths []string) Statement {
	var statements []Statement
	for _, expression := range expressions(paths) {
		statements = append(statements, pathMatches{expression: expression})
	}
	return either(statements...)
}

// notOnPaths are the statements that together match requests for none of some paths. They are not one around onPaths:
// the provider takes statements three deep.
func notOnPaths(paths []string) []Statement {
	var statements []Statement
	for _, expression := range expressions(paths) {
		statements = append(statements, not{pathMatches{expression: expression}})
	}
	return statements
}

// expressions are as few regular expressions as take all paths: each costs the same, whatever it looks for.
func expressions(paths []string) []string {
	var list, together []string
	for _, path := range paths {
		if len(together) > 0 && len(expression(append(together, path))) > MaxExpression {
			list, together = append(list, expression(together)), nil
		}
		together = append(together, path)
	}
	return append(list, expression(together))
}

// Fits is whether a path can be matched at all.
func Fits(path string) bool { return len(expression([]string{path})) <= MaxExpression }

func expression(paths []string) string {
	alternatives := make([]string, len(paths))
	for i, path := range paths {
		quoted := regexp.QuoteMeta(path)
		alternatives[i] = strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(quoted)
	}
	return "^(" + strings.Join(alternatives, "|") + ")$"
}
