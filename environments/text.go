package environments

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// byteOrderMark is what some editors put in front of a text.
const byteOrderMark = "\ufeff"

// readText holds a file's content to being text whose every character is seen, comments included: what reorders or
// hides a part of a line shows a reviewer another file than Titan reads (Unicode Technical Standard 55, 'Unicode Source
// Code Handling'). It returns the content to parse, and whether it is text.
func (d *document) readText(content []byte) (text []byte, isText bool) {
	if bytes.HasPrefix(content, []byte(byteOrderMark)) {
		d.add(position{1, 1}, "the file begins with a byte order mark; save it as UTF-8 without one")
		content = content[len(byteOrderMark):]
	}
	at := position{1, 1}
	isText = true
	for rest := content; len(rest) > 0 && isText; {
		char, size := utf8.DecodeRune(rest)
		lineEnd := char == '\r' && size < len(rest) && rest[size] == '\n'
		switch {
		case char == utf8.RuneError && size == 1:
			d.add(at, "the file is not UTF-8: here is the byte %#02x; save it as UTF-8", rest[0])
			isText = false
		case unicode.IsControl(char) && char != '\n' && char != '\t' && !lineEnd:
			d.add(at, "the file holds %U here, a control character; remove it", char)
			isText = false
		case isInvisible(char):
			d.add(at, "the file holds %U here, a character that hides or moves text; remove it", char)
		}
		at.column++
		if char == '\n' {
			at = position{at.line + 1, 1}
		}
		rest = rest[size:]
	}
	return lineSeparators.ReplaceAll(content, []byte(" ")), isText
}

// lineSeparators end a line for YAML, and not for editors, whose lines problems name.
var lineSeparators = regexp.MustCompile(`[\x{2028}\x{2029}]`)

// isInvisible is whether a character has no place of its own on the screen: marks of direction, joiners, spaces without
// width, tags, and separators of lines and paragraphs.
func isInvisible(char rune) bool { return unicode.In(char, unicode.Cf, unicode.Zl, unicode.Zp) }

// evaluated are what begins an expression for Terraform (its language's 'Strings and Templates'), and for CDKTF, which
// puts tokens into strings until it synthesizes.
var evaluated = []string{"${", "%{", "TfToken["}

// stringProblem is what is wrong with any string, whichever setting it is for; empty is nothing. A space around a value
// is meant by nobody, and AWS takes it for a part of a name.
func stringProblem(text string) string {
	for _, begin := range evaluated {
		if strings.Contains(text, begin) {
			return fmt.Sprintf("is %q, and Terraform would evaluate what %s begins; write the value itself", text, begin)
		}
	}
	for _, char := range text {
		if unicode.IsControl(char) || isInvisible(char) {
			return fmt.Sprintf("is %q, with the invisible character %U; remove it", text, char)
		}
	}
	if strings.TrimSpace(text) != text {
		return fmt.Sprintf("is %q, with a space at its beginning or end; remove it", text)
	}
	return ""
}
