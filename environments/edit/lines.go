package edit

import (
	"strings"
	"unicode/utf8"
)

// position is the line and column of a place, both from 1, the column in characters.
func (d *document) position(at int) (line, column int) {
	start := d.lineStart(at)
	return strings.Count(d.text[:start], "\n") + 1, utf8.RuneCountInString(d.text[start:at]) + 1
}

// lineStart is where the line of a place begins.
func (d *document) lineStart(at int) int { return strings.LastIndexByte(d.text[:at], '\n') + 1 }

// lineEnd is where the line of a place ends, before its break.
func (d *document) lineEnd(at int) int {
	i := strings.IndexByte(d.text[at:], '\n')
	if i < 0 {
		return len(d.text)
	}
	return len(strings.TrimSuffix(d.text[:at+i], "\r"))
}

// nextLine is where the line below a place begins, the end of the text where there is none.
func (d *document) nextLine(at int) int {
	if i := strings.IndexByte(d.text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(d.text)
}

// newline is the line break at a place, and that of other lines where the last line has none.
func (d *document) newline(at int) string {
	if own := d.text[d.lineEnd(at):d.nextLine(at)]; own != "" {
		return own
	}
	if strings.Contains(d.text, "\r\n") {
		return "\r\n"
	}
	return "\n"
}

// startsLine is whether nothing but space stands before a place on its line.
func (d *document) startsLine(at int) bool {
	return strings.Trim(d.text[d.lineStart(at):at], " ") == ""
}

// indent is the space that puts a line's content under a place.
func (d *document) indent(at int) string { return strings.Repeat(" ", at-d.lineStart(at)) }

func (d *document) isBlank(at int) bool {
	return strings.Trim(d.text[d.lineStart(at):d.lineEnd(at)], " ") == ""
}
