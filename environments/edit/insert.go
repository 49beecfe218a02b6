package edit

import (
	"regexp"
	"strings"
)

// replaceScalar writes text over a scalar, or after the key or dash of one that is not written out.
func (d *document) replaceScalar(n *node, text string) splice {
	if n.start == n.end {
		text = " " + text
	}
	return splice{n.span, text}
}

// insertSetting writes what is missing of a path, with a value's text at its end.
func (d *document) insertSetting(at location, text func(flow bool) string) []splice {
	if at.node.isNull() {
		return []splice{d.replaceScalar(at.node, braced(at.rest, text, at.node.flow))}
	}
	return d.insertEntry(at.node, pair(at.rest, text, at.node.flow))
}

// insertItem writes an item at the end of a list.
func (d *document) insertItem(list *node, item scalar) []splice {
	if list.bracketed() {
		return d.insertEntry(list, item.text(true))
	}
	return d.insertEntry(list, "- "+item.text(false))
}

// pair is `key: value`; keys below the first stand in braces.
func pair(path []string, text func(flow bool) string, flow bool) string {
	return scalar{strTag, path[0]}.text(flow) + ": " + braced(path[1:], text, flow)
}

func braced(path []string, text func(flow bool) string, flow bool) string {
	if len(path) == 0 {
		return text(flow)
	}
	return "{" + pair(path, text, true) + "}"
}

func (d *document) insertEntry(n *node, text string) []splice {
	if !n.bracketed() {
		return []splice{d.insertLine(n, text)}
	}
	if len(n.entries) == 0 {
		inside := span{n.start + 1, n.end - 1}
		if strings.Trim(d.text[inside.start:inside.end], " ") != "" {
			inside.end = inside.start // there is a comment or a line break to keep
		}
		return []splice{{inside, text}}
	}
	return d.insertInBrackets(n, text)
}

// insertInBrackets adds to the end of a list in [ ] or a mapping in { }, on a line of its own where the last entry
// has one.
func (d *document) insertInBrackets(n *node, text string) []splice {
	last := n.entries[len(n.entries)-1]
	end := d.lineEnd(last.value.end)
	if !d.startsLine(last.start) || end >= n.end {
		return []splice{insert(last.value.end, ", "+text)}
	}
	line := d.newline(end) + d.indent(last.start) + text
	if last.comma >= 0 {
		return []splice{insert(end, line+",")}
	}
	return []splice{insert(last.value.end, ","), insert(end, line)}
}

var blankLine = regexp.MustCompile(`\n *\r?\n`)

// insertLine adds to the end of a block, after a blank line where the last two entries have one between them.
func (d *document) insertLine(n *node, text string) splice {
	last := n.entries[len(n.entries)-1]
	at := d.blockEnd(last, true)
	line := d.newline(at) + d.indent(last.start) + text
	if i := len(n.entries) - 2; i >= 0 && blankLine.MatchString(d.text[n.entries[i].value.end:last.start]) {
		line = d.newline(at) + line
	}
	return insert(at, line)
}

// blockEnd is the end of an entry's last line. Comments below belong to it where they stand deeper than its key or
// dash, and, with beside, directly below it at the same depth.
func (d *document) blockEnd(e entry, beside bool) int {
	indent := e.start - d.lineStart(e.start)
	end, blank := d.lineEnd(e.value.end), false
	for next := d.nextLine(end); next < len(d.text); next = d.nextLine(next) {
		line := d.text[next:d.lineEnd(next)]
		content := strings.TrimLeft(line, " ")
		column := len(line) - len(content)
		switch {
		case content == "":
			blank = true
		case content[0] == '#' && (column > indent || column == indent && beside && !blank):
			end = d.lineEnd(next)
		default:
			return end
		}
	}
	return end
}
