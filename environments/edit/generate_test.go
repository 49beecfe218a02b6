package edit

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// generator writes small YAML files of the shapes that people write, every comment with a number of its own.
type generator struct {
	*rand.Rand
	text     strings.Builder
	newline  string
	comments int
	keys     int
}

func generate(seed uint64) (text string, comments int) {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 0)), newline: "\n"}
	if g.one(5) {
		g.newline = "\r\n"
	}
	if g.one(8) {
		g.text.WriteString("---" + g.newline)
	}
	g.ownComment(0, 3)
	g.settings(0, 0)
	text = g.text.String()
	if g.one(6) {
		text = strings.TrimSuffix(text, g.newline)
	}
	return text, g.comments
}

// one is true once in n times.
func (g *generator) one(n int) bool { return g.IntN(n) == 0 }

func (g *generator) write(parts ...string) {
	for _, part := range parts {
		g.text.WriteString(part)
	}
}

func (g *generator) comment() string {
	g.comments++
	return fmt.Sprintf("# c%d: 'x' {", g.comments)
}

// endLine ends a line, sometimes with a comment.
func (g *generator) endLine() {
	if g.one(4) {
		g.write(strings.Repeat(" ", 1+g.IntN(3)), g.comment())
	}
	g.write(g.newline)
}

// ownComment writes lines between two entries: once in n times a comment, sometimes deeper or after a blank line.
func (g *generator) ownComment(indent, n int) {
	if g.one(4) {
		g.write(g.newline)
	}
	if g.one(n) {
		g.write(strings.Repeat(" ", indent+2*g.IntN(2)), g.comment(), g.newline)
		if g.one(3) {
			g.write(g.newline)
		}
	}
}

func (g *generator) key() string {
	g.keys++
	return fmt.Sprintf([]string{"k%d", "k%d", "k%d", `"k%d"`, "'k%d'", "kü%d"}[g.IntN(6)], g.keys)
}

// line is a scalar that fits on a line and into brackets.
func (g *generator) line() string {
	return []string{
		"1", "0777", "true", "no", "null", "~", "1.35", "2026-02-03", "word", "two words", "a#b", "é", "https://x.y/z",
		`"1.35"`, `"a # b"`, `"q\"u, {o}: te\n"`, "'it''s, [x]'", `""`, "'multi  word '",
	}[g.IntN(19)]
}

func (g *generator) settings(indent, depth int) {
	for i := range 1 + g.IntN(4) {
		if i > 0 {
			g.ownComment(indent, 4)
			g.write(strings.Repeat(" ", indent))
		}
		g.write(g.key(), ":")
		g.value(indent, depth)
	}
}

// value writes what follows a key, to the end of its last line.
func (g *generator) value(indent, depth int) {
	pad := strings.Repeat(" ", indent)
	kind := g.IntN(12)
	if depth > 2 {
		kind = g.IntN(8)
	}
	switch kind {
	case 0:
		g.endLine() // nothing
	case 1:
		g.write(" >-", g.newline, pad, "    # no comment", g.newline, g.newline, pad, "    text", g.newline)
	case 2:
		g.write(" |", g.newline, pad, "    text", g.newline, pad, "     more", g.newline)
	case 3:
		g.write(g.newline, pad, "  plain", g.newline, pad, "    on lines")
		g.endLine()
	case 4, 5:
		g.write(" ")
		g.brackets(indent, depth)
		g.endLine()
	case 8, 9:
		g.endLine()
		deeper := indent + 2 + 2*g.IntN(2)
		g.ownComment(deeper, 5)
		g.write(strings.Repeat(" ", deeper))
		g.settings(deeper, depth+1)
	case 10, 11:
		g.endLine()
		g.items(indent+2*g.IntN(2), depth+1)
	default:
		g.write(strings.Repeat(" ", 1+g.IntN(2)), g.line())
		g.endLine()
	}
}

func (g *generator) items(indent, depth int) {
	for range 1 + g.IntN(3) {
		g.ownComment(indent, 5)
		g.write(strings.Repeat(" ", indent), "-")
		switch g.IntN(4) {
		case 0:
			g.write(" ")
			g.settings(indent+2, depth+1)
		default:
			g.value(indent, 3)
		}
	}
}

// brackets writes a list in [ ] or a mapping in { }, on one line or on several.
func (g *generator) brackets(indent, depth int) {
	mapping, lines := g.one(2), g.one(3)
	opening, closing := "[", "]"
	if mapping {
		opening, closing = "{", "}"
	}
	pad := strings.Repeat(" ", indent+2)
	g.write(opening)
	if !lines && g.one(4) {
		g.write(" ")
	}
	count := g.IntN(4)
	for i := range count {
		if lines {
			g.endLine()
			if g.one(6) {
				g.write(pad, g.comment(), g.newline)
			}
			g.write(pad)
		}
		if mapping {
			g.write(g.key(), ": ")
		}
		if depth < 3 && g.one(4) {
			g.brackets(indent+2, depth+1)
		} else {
			g.write(g.line())
		}
		if i < count-1 || g.one(5) {
			g.write(",", strings.Repeat(" ", g.IntN(2)))
		}
	}
	if lines {
		g.endLine()
		g.write(strings.Repeat(" ", indent+1))
	}
	g.write(closing)
}
