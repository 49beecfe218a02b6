package main

import (
	"os"
	"time"

	"golang.org/x/term"

	"github.com/titan-platform/titan/internal/runner"
)

// screenOf is the screen that a file is. A pipe is none, nor is a CI's log, even where that has a terminal's manners, nor a
// terminal that can't move its cursor. NO_COLOR, whatever its value, takes the colours away (no-color.org).
func screenOf(file *os.File, getenv func(string) string) *runner.Screen {
	fd := int(file.Fd())
	if !term.IsTerminal(fd) || getenv("CI") != "" || getenv("TERM") == "dumb" {
		return nil
	}
	return &runner.Screen{
		Colour: getenv("NO_COLOR") == "",
		Size: func() (columns, rows int) {
			columns, rows, err := term.GetSize(fd)
			if err != nil {
				return 0, 0
			}
			return columns, rows
		},
	}
}

// human shows a run on the terminal.
func (t *terminal) human() *runner.Human {
	human := runner.NewHuman(t.out)
	human.Screen = t.screen
	return human
}

// beat ticks as often as the terminal should tell what is waited for.
func (t *terminal) beat(tick func(time.Duration) <-chan time.Time) func() <-chan time.Time {
	if tick == nil {
		return nil
	}
	every := beatEvery
	if t.screen != nil {
		every = screenBeatEvery
	}
	return func() <-chan time.Time { return tick(every) }
}
