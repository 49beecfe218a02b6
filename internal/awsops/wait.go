package awsops

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Wait is how something is waited for: asked again and again, until a deadline.
type Wait struct {
	Every time.Duration
	Most  time.Duration
}

// Until asks until it is done. state says how far it is; the last one is in the error of a wait that took too long. An
// error of done ends it.
func (w Wait) Until(
	ctx context.Context, what string, done func(context.Context) (done bool, state string, err error),
) error {
	most, cancel := context.WithTimeout(ctx, w.Most)
	defer cancel()
	last := "not known"
	for {
		isDone, state, err := done(most)
		switch {
		case ctx.Err() != nil:
			return fmt.Errorf("waiting for %s: %w", what, ctx.Err())
		case errors.Is(most.Err(), context.DeadlineExceeded):
			return fmt.Errorf("waiting for %s: not done after %s; it was %s", what, w.Most, last)
		case err != nil:
			return fmt.Errorf("waiting for %s: %w", what, err)
		case isDone:
			return nil
		}
		last = state
		select {
		case <-most.Done():
		case <-time.After(w.Every):
		}
	}
}
