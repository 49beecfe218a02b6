package emulator

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// Source is who answered a call.
type Source string

// The answerers, as the report counts them.
const (
	FromEmulator Source = "E" // the emulator
	FromGap      Source = "G" // a stand-in of ours, for what the emulator lacks
	FromFault    Source = "F" // a fault that a test asked for
	FromGuard    Source = "R" // a guard that refused it, see Guard
)

// Call is one AWS API call, as the proxy saw it.
type Call struct {
	Time      time.Time `json:"time"`
	Service   string    `json:"service"` // as the signature names it: ec2, kms, s3
	Region    string    `json:"region"`
	Action    string    `json:"action"` // CreateVpc; for REST services method and path
	Method    string    `json:"method"`
	Path      string    `json:"path"`
	Status    int       `json:"status"`
	Source    Source    `json:"source"`
	Completed []string  `json:"completed,omitempty"` // what the emulator forgot and the proxy filled in, see ResponsePatch
	Endpoint  string    `json:"endpoint"`            // the region of the endpoint that AWS has for it
	Lost      string    `json:"lost,omitempty"`      // the lost region that it needed, see Proxy.Lose
}

// Request is a call with what it carries.
type Request struct {
	Call
	Header http.Header
	Form   url.Values // of services that speak the query protocol; else empty
	Body   []byte
}

// credential is the scope in a SigV4 signature: KEY/DATE/REGION/SERVICE/aws4_request.
var credential = regexp.MustCompile(`Credential=[^/]+/\d{8}/([^/]+)/([^/]+)/aws4_request`)

// decode reads from a request which call it is.
func decode(r *http.Request, body []byte) *Request {
	request := &Request{
		Call:   Call{Time: time.Now(), Method: r.Method, Path: r.URL.RequestURI(), Source: FromEmulator},
		Header: r.Header,
		Body:   body,
	}
	if scope := credential.FindStringSubmatch(r.Header.Get("Authorization")); scope != nil {
		request.Region, request.Service = scope[1], scope[2]
	} else if scope := strings.Split(r.URL.Query().Get("X-Amz-Credential"), "/"); len(scope) == 5 {
		request.Region, request.Service = scope[2], scope[3]
	}
	request.Endpoint = request.endpoint()
	switch {
	case r.Header.Get("X-Amz-Target") != "": // JSON protocol: TrentService.CreateKey
		target := r.Header.Get("X-Amz-Target")
		request.Action = target[strings.LastIndex(target, ".")+1:]
	case strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded"): // query protocol
		request.Form, _ = url.ParseQuery(string(body)) // what does not parse has no Action
		request.Action = request.Form.Get("Action")
	}
	if request.Action == "" {
		request.Action = r.Method + " " + restAction(r.URL)
	}
	return request
}

// restAction is a REST call's path without the values in its query: /bucket?versioning.
func restAction(u *url.URL) string {
	if u.RawQuery == "" {
		return u.Path
	}
	var keys []string
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		if key, _, _ := strings.Cut(pair, "="); !strings.HasPrefix(key, "X-Amz-") {
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return u.Path
	}
	return u.Path + "?" + strings.Join(keys, "&")
}
