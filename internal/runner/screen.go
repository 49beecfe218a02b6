package runner

import (
	"fmt"
	"strings"
)

// Screen is a terminal whose last lines are rewritten in place. A nil one writes plain lines, and has no last lines.
type Screen struct {
	Size   func() (columns, rows int) // zero is unknown
	Colour bool

	lines []string // the last lines, as they stand
}

// The control sequences (ECMA-48) are understood by every terminal that moves a cursor.
const (
	upLines   = "\x1b[%dA" // cursor up
	clearDown = "\x1b[J"   // erase in page, from the cursor on
	red       = "\x1b[31m"
	plain     = "\x1b[0m"
)

// above are the bytes that put text above the last lines.
func (s *Screen) above(text string) string {
	if s == nil || len(s.lines) == 0 {
		return text
	}
	return s.erase() + text + strings.Join(s.lines, "")
}

// below are the bytes that put other last lines in the place of those that stand.
func (s *Screen) below(lines []string) string {
	if s == nil {
		return ""
	}
	erased := s.erase()
	s.lines = nil
	for _, line := range s.fitting(lines) {
		s.lines = append(s.lines, line+"\n")
	}
	return erased + strings.Join(s.lines, "")
}

func (s *Screen) erase() string {
	if len(s.lines) == 0 {
		return ""
	}
	return fmt.Sprintf(upLines, len(s.lines)) + clearDown
}

// fitting cuts lines off where the terminal ends: a line that it wraps, or one above its first, could not be erased.
func (s *Screen) fitting(lines []string) []string {
	columns, rows := s.Size()
	if rows > 0 && len(lines) >= rows {
		lines = lines[:max(rows-1, 0)]
	}
	var fit []string
	for _, line := range lines {
		if runes := []rune(line); columns > 0 && len(runes) >= columns {
			line = string(runes[:max(columns-2, 0)]) + "…"
		}
		fit = append(fit, line)
	}
	return fit
}

// red is a text in red, where there are colours.
func (s *Screen) red(text string) string {
	if s == nil || !s.Colour {
		return text
	}
	return red + text + plain
}
