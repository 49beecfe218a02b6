package javaregex

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// posix are Java's POSIX classes, US-ASCII only (java.util.regex.Pattern), as the content of a class.
var posix = map[string]string{
	"ASCII": `\x00-\x7F`, "Alnum": `A-Za-z0-9`, "Alpha": `A-Za-z`, "Blank": ` \t`, "Cntrl": `\x00-\x1F\x7F`,
	"Digit": `0-9`, "Graph": `\x21-\x7E`, "Lower": `a-z`, "Print": `\x20-\x7E`, "Punct": `!-/:-@\[-` +
		"`{-~", "Space": `\t\n\x0B\f\r `, "Upper": `A-Z`,
	"XDigit": `0-9A-Fa-f`,
}

// shorthands are Java's \w, \d and \s, which are ASCII's.
var shorthands = map[byte]string{'w': `A-Za-z0-9_`, 'd': `0-9`, 's': `\t\n\x0B\f\r `,
	'h': ` \t\xA0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000`}

var property = regexp.MustCompile(`^\\([pP])(?:\{(\^?)(?:Is)?(\w+)\}|([A-Z]))`)

// supplementary is a range of surrogate pairs, which is how Java writes all characters outside the Basic Multilingual
// Plane.
var supplementary = strings.NewReplacer(`\uD800\uDC00-\uDBFF\uDFFF`, "\U00010000-\U0010FFFF",
	`\ud800\udc00-\udbff\udfff`, "\U00010000-\U0010FFFF")

// translate writes a pattern of Java's as regexp2 reads it.
func translate(java string) (string, error) {
	java = supplementary.Replace(java)
	var out strings.Builder
	inClass := false
	for at := 0; at < len(java); {
		rest := java[at:]
		switch {
		case rest[0] == '\\':
			text, length, err := escape(rest, inClass)
			if err != nil {
				return "", err
			}
			out.WriteString(text)
			at += length
			// After a class, Java takes '-' for itself; regexp2 reads a range and fails.
			if inClass && isClass(rest) && strings.HasPrefix(java[at:], "-") && !strings.HasPrefix(java[at:], "-]") {
				out.WriteString(`\-`)
				at++
			}
			continue
		case inClass && strings.HasPrefix(rest, "&&"):
			return "", errIntersection
		case rest[0] == '[' && inClass:
			out.WriteByte('\\') // a class in a class is their union; a single '[' is itself
		case rest[0] == '[':
			inClass = true
		case rest[0] == ']':
			inClass = false
		case !inClass && len(rest) > 1 && strings.IndexByte("*+?}", rest[0]) >= 0 && rest[1] == '+':
			return "", errPossessive
		}
		out.WriteByte(rest[0])
		at++
	}
	return out.String(), nil
}

// isClass is whether an escape stands for several characters.
func isClass(rest string) bool {
	return property.MatchString(rest) || len(rest) > 1 && shorthands[rest[1]] != ""
}

// escape translates what begins with a backslash and says how long it was.
func escape(rest string, inClass bool) (text string, length int, err error) {
	if found := property.FindStringSubmatch(rest); found != nil {
		name := found[3] + found[4]
		isNegated := (found[1] == "P") != (found[2] == "^")
		text, err := class(name, isNegated, inClass)
		return text, len(found[0]), err
	}
	if len(rest) < 2 {
		return "", 0, fmt.Errorf("%q ends in a backslash", rest)
	}
	if rest[1] == 'Q' {
		return "", 0, errQuotation
	}
	if content, found := shorthands[rest[1]]; found {
		if inClass {
			return content, 2, nil
		}
		return "[" + content + "]", 2, nil
	}
	return rest[:2], 2, nil
}

// class is \p{NAME}: a POSIX class, or a category or a script of Unicode's, which regexp2 has by the same names.
func class(name string, isNegated, inClass bool) (string, error) {
	letter := map[bool]string{false: "p", true: "P"}[isNegated]
	if content, found := posix[name]; found {
		switch {
		case !inClass && isNegated:
			return "[^" + content + "]", nil
		case !inClass:
			return "[" + content + "]", nil
		case isNegated:
			return "", fmt.Errorf("a negated POSIX class %q within a class has no translation", name)
		}
		return content, nil
	}
	if unicode.Categories[name] == nil && unicode.Scripts[name] == nil {
		return "", fmt.Errorf("%q is no class of Java's that has a translation", name)
	}
	return `\` + letter + `{` + name + `}`, nil
}
