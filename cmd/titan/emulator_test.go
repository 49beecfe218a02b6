package main

import (
	"context"
	"testing"
	"time"

	"github.com/titan-platform/titan/internal/emulator"
)

// session is a running emulator's.
var session = &emulator.Session{
	PID: 7, URL: "http://127.0.0.1:4566", Account: "000000000000",
	Started: time.Date(2026, 11, 28, 12, 0, 0, 0, time.Local),
}

func TestEmulatorCommands(t *testing.T) {
	for name, c := range map[string]struct {
		run   func(context.Context, emulatorOptions) error
		found *emulator.Session
		fresh bool
		want  string
	}{
		"start": {run: emulatorStart, fresh: true, want: `started at http://127.0.0.1:4566, account 000000000000
to work with it:  eval "$(go tool titan emulator env)"
`},
		"start again": {run: emulatorStart, want: "running since 12:00:00 at http://127.0.0.1:4566\n"},
		"status": {run: emulatorStatus, found: session,
			want: "process 7, http://127.0.0.1:4566, account 000000000000, since 2026-11-28 12:00:00\n"},
		"status of none": {run: emulatorStatus, want: "no emulator is running; start one: go tool titan emulator start\n"},
		"stop of none":   {run: emulatorStop, want: "no emulator is running\n"},
	} {
		t.Run(name, func(t *testing.T) {
			terminal, out, _ := screen()
			o := emulatorOptions{
				terminal: terminal, environment: localEnvironment,
				find:  func() (*emulator.Session, error) { return c.found, nil },
				start: func(context.Context, string) (*emulator.Session, bool, error) { return session, c.fresh, nil },
			}
			if err := c.run(t.Context(), o); err != nil {
				t.Error(err)
			}
			expect(t, "standard output", out.String(), c.want)
		})
	}
}
