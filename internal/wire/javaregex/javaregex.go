// Package javaregex compiles the regular expressions of AWS's models, which are Java's. What can't be compiled is an
// error with its reason, so that a caller can count what was not judged.
package javaregex

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// matchTimeout ends a match that backtracks without end.
const matchTimeout = time.Second

// Pattern is a compiled regular expression.
type Pattern struct{ whole, part *regexp2.Regexp }

// Compile compiles a regular expression of Java's.
func Compile(java string) (*Pattern, error) {
	translated, err := translate(java)
	if err != nil {
		return nil, err
	}
	whole, err := regexp2.Compile(`\A(?:`+translated+`)\z`, regexp2.RE2)
	if err != nil {
		return nil, fmt.Errorf("compiling %q, of Java's %q: %w", translated, java, err)
	}
	part, err := regexp2.Compile(translated, regexp2.RE2)
	if err != nil {
		return nil, fmt.Errorf("compiling %q, of Java's %q: %w", translated, java, err)
	}
	whole.MatchTimeout, part.MatchTimeout = matchTimeout, matchTimeout
	return &Pattern{whole: whole, part: part}, nil
}

// Matches is whether the whole of a text matches, which is how Java's matches() reads a pattern. It fails where that
// takes a second.
func (p *Pattern) Matches(text string) (bool, error) { return p.whole.MatchString(text) }

// Finds is whether a part of a text matches.
func (p *Pattern) Finds(text string) (bool, error) { return p.part.MatchString(text) }

// Cache keeps compiled patterns. It is safe for concurrent use; the zero value is ready.
type Cache struct{ entries sync.Map }

type entry struct {
	pattern *Pattern
	err     error
}

// Compile compiles a pattern once.
func (c *Cache) Compile(java string) (*Pattern, error) {
	if found, ok := c.entries.Load(java); ok {
		return found.(entry).pattern, found.(entry).err
	}
	pattern, err := Compile(java)
	c.entries.Store(java, entry{pattern, err})
	return pattern, err
}

var (
	errIntersection = errors.New("an intersection of character classes (&&) has no translation")
	errQuotation    = errors.New(`a quotation (\Q...\E) has no translation`)
	errPossessive   = errors.New("a possessive quantifier has no translation")
)
