package awsops

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestWaitAsksUntilItIsDone(t *testing.T) {
	asked := 0
	err := Wait{Every: time.Microsecond, Most: time.Minute}.Until(t.Context(), "it",
		func(context.Context) (bool, string, error) { asked++; return asked == 3, "coming", nil })
	if err != nil || asked != 3 {
		t.Errorf("asked %d times: %v", asked, err)
	}
}

func TestWaitSaysWhatItSawLast(t *testing.T) {
	err := Wait{Every: time.Millisecond, Most: 5 * time.Millisecond}.Until(t.Context(), "the replica of s",
		func(context.Context) (bool, string, error) { return false, "InProgress", nil })
	const want = "waiting for the replica of s: not done after 5ms; it was InProgress"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestWaitEndsWithItsCallerAndWithAnError(t *testing.T) {
	wait := Wait{Every: time.Minute, Most: time.Hour}
	gone, cancel := context.WithCancel(t.Context())
	err := wait.Until(gone, "it", func(context.Context) (bool, string, error) { cancel(); return false, "", nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("of a caller that is gone: %v", err)
	}
	refused := errors.New("refused")
	err = wait.Until(t.Context(), "it", func(context.Context) (bool, string, error) { return false, "", refused })
	if !errors.Is(err, refused) || !strings.HasPrefix(err.Error(), "waiting for it: ") {
		t.Errorf("of an error: %v", err)
	}
}
