package emulator

import (
	"io"
	"net/http"
	"testing"
)

func TestSubscribeReturnsAnARNWhereItIsAskedFor(t *testing.T) {
	const pending, arn = "<SubscriptionArn>pending confirmation</SubscriptionArn>", "<SubscriptionArn>arn:s</SubscriptionArn>"
	calls := 0
	proxy := behind(t, func(w http.ResponseWriter, _ *http.Request) {
		if calls++; calls%2 == 1 {
			_, _ = io.WriteString(w, pending)
			return
		}
		_, _ = io.WriteString(w, arn)
	})
	if _, got := call(t, proxy, "POST", "/", "sns", query, "Action=Subscribe&ReturnSubscriptionArn=true"); got != arn {
		t.Errorf("asked for, got %s", got)
	}
	if _, got := call(t, proxy, "POST", "/", "sns", query, "Action=Subscribe&Protocol=https"); got != pending {
		t.Errorf("not asked for, got %s", got)
	}
}
