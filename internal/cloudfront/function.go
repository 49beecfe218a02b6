package cloudfront

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/titan-platform/titan/internal/webacl"
)

// functionTime is far more than a function may take at AWS, where it is about a millisecond.
const functionTime = 2 * time.Second

// value is a header, cookie or query argument of a function's event (CloudFront Developer Guide, 'Event structure').
type value struct {
	Value string `json:"value"`
}

type eventRequest struct {
	Method      string           `json:"method"`
	URI         string           `json:"uri"`
	QueryString map[string]value `json:"querystring"`
	Headers     map[string]value `json:"headers"`
	Cookies     map[string]value `json:"cookies"`
}

// result is what a handler returns: a request, or a response with a status code.
type result struct {
	eventRequest
	StatusCode int             `json:"statusCode"`
	Body       json.RawMessage `json:"body"` // a string, or an object with data
}

// viewerRequest runs the behaviour's function of viewer requests, which changes the request or answers it. The
// behaviour stays: it is not chosen anew by a changed URI (CloudFront Developer Guide, 'Generate HTTP responses in
// CloudFront Functions').
func (s *serving) viewerRequest() (bool, error) {
	for _, association := range s.behavior.Blocks("function_association") {
		if association.Text("event_type") != "viewer-request" {
			return false, fmt.Errorf("%s: functions of %q are not modelled", association, association.Text("event_type"))
		}
		function, ok := association.Reference("function_arn")
		if !ok {
			return false, fmt.Errorf("%s: function_arn is %v, want a reference to a function",
				association, association.At("function_arn"))
		}
		code := strings.NewReplacer("$${", "${", "%%{", "%{").Replace(function.To.Text("code")) // as Terraform reads it
		returned, err := run(code, s.event())
		if err != nil {
			return false, fmt.Errorf("running %s: %w", function.To, err)
		}
		if returned.StatusCode != 0 {
			s.answer(returned.StatusCode, FromFunction, bodyOf(returned.Body), plain(returned.Headers))
			return true, nil
		}
		s.Path, s.Query, s.Headers = returned.URI, pairsOf(returned.QueryString, "&"), plain(returned.Headers)
		delete(s.Headers, "host") // read-only
		if cookies := pairsOf(returned.Cookies, "; "); cookies != "" {
			s.Headers["cookie"] = cookies
		}
	}
	return false, nil
}

// event is what the function is given.
func (s *serving) event() any {
	request := eventRequest{Method: s.Method, URI: s.Path, QueryString: map[string]value{}, Cookies: map[string]value{},
		Headers: map[string]value{"host": {s.Host}}}
	for name, one := range s.Headers {
		if name != "cookie" { // cookies stand apart
			request.Headers[name] = value{one}
		}
	}
	for pair := range strings.SplitSeq(s.Query, "&") {
		if name, one, _ := strings.Cut(pair, "="); name != "" {
			request.QueryString[name] = value{one}
		}
	}
	for pair := range strings.SplitSeq(s.Headers.Get("Cookie"), ";") {
		if name, one, _ := strings.Cut(strings.TrimSpace(pair), "="); name != "" {
			request.Cookies[name] = value{one}
		}
	}
	return map[string]any{
		"version": "1.0",
		"context": map[string]any{"eventType": "viewer-request", "distributionDomainName": "d111111abcdef8.cloudfront.net"},
		"viewer":  map[string]any{"ip": s.Source.String()},
		"request": request,
	}
}

// run calls a function's handler in an engine of its own.
func run(code string, event any) (result, error) {
	text, err := json.Marshal(event)
	if err != nil {
		return result{}, err
	}
	engine := goja.New()
	defer time.AfterFunc(functionTime, func() { engine.Interrupt("it takes too long") }).Stop()
	if _, err := engine.RunString(code); err != nil {
		return result{}, err
	}
	output, err := engine.RunString("JSON.stringify(handler(" + string(text) + "))")
	if err != nil {
		return result{}, err
	}
	var returned result
	if err := json.Unmarshal([]byte(output.String()), &returned); err != nil {
		return result{}, fmt.Errorf("reading what the handler returns, %s: %w", output, err)
	}
	if returned.StatusCode == 0 && returned.URI == "" {
		return result{}, fmt.Errorf("the handler returns %s, want a request or a response", output)
	}
	return returned, nil
}

func plain(values map[string]value) webacl.Headers {
	headers := webacl.Headers{}
	for name, one := range values {
		headers[name] = one.Value
	}
	return headers
}

// pairsOf joins name=value pairs, in the order of the names.
func pairsOf(values map[string]value, separator string) string {
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		pairs = append(pairs, name+"="+values[name].Value)
	}
	return strings.Join(pairs, separator)
}

func bodyOf(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	var object struct{ Data string }
	_ = json.Unmarshal(raw, &object) // a body that is neither is none
	return object.Data
}
