// Package runbooks reads the pages of docs/ and holds their commands, names and form against what can judge them:
// AWS's API models, Terraform's own help, the Makefile, and the JSON that the stacks synthesize.
package runbooks

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// Page is a page of the documentation.
type Page struct {
	Path   string // below docs/: runbooks/state.md
	Text   string
	Heads  []Heading
	Blocks []Block
	Spans  []Span
}

// Heading is a heading, with the bold words that paragraphs below it begin with, down to the next one.
type Heading struct {
	Line  int
	Level int
	Title string
	Leads []string // "How you notice."
}

// Block is a fenced block of code.
type Block struct {
	Line     int    // its first line of code
	Language string // sh
	Mark     string // what follows the language in the fence's line: needs AWS
	Text     string
}

// Span is code in a sentence or in a table.
type Span struct {
	Line int
	Text string
}

// Read reads all pages below docs, those that are made of facts (docs/environments) apart.
func Read(docs string) ([]Page, error) {
	var pages []Page
	for _, pattern := range []string{"*.md", "runbooks/*.md"} {
		files, err := filepath.Glob(filepath.Join(docs, pattern))
		if err != nil {
			return nil, fmt.Errorf("listing the pages of %q: %w", docs, err)
		}
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				return nil, fmt.Errorf("reading a page: %w", err)
			}
			path, err := filepath.Rel(docs, file)
			if err != nil {
				return nil, fmt.Errorf("naming the page %q: %w", file, err)
			}
			pages = append(pages, Parse(filepath.ToSlash(path), string(content)))
		}
	}
	return pages, nil
}

// IsRunbook is whether a page is one of docs/runbooks, the index apart.
func (p Page) IsRunbook() bool {
	return strings.HasPrefix(p.Path, "runbooks/") && p.Path != "runbooks/README.md"
}

// Parse reads a page's Markdown, as GitHub has it.
func Parse(path, content string) Page {
	page, source := Page{Path: path, Text: content}, []byte(content)
	line := func(offset int) int { return 1 + bytes.Count(source[:offset], []byte("\n")) }
	markdown := goldmark.New(goldmark.WithExtensions(extension.GFM))
	// The walk's function returns no error.
	root := markdown.Parser().Parse(text.NewReader(source))
	_ = ast.Walk(root, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch node := node.(type) {
		case *ast.Heading:
			page.Heads = append(page.Heads, Heading{
				Line: line(node.Lines().At(0).Start), Level: node.Level, Title: words(node, source),
			})
		case *ast.FencedCodeBlock:
			page.Blocks = append(page.Blocks, blockOf(node, source, line))
		case *ast.CodeSpan:
			if first, ok := node.FirstChild().(*ast.Text); ok {
				text := strings.Join(strings.Fields(words(node, source)), " ") // which may go over two lines
				page.Spans = append(page.Spans, Span{Line: line(first.Segment.Start), Text: text})
			}
		case *ast.Paragraph:
			bold, ok := node.FirstChild().(*ast.Emphasis)
			if ok && bold.Level == 2 && len(page.Heads) > 0 {
				last := &page.Heads[len(page.Heads)-1]
				last.Leads = append(last.Leads, words(bold, source))
			}
		}
		return ast.WalkContinue, nil
	})
	return page
}

func blockOf(node *ast.FencedCodeBlock, source []byte, line func(int) int) Block {
	var block Block
	if node.Info != nil {
		block.Language, block.Mark, _ = strings.Cut(string(node.Info.Value(source)), " ")
	}
	for i := range node.Lines().Len() {
		segment := node.Lines().At(i)
		if i == 0 {
			block.Line = line(segment.Start)
		}
		block.Text += string(segment.Value(source))
	}
	return block
}

// words are the text of a node, without its emphasis.
func words(node ast.Node, source []byte) string {
	var out strings.Builder
	_ = ast.Walk(node, func(node ast.Node, entering bool) (ast.WalkStatus, error) { // which returns no error
		if part, ok := node.(*ast.Text); ok && entering {
			out.Write(part.Segment.Value(source))
			if part.SoftLineBreak() {
				out.WriteByte(' ')
			}
		}
		return ast.WalkContinue, nil
	})
	return out.String()
}
