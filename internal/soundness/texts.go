package soundness

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/titan-platform/titan/internal/synth"
)

// describing are the attributes that hold a text for people. One that is in no table is restricted in a way that
// nobody has looked up.
var describing = regexp.MustCompile(`(^|\.)(description|comment|display_name|alarm_description|message_body)$`)

// Texts are the texts and tags of a stack that AWS would refuse.
func Texts(s synth.Stack) []string {
	var problems []string
	for _, kind := range s.Types() {
		if !strings.HasPrefix(kind, "aws_") {
			continue
		}
		for _, block := range s.Resources(kind) {
			eachText(block.Body, nil, func(path []string, value string) {
				if problem := textProblem(kind, path, value); problem != "" {
					problems = append(problems, block.Address+": "+problem)
				}
			})
		}
	}
	eachText(synth.Object(s.Root, "provider"), nil, func(path []string, value string) {
		if i := slices.Index(path, "tags"); i >= 0 {
			problems = appendIf(problems, tagProblem(path, value))
		}
	})
	return problems
}

func textProblem(kind string, path []string, value string) string {
	dotted := strings.Join(path, ".")
	if isTag(path) {
		return tagProblem(path, value)
	}
	for pattern, rule := range textRules[kind] {
		if fits(pattern, path) {
			return rule.problem(dotted, value)
		}
	}
	return ""
}

// UnknownTexts are the texts for people of which nobody has looked up what AWS takes.
func UnknownTexts(s synth.Stack) []string {
	var problems []string
	for _, kind := range s.Types() {
		if !strings.HasPrefix(kind, "aws_") {
			continue
		}
		for _, block := range s.Resources(kind) {
			eachText(block.Body, nil, func(path []string, _ string) {
				dotted := strings.Join(path, ".")
				if describing.MatchString(dotted) && !isTag(path) && !known(kind, path) {
					problems = append(problems,
						block.Address+": "+dotted+" is in no table: say what AWS takes, in internal/soundness/textrules.go")
				}
			})
		}
	}
	return problems
}

// known is whether a text of a type has a rule.
func known(kind string, path []string) bool {
	for pattern := range textRules[kind] {
		if fits(pattern, path) {
			return true
		}
	}
	return false
}

// isTag is whether a path leads to a tag's value.
func isTag(path []string) bool {
	return len(path) > 1 && slices.Contains([]string{"tags", "recovery_point_tags"}, path[len(path)-2])
}

func tagProblem(path []string, value string) string {
	dotted := strings.Join(path, ".")
	if problem := tagKeys.problem("the key of "+dotted, path[len(path)-1]); problem != "" {
		return problem
	}
	return tagValues.problem(dotted, value)
}

// filledIn is what Terraform fills in: a name, an ARN, an id.
var filledIn = regexp.MustCompile(`\$\{[^}]*\}`)

func (r textRule) problem(where, value string) string {
	plain := filledIn.ReplaceAllString(value, "x")
	if n := utf8.RuneCountInString(plain); r.longest > 0 && n > r.longest {
		return fmt.Sprintf("%s has %d characters, at most %d (%s)", where, n, r.longest, r.source)
	}
	if r.characters != nil && !r.characters.MatchString(plain) {
		return fmt.Sprintf("%s is %q, which does not match %s (%s)", where, value, r.characters, r.source)
	}
	return ""
}

// fits is whether a path is one of a pattern's.
func fits(pattern string, path []string) bool {
	steps := strings.Split(pattern, ".")
	if len(steps) != len(path) {
		return false
	}
	for i, step := range steps {
		if step != "*" && step != path[i] {
			return false
		}
	}
	return true
}

// eachText calls for every string below a value, with the path that leads there.
func eachText(value any, path []string, call func(path []string, value string)) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			if key != "//" {
				eachText(inner, append(path[:len(path):len(path)], key), call)
			}
		}
	case []any:
		for i, inner := range v {
			eachText(inner, append(path[:len(path):len(path)], fmt.Sprint(i)), call)
		}
	case string:
		call(path, v)
	}
}

func appendIf(list []string, text string) []string {
	if text == "" {
		return list
	}
	return append(list, text)
}
