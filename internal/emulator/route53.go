package emulator

import (
	"bytes"
	"net/http"
	"regexp"
)

// healthCheckPath is that of health checks; the id is missing where one is made.
var healthCheckPath = regexp.MustCompile(`^/2013-04-01/healthcheck(?:/([0-9a-f-]+))?$`)

var (
	children      = regexp.MustCompile(`(?s)<ChildHealthChecks>.*?</ChildHealthChecks>`)
	healthCheckID = regexp.MustCompile(`<HealthCheck>\s*<Id>([^<]+)</Id>`)
)

// calculatedChildren gives back which health checks a calculated one goes by: the emulator counts them and forgets which they are.
func calculatedChildren() ResponsePatch {
	given := newStore[[]byte]()
	return func(r *Request, body []byte) ([]byte, []string) {
		path := healthCheckPath.FindStringSubmatch(r.Path)
		if path == nil {
			return body, nil
		}
		id := path[1]
		if r.Method == http.MethodPost {
			if made := healthCheckID.FindSubmatch(body); made != nil {
				id = string(made[1])
			}
			if kept := children.Find(r.Body); kept != nil && id != "" {
				given.put(id, kept)
			}
		}
		kept, ok := given.get(id)
		if !ok {
			return body, nil
		}
		completed := children.ReplaceAllLiteral(body, kept)
		if bytes.Equal(completed, body) {
			return body, nil
		}
		return completed, []string{"GetHealthCheck.ChildHealthChecks"}
	}
}
