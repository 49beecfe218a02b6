package platformdemo

import (
	"context"
	"fmt"
	"io"
	"time"
)

// waitedEvery is how often a person is told what is waited for.
const waitedEvery = 10 * time.Second

// Progress tells a person what is done and what is waited for, each line with the seconds since it began.
type Progress struct {
	Out   io.Writer
	Now   func() time.Time
	After func(time.Duration) <-chan time.Time
	Began time.Time
}

// Done says what is done.
func (p *Progress) Done(format string, arguments ...any) {
	fmt.Fprintf(p.Out, "%5.1f s  %s\n", p.Now().Sub(p.Began).Seconds(), fmt.Sprintf(format, arguments...))
}

// During does something, and says at times what is waited for; lacks, which may be nil, says what that lacks.
func (p *Progress) During(
	ctx context.Context, what string, lacks func(context.Context) string, do func(context.Context) error,
) error {
	done := make(chan error, 1)
	go func() { done <- do(ctx) }()
	for {
		select {
		case err := <-done:
			return err
		case <-p.After(waitedEvery):
			line := "waiting for " + what
			if lacks != nil {
				if reason := lacks(ctx); reason != "" {
					line += ": " + reason
				}
			}
			p.Done("%s", line)
		}
	}
}
