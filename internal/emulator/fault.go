package emulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// Fault is something that goes wrong with the calls of one action, from the Skip-th on, Times times.
type Fault struct {
	Service, Action string
	Skip, Times     int // Times: 0 is once

	Status int           // the answer's status, with Code; 0 is no answer of ours
	Code   string        // AWS's error code: Throttling, InternalError
	Drop   bool          // the connection is dropped without an answer
	Delay  time.Duration // the answer comes this late

	seen, done int
}

var errDropped = errors.New("dropped on purpose")

// Break adds a fault.
func (p *Proxy) Break(fault Fault) {
	if fault.Times == 0 {
		fault.Times = 1
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.faults = append(p.faults, &fault)
}

// fault is what a fault answers to a call: nil and nil where none applies.
func (p *Proxy) fault(request *Request) (*Reply, error) {
	fault := p.due(request)
	if fault == nil {
		return nil, nil
	}
	time.Sleep(fault.Delay)
	switch {
	case fault.Drop:
		return nil, errDropped
	case fault.Status != 0:
		return request.failure(fault.Status, fault.Code), nil
	}
	return nil, nil
}

// due is the fault that a call has coming, nil where there is none.
func (p *Proxy) due(request *Request) *Fault {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, fault := range p.faults {
		if fault.Service != request.Service || fault.Action != request.Action {
			continue
		}
		fault.seen++
		if fault.seen > fault.Skip && fault.done < fault.Times {
			fault.done++
			return fault
		}
	}
	return nil
}

// failure is an error in the protocol of the call, without a word of AWS's.
func (r *Request) failure(status int, code string) *Reply {
	return r.Refused(status, code, "broken on purpose")
}

// badRequest is an error of status 400, as AWS answers to most calls that it does not take.
func (r *Request) badRequest(code, message string) *Reply {
	return r.Refused(http.StatusBadRequest, code, message)
}

// Refused is an error in the protocol of the call, with AWS's code and message.
func (r *Request) Refused(status int, code, message string) *Reply {
	header := http.Header{"X-Amzn-Errortype": {code}}
	if !r.speaksXML() {
		// Services differ in how they write the field of the message.
		body, _ := json.Marshal(map[string]string{"__type": code, "message": message, "Message": message}) // of strings
		header.Set("Content-Type", "application/x-amz-json-1.1")
		return &Reply{Status: status, Header: header, Body: body}
	}
	text := fmt.Sprintf("<Error><Code>%s</Code><Message>%s</Message></Error>", code, escape(message))
	switch r.Service {
	case "ec2":
		text = "<Response><Errors>" + text + "</Errors></Response>"
	case "s3": // the error itself
	default:
		text = "<ErrorResponse>" + text + "</ErrorResponse>"
	}
	header.Set("Content-Type", "text/xml")
	return &Reply{Status: status, Header: header, Body: []byte(text)}
}

// speaksXML is whether a call's answer is XML, as that of the query protocol and of three REST services is.
func (r *Request) speaksXML() bool {
	return len(r.Form) > 0 || slices.Contains([]string{"s3", "cloudfront", "route53"}, r.Service)
}
