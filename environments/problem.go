package environments

import (
	"fmt"
	"sort"
	"strings"
)

// Problem is one thing that is wrong with an environment file: where, what, and what to do.
type Problem struct {
	File         string // path as given to Load
	Line, Column int    // 1-based; 0 where the file as a whole is meant
	Message      string
}

// String is `file:line:column: message`, which editors and terminals turn into a link.
func (p Problem) String() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", p.File, p.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// Problems is everything that is wrong with a folder of environment files, in the order of file and line.
type Problems []Problem

// Error lists the problems, a line each.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}

// err is the problems as an error in reading order, or nil where there are none.
func (p Problems) err() error {
	if len(p) == 0 {
		return nil
	}
	sort.SliceStable(p, func(i, j int) bool {
		a, b := p[i], p[j]
		if a.File != b.File {
			return a.File < b.File
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Column < b.Column
	})
	return p
}
