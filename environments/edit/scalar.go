package edit

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// scalar goes to the end of a scalar; indent is the column of the block around it, -1 for none.
func (r *reader) scalar(y *yaml.Node, indent int) {
	switch {
	case y.Style&yaml.DoubleQuotedStyle != 0:
		r.doubleQuoted()
	case y.Style&yaml.SingleQuotedStyle != 0:
		r.singleQuoted()
	case y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		r.blockScalar(indent)
	default:
		r.plain(y.Value)
	}
}

func (r *reader) doubleQuoted() {
	for r.expect('"'); r.at < len(r.text) && r.text[r.at] != '"'; r.at++ {
		if r.text[r.at] == '\\' {
			r.at++
		}
	}
	r.expect('"')
}

// singleQuoted goes over pairs of quotes; a quote inside is doubled, so that a pair directly follows another.
func (r *reader) singleQuoted() {
	for doubled := true; doubled && r.err == nil; doubled = strings.HasPrefix(r.text[r.at:], "'") {
		r.expect('\'')
		if i := strings.IndexByte(r.text[r.at:], '\''); i >= 0 {
			r.at += i
		}
		r.expect('\'')
	}
}

// plain goes over a scalar without quotes. Its text is its value but for line breaks: one reads as a space, and of
// several all but one count.
func (r *reader) plain(value string) {
	for value != "" {
		rest := r.text[r.at:]
		gap := rest[:len(rest)-len(strings.TrimLeft(rest, " \r\n"))]
		if breaks := strings.Count(gap, "\n"); breaks > 0 {
			folded := " "
			if breaks > 1 {
				folded = strings.Repeat("\n", breaks-1)
			}
			if !strings.HasPrefix(value, folded) {
				r.unknown()
				return
			}
			r.at, value = r.at+len(gap), value[len(folded):]
			continue
		}
		if rest == "" || rest[0] != value[0] {
			r.unknown()
			return
		}
		r.at, value = r.at+1, value[1:]
	}
}

// blockScalar goes over a scalar that begins with | or >: its header, then lines that are blank or indented as the
// first one.
func (r *reader) blockScalar(indent int) {
	header := r.text[r.at:r.lineEnd(r.at)]
	marks := header[:len(header)-len(strings.TrimLeft(header, "|>+-123456789"))]
	after := strings.TrimLeft(header[len(marks):], " ")
	r.at += len(header) - len(after)
	if strings.HasPrefix(after, "#") {
		r.comment()
	}
	if r.at != r.lineEnd(r.at) {
		r.unknown()
		return
	}
	least := -1
	if i := strings.IndexAny(marks, "123456789"); i >= 0 {
		least = max(indent, 0) + int(marks[i]-'0')
	}
	for next := r.nextLine(r.at); next < len(r.text); next = r.nextLine(next) {
		line := r.text[next:r.lineEnd(next)]
		content := strings.TrimLeft(line, " ")
		column := len(line) - len(content)
		switch {
		case content == "":
			if strings.Contains(marks, "+") {
				r.at = r.lineEnd(next) // blank lines at its end are part of it
			}
			continue
		case least < 0 && column > indent:
			least = column
		case least < 0 || column < least:
			return
		}
		r.at = r.lineEnd(next)
	}
}
