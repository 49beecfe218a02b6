package emulator

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// askDeadline ends a stand-in's own call to the emulator, which answers in milliseconds.
const askDeadline = 30 * time.Second

// refusal is the emulator's answer to a stand-in's call that failed.
type refusal struct {
	call   string
	status int
	code   string // AWS's error code
	body   string
}

func (e *refusal) Error() string {
	return fmt.Sprintf("the emulator answers %s of a stand-in with %d %s", e.call, e.status, e.body)
}

// ask makes a stand-in's own call to the emulator, in a region and in the name of a caller, whose header it takes.
func (p *Proxy) ask(caller *Request, region, method, path, target string, body []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), askDeadline)
	defer cancel()
	call, err := http.NewRequestWithContext(ctx, method, p.backend+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("asking the emulator: %w", err)
	}
	call.Header = caller.Header.Clone()
	call.Header.Del("Accept-Encoding") // the answer is read here
	call.Header.Set("Authorization", signedFor(caller, region))
	if target != "" {
		call.Header.Set("X-Amz-Target", target)
	}
	reply, err := p.forward(call, body)
	if err != nil {
		return nil, err
	}
	if reply.Status >= http.StatusMultipleChoices {
		what := strings.TrimSpace(method + " " + path + " " + target)
		return nil, &refusal{what, reply.Status, reply.code(), string(reply.Body)}
	}
	return reply.Body, nil
}

// signedFor is a caller's signature with another region. It names the account; the emulator checks no more of it
// unless it enforces IAM.
func signedFor(caller *Request, region string) string {
	scope := "/%s/" + caller.Service + "/aws4_request"
	signature := caller.Header.Get("Authorization")
	return strings.Replace(signature, fmt.Sprintf(scope, caller.Region), fmt.Sprintf(scope, region), 1)
}

// askJSON is ask for a service of the JSON protocol, whose target is as in X-Amz-Target.
func (p *Proxy) askJSON(caller *Request, region, target string, given object) (object, error) {
	body, err := json.Marshal(given)
	if err != nil {
		return nil, fmt.Errorf("asking the emulator for %s: %w", target, err)
	}
	answered, err := p.ask(caller, region, http.MethodPost, "/", target, body)
	if err != nil {
		return nil, err
	}
	answer := object{}
	if err := json.Unmarshal(answered, &answer); err != nil {
		return nil, fmt.Errorf("reading the emulator's answer to %s: %w", target, err)
	}
	return answer, nil
}

// code is AWS's error code in an answer of a JSON protocol.
func (r *Reply) code() string {
	var failure struct {
		Type string `json:"__type"`
	}
	if json.Unmarshal(r.Body, &failure) != nil || failure.Type == "" {
		return r.Header.Get("X-Amzn-Errortype")
	}
	return failure.Type[strings.LastIndex(failure.Type, "#")+1:]
}
