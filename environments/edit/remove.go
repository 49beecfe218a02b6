package edit

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// removeEntry takes an entry's text away and leaves the others' as it is.
func (d *document) removeEntry(n *node, i int) ([]splice, error) {
	if n.bracketed() {
		return d.removeInBrackets(n, i), nil
	}
	e := n.entries[i]
	if !d.startsLine(e.start) {
		return nil, d.refuse(e.start,
			"%s begins on the line of a list's dash; remove the whole item, or change it by hand", e.key)
	}
	lines := d.entryLines(e)
	if len(n.entries) > 1 {
		return []splice{remove(lines.start, lines.end)}, nil
	}
	if n.slot < 0 {
		return nil, d.refuse(e.start, "is the only setting of the file; remove the file instead")
	}
	empty := " {}"
	if n.Kind == yaml.SequenceNode {
		empty = " []"
	}
	return []splice{insert(n.slot, empty), remove(lines.start, lines.end)}, nil
}

// entryLines are the lines of an entry in a block. A blank line above goes with them where another blank line, or
// nothing, would follow it.
func (d *document) entryLines(e entry) span {
	end := d.lineEnd(e.value.end)
	if e.value.isBlock() {
		end = d.blockEnd(e, false)
	}
	lines := span{d.lineStart(e.start), d.nextLine(end)}
	if lines.start > 0 && d.isBlank(lines.start-1) && (lines.end == len(d.text) || d.isBlank(lines.end)) {
		lines.start = d.lineStart(lines.start - 1)
	}
	return lines
}

// removeInBrackets takes an entry out of [ ] or { }: its lines where it has them to itself, else its text and a
// comma.
func (d *document) removeInBrackets(n *node, i int) []splice {
	e := n.entries[i]
	lines := span{d.lineStart(e.start), d.nextLine(max(e.value.end, e.comma))}
	if d.startsLine(e.start) && d.endsLine(e) {
		whole := []splice{remove(lines.start, lines.end)}
		if i > 0 && i == len(n.entries)-1 && e.comma < 0 {
			whole = append(whole, remove(n.entries[i-1].comma, n.entries[i-1].comma+1))
		}
		return whole
	}
	if len(n.entries) == 1 {
		return []splice{d.emptied(n)}
	}
	// The space to a neighbour goes too: on the same line if possible, and never one that holds a comment.
	var before, after splice
	if i > 0 {
		before = remove(n.entries[i-1].value.end, e.value.end)
	}
	if i < len(n.entries)-1 {
		after = remove(e.start, n.entries[i+1].start)
	}
	for _, unwanted := range []string{"\n", "#"} {
		if i < len(n.entries)-1 && !strings.Contains(d.text[e.value.end:after.end], unwanted) {
			return []splice{after}
		}
		if i > 0 && !strings.Contains(d.text[before.start:e.start], unwanted) {
			return []splice{before}
		}
	}
	return []splice{remove(e.start, max(e.value.end, e.comma+1))}
}

// endsLine is whether nothing but a comment follows an entry in brackets and its comma.
func (d *document) endsLine(e entry) bool {
	end := max(e.value.end, e.comma+1)
	rest := strings.TrimLeft(d.text[end:d.lineEnd(end)], " ")
	return rest == "" || rest[0] == '#'
}

// emptied takes the only entry away, with its comma and the space around it unless that holds comments or line
// breaks.
func (d *document) emptied(n *node) splice {
	e := n.entries[0]
	around := d.text[n.start+1:e.start] + d.text[e.value.end:n.end-1]
	if strings.ContainsAny(around, "#\n") {
		return remove(e.start, max(e.value.end, e.comma+1))
	}
	return remove(n.start+1, n.end-1)
}
