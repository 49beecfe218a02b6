// Package words holds a value to the rules that a model says only in words. EC2, RDS and ElastiCache have next to no
// constraints and write theirs into the documentation of each member. The phrases here are the ones whose meaning is
// exact.
package words

import (
	"html"
	"regexp"
	"strings"
	"sync"

	"github.com/titan-platform/titan/internal/wire/rule"
)

// verdict is what a rule says of a value.
type verdict int

const (
	passes verdict = iota
	breaks
	idle // it is about values of another type
)

// phrase is a rule found in a documentation.
type phrase struct {
	kind, text string
	judge      func(value any) verdict
}

// Cache keeps the rules of each documentation. It is safe for concurrent use; the zero value is ready.
type Cache struct{ entries sync.Map }

// Check notes on a sheet every rule of a member's documentation that a value breaks. It reads texts and numbers.
func (c *Cache) Check(documentation string, value any, path string, sheet *rule.Sheet) {
	if documentation == "" {
		return
	}
	switch value.(type) {
	case string, int64, float64:
	default:
		return
	}
	for _, p := range c.phrases(documentation) {
		found := p.judge(value)
		if found == idle {
			continue
		}
		sheet.Checks["words: "+p.kind]++
		if found == breaks {
			sheet.Breaks(path, "words: "+p.kind, value, p.text)
		}
	}
}

func (c *Cache) phrases(documentation string) []phrase {
	if found, ok := c.entries.Load(documentation); ok {
		return found.([]phrase)
	}
	text := plain(documentation)
	var found []phrase
	for _, reader := range []func(string) []phrase{characters, lengths, names, edges, ranges, values} {
		found = append(found, reader(text)...)
	}
	c.entries.Store(documentation, found)
	return found
}

var (
	markup = regexp.MustCompile(`<[^>]+>`)
	space  = regexp.MustCompile(`\s+`)
)

// plain is a documentation without its markup.
func plain(documentation string) string {
	return space.ReplaceAllString(html.UnescapeString(markup.ReplaceAllString(documentation, " ")), " ")
}

// ofText is a rule for texts.
func ofText(kind, text string, isFine func(string) bool) phrase {
	return phrase{kind: kind, text: strings.TrimSpace(text), judge: func(value any) verdict {
		if v, is := value.(string); is {
			return verdictOf(isFine(v))
		}
		return idle
	}}
}

// ofNumber is a rule for numbers.
func ofNumber(kind, text string, isFine func(float64) bool) phrase {
	return phrase{kind: kind, text: strings.TrimSpace(text), judge: func(value any) verdict {
		switch v := value.(type) {
		case int64:
			return verdictOf(isFine(float64(v)))
		case float64:
			return verdictOf(isFine(v))
		}
		return idle
	}}
}

func verdictOf(isFine bool) verdict {
	if isFine {
		return passes
	}
	return breaks
}
