package links

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// page is what others may link to in a Markdown file, and what it links to.
type page struct {
	anchors      []string // of its headings, in their order
	destinations []string // of its links and pictures, as they are written
}

// parse reads Markdown as GitHub does, tables included. What stands in code is no link.
func parse(source []byte) page {
	markdown := goldmark.New(goldmark.WithExtensions(extension.GFM))
	var p page
	taken := map[string]int{}
	// The walk's only error is one of the function that it calls, which has none.
	root := markdown.Parser().Parse(text.NewReader(source))
	_ = ast.Walk(root, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch node := node.(type) {
		case *ast.Heading:
			p.anchors = append(p.anchors, unique(anchor(words(node, source)), taken))
		case *ast.Link:
			p.destinations = append(p.destinations, string(node.Destination))
		case *ast.Image:
			p.destinations = append(p.destinations, string(node.Destination))
		}
		return ast.WalkContinue, nil
	})
	return p
}

// words are a heading's letters without its marks: those of code and of links count, their destinations do not.
func words(node ast.Node, source []byte) string {
	var b strings.Builder
	for child := node.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Text:
			b.Write(child.Value(source))
		case *ast.String:
			b.Write(child.Value)
		default:
			b.WriteString(words(child, source))
		}
	}
	return b.String()
}

// anchor is the name that GitHub gives a heading: lower case, spaces as hyphens, and of all other characters only letters, marks,
// digits, hyphens and underscores (the filter TableOfContentsFilter of its library html-pipeline).
func anchor(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-', r == '_', unicode.IsLetter(r), unicode.IsMark(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

// unique tells headings of one name apart as GitHub does: the second has -1 at its end, the third -2.
func unique(name string, taken map[string]int) string {
	times := taken[name]
	taken[name]++
	if times == 0 {
		return name
	}
	return fmt.Sprintf("%s-%d", name, times)
}
