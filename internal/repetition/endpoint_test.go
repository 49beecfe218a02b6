package repetition

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
)

// endpoint stands in for AWS, and refuses: the first calls of each case as it says, what comes then for good.
type endpoint struct {
	mutex sync.Mutex
	calls map[string]int // by the case's name
}

// enough calls show that a call is repeated.
const enough = 3

var (
	signedFor = regexp.MustCompile(`Credential=[^/]+/\d+/[^/]+/([^/]+)/`)
	action    = regexp.MustCompile(`(?:^|&)Action=(\w+)`)
)

// nameOf is what the resource of a case is called, by which its calls are known.
func nameOf(i int) string { return fmt.Sprintf("case%02dx", i) }

func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	content, _ := io.ReadAll(r.Body) // what can't be read is no case's
	body := string(content)
	service := ""
	if match := signedFor.FindStringSubmatch(r.Header.Get("Authorization")); match != nil {
		service = match[1]
	}
	operation := r.Method + " " + r.URL.RequestURI() + " " + r.Header.Get("X-Amz-Target")
	if match := action.FindStringSubmatch(body); match != nil {
		operation += " " + match[1]
	}
	for i, c := range refusals {
		if c.service != service || !strings.Contains(operation, c.operation) ||
			!strings.Contains(body+operation, nameOf(i)) {
			continue
		}
		e.mutex.Lock()
		e.calls[nameOf(i)]++
		again := e.calls[nameOf(i)] <= enough
		e.mutex.Unlock()
		if again {
			refuse(w, service, c.code, c.message)
			return
		}
	}
	refuse(w, service, "EndOfTheTest", "nothing is made here")
}

// refuse answers in the form of the service's protocol.
func refuse(w http.ResponseWriter, service, code, message string) {
	form := `{"__type":%q,"message":%q}`
	switch service {
	case "ec2":
		form = `<Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors></Response>`
	case "rds", "iam", "sns", "elasticache":
		form = `<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>`
	case "s3":
		form = `<Error><Code>%s</Code><Message>%s</Message></Error>`
	}
	w.Header().Set("X-Amzn-ErrorType", code)
	w.WriteHeader(http.StatusBadRequest)
	_, _ = fmt.Fprintf(w, form, code, message) // a caller that has gone is counted all the same
}
