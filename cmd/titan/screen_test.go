package main

import (
	"os"
	"testing"
	"time"

	"github.com/titan-platform/titan/internal/runner"
)

// The other end of a pseudo terminal is a terminal itself.
func TestAScreenIsATerminalThatIsNoLog(t *testing.T) {
	terminal, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("there is no pseudo terminal here: %v", err)
	}
	defer func() { _ = terminal.Close() }() // nothing was written
	_, pipe, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name           string
		file           *os.File
		environment    map[string]string
		screen, colour bool
	}{
		{"a terminal", terminal, nil, true, true},
		{"without colours", terminal, map[string]string{"NO_COLOR": "1"}, true, false},
		{"of a CI", terminal, map[string]string{"CI": "true"}, false, false},
		{"of paper", terminal, map[string]string{"TERM": "dumb"}, false, false},
		{"a pipe", pipe, nil, false, false},
	} {
		screen := screenOf(c.file, func(name string) string { return c.environment[name] })
		if (screen != nil) != c.screen || screen != nil && screen.Colour != c.colour {
			t.Errorf("%s: %+v", c.name, screen)
		}
	}
}

func TestAScreenIsRewrittenEachSecond(t *testing.T) {
	var every time.Duration
	tick := func(d time.Duration) <-chan time.Time { every = d; return nil }
	onScreen := &terminal{screen: &runner.Screen{}}
	onScreen.beat(tick)()
	if every != time.Second || onScreen.human().Screen == nil {
		t.Errorf("a screen beats every %s", every)
	}
	pipe := &terminal{}
	pipe.beat(tick)()
	if every != 15*time.Second || pipe.human().Screen != nil {
		t.Errorf("a pipe beats every %s", every)
	}
	if pipe.beat(nil) != nil {
		t.Error("it beats without a clock")
	}
}
