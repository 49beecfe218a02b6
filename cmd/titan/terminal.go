package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/titan-platform/titan/internal/runner"
)

// terminal is what a command reads from and writes to.
type terminal struct {
	in          *bufio.Reader
	out, err    io.Writer
	interactive bool           // somebody can be asked
	screen      *runner.Screen // of out; nil where that is none
}

func newTerminal() *terminal {
	return &terminal{
		in:          bufio.NewReader(os.Stdin),
		out:         os.Stdout,
		err:         os.Stderr,
		interactive: term.IsTerminal(int(os.Stdin.Fd())),
		screen:      screenOf(os.Stdout, os.Getenv),
	}
}

func (t *terminal) printf(format string, args ...any) { fmt.Fprintf(t.out, format, args...) }

// confirm asks a question, of which only the whole word yes is a yes.
func (t *terminal) confirm(question string) (bool, error) {
	fmt.Fprintf(t.err, "%s Only \"yes\" is taken: ", question)
	line, err := t.in.ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return false, fmt.Errorf("reading the answer: %w", err)
	}
	return strings.TrimSpace(line) == "yes", nil
}
