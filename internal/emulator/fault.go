package emulator

import (
	"errors"
	"fmt"
	"net/http"
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
	return r.refuse(status, code, "broken on purpose")
}

// badRequest is an error of status 400, as AWS answers to most calls that it does not take.
func (r *Request) badRequest(code, message string) *Reply {
	return r.refuse(http.StatusBadRequest, code, message)
}

// restJSON are the services, as signatures name them, that are called by method and path and answer in JSON.
var restJSON = map[string]bool{"access-analyzer": true, "backup": true, "guardduty": true, "securityhub": true}

// refuse is an error in the protocol of the call, with AWS's message.
func (r *Request) refuse(status int, code, message string) *Reply {
	contentType, body := "text/xml", fmt.Sprintf("<ErrorResponse><Error><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>", code, escape(message))
	switch {
	case r.Header.Get("X-Amz-Target") != "", restJSON[r.Service]:
		contentType, body = "application/x-amz-json-1.1", fmt.Sprintf(`{"__type":%q,"message":%q}`, code, message)
	case r.Service == "ec2":
		body = fmt.Sprintf("<Response><Errors><Error><Code>%s</Code><Message>%s</Message></Error></Errors></Response>", code, escape(message))
	case r.Service == "s3":
		contentType, body = "application/xml", fmt.Sprintf("<Error><Code>%s</Code><Message>%s</Message></Error>", code, escape(message))
	}
	return &Reply{Status: status, Header: http.Header{"Content-Type": {contentType}, "X-Amzn-Errortype": {code}}, Body: []byte(body)}
}
