//go:build e2e && guarded

package e2e

import (
	"net/http"
	"net/url"
	"strings"
)

// forgotten are things with an environment's tags that no state holds, as somebody leaves who makes them by hand.
type forgotten struct{ topic, queue string } // ARNs

// forget makes them.
func (w *workplace) forget() forgotten {
	w.Helper()
	account, region := w.environment.Account.ID, string(w.environment.Region)
	c := client{t: w.T, url: w.emulator.URL(), region: region}
	f := forgotten{
		topic: "arn:aws:sns:" + region + ":" + account + ":" + w.environment.Prefix() + "-forgotten",
		queue: "arn:aws:sqs:" + region + ":" + account + ":" + w.environment.Prefix() + "-forgotten",
	}
	tags := map[string]string{"project": w.environment.Project(), "environment": w.environment.Name, "stack": w.environment.Name}
	form := url.Values{"Action": {"CreateTopic"}, "Name": {w.environment.Prefix() + "-forgotten"}}
	for i, key := range []string{"project", "environment", "stack"} {
		at := "Tags.member." + string(rune('1'+i))
		form.Set(at+".Key", key)
		form.Set(at+".Value", tags[key])
	}
	for _, call := range []apiCall{
		{service: "sns", form: form},
		{service: "sqs", target: "AmazonSQS.CreateQueue", body: map[string]any{
			"QueueName": w.environment.Prefix() + "-forgotten", "tags": tags,
		}},
	} {
		if status, answer := c.do(call); status != http.StatusOK {
			w.Fatalf("making what is forgotten: %d %s", status, answer)
		}
	}
	return f
}

// areNamed fails where a destruction has not named them, and deletes what holds no data.
func (w *workplace) areNamed(f forgotten, screen string) {
	w.Helper()
	for _, arn := range []string{f.topic, f.queue} {
		if !strings.Contains(screen, arn) {
			w.Errorf("the destruction does not name %s:\n%s", arn, screen)
		}
	}
	if screen := w.must("leftovers", w.environment.Name, "--delete", "--yes"); !strings.Contains(screen, "deleted "+f.topic) {
		w.Errorf("%s was not deleted:\n%s", f.topic, screen)
	}
	screen = w.must("leftovers", w.environment.Name)
	if strings.Contains(screen, f.topic) || !strings.Contains(screen, f.queue) {
		w.Errorf("want the queue alone, which may hold data:\n%s", screen)
	}
}
