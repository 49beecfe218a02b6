package emulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"sync"
	"time"
)

// maxBody is more than any call of Terraform's carries.
const maxBody = 64 << 20

// Reply is an answer to a call.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}

// Answer answers a call in the emulator's place, or returns nil to leave it to the emulator. What it answers proves that Terraform's
// graph and its order hold, not that AWS accepts the values.
type Answer func(*Request) *Reply

// Completion adds to the emulator's answer what the call that made the resource held and the emulator forgot. It returns the body and the
// names of what it added; nothing where the answer was whole, so that a better emulator makes it idle, and a test can tell.
type Completion func(*Request, []byte) (body []byte, added []string)

// Sequel is a call that the emulator leaves out after one that succeeded, in the same service's JSON protocol: its target and body, and the
// name of what it makes good. An empty target is none.
type Sequel func(*Request) (target string, body []byte, field string)

// Proxy stands between Terraform and the emulator: it records every call, answers what the emulator lacks, and breaks what a test wants
// broken.
type Proxy struct {
	backend  string // http://127.0.0.1:PORT
	server   *http.Server
	listener net.Listener
	client   *http.Client

	answers     map[string][]Answer // by service
	completions map[string][]Completion
	sequels     map[string][]Sequel

	snapshots      *rdsSnapshots
	recoveryPoints *recoveryPoints
	quotas         *serviceQuotas

	mutex    sync.Mutex
	guard    Guard
	watcher  func(*Request)
	answered func(*Request, *Reply)
	calls    []Call
	pending  []*Request // under way
	strays   []string
	faults   []*Fault
	outages  map[string]*outage // by region
}

// sessionPath is the proxy's own address, for finding it again.
const sessionPath = "/_titan/session"

// NewProxy starts a proxy before an emulator, on a free port of the loopback interface.
func NewProxy(backend string) (*Proxy, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listening for the proxy: %w", err)
	}
	p := &Proxy{
		backend: backend, listener: listener,
		client:      &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		answers:     answers(),
		completions: completions(),
		outages:     map[string]*outage{},
		sequels:     map[string][]Sequel{"secretsmanager": {replicateNewSecrets}},
	}
	p.addStandIns()
	p.server = &http.Server{Handler: p, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = p.server.Serve(listener) }() // ends with ErrServerClosed
	return p, nil
}

// URL is what AWS_ENDPOINT_URL has to be: an IP address, which also makes S3 path-style.
func (p *Proxy) URL() string { return "http://" + p.listener.Addr().String() }

// Close stops the proxy.
func (p *Proxy) Close() error { return p.server.Close() }

// Answer has a service's calls offered to an answer first.
func (p *Proxy) Answer(service string, answer Answer) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.answers[service] = append(p.answers[service], answer)
}

// Watch has every call shown to a watcher before it is answered, with its body.
func (p *Proxy) Watch(watcher func(*Request)) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.watcher = watcher
}

// Answered has every call shown to a watcher after it was answered, with its body as it came. The reply is nil where the connection was
// dropped.
func (p *Proxy) Answered(watcher func(*Request, *Reply)) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.answered = watcher
}

// Calls are all calls so far, in the order in which they were answered.
func (p *Proxy) Calls() []Call {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return append([]Call(nil), p.calls...)
}

// ServeHTTP passes a call on.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == sessionPath {
		_ = json.NewEncoder(w).Encode(map[string]int{"pid": os.Getpid()}) // the asker may be gone
		return
	}
	if host := p.stray(r); host != "" {
		p.refuse(w, host)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "titan proxy: reading the call: "+err.Error(), http.StatusBadRequest)
		return
	}
	request := understand(r, body)
	p.begin(request)
	reply, err := p.reply(r, request)
	request.Body = body // a stand-in may have written another to it
	if errors.Is(err, errDropped) {
		p.record(request, nil)
		panic(http.ErrAbortHandler) // net/http's way to drop a connection
	}
	if err != nil {
		http.Error(w, "titan proxy: "+err.Error(), http.StatusBadGateway)
		p.record(request, &Reply{Status: http.StatusBadGateway})
		return
	}
	p.record(request, reply)
	for key, values := range reply.Header {
		w.Header()[key] = values
	}
	if r.Method != http.MethodHead { // there, the length is the object's
		w.Header().Set("Content-Length", strconv.Itoa(len(reply.Body)))
	}
	w.WriteHeader(reply.Status)
	_, _ = w.Write(reply.Body) // the caller may be gone
}

func (p *Proxy) reply(r *http.Request, request *Request) (*Reply, error) {
	if err := p.lose(r.Context(), request); err != nil {
		return nil, err
	}
	reply, err := p.fault(request)
	if reply != nil || err != nil {
		request.Source = FromFault
		return reply, err
	}
	return p.guarded(request, func() (*Reply, error) { return p.served(r, request) })
}

// served is what a stand-in or the emulator answers to a call.
func (p *Proxy) served(r *http.Request, request *Request) (*Reply, error) {
	if reply := p.standIn(request); reply != nil {
		request.Source = FromGap
		return reply, nil
	}
	reply, err := p.forward(r, request.Body)
	if err != nil {
		return nil, err
	}
	if field := askedAgain(request, reply); field != "" {
		if reply, err = p.forward(r, request.Body); err != nil {
			return nil, err
		}
		request.Completed = append(request.Completed, field)
	}
	for _, complete := range p.completions[request.Service] {
		body, added := complete(request, reply.Body)
		reply.Body, request.Completed = body, append(request.Completed, added...)
	}
	if reply.Status >= http.StatusMultipleChoices {
		return reply, nil
	}
	for _, sequel := range p.sequels[request.Service] {
		target, body, field := sequel(request)
		if target == "" {
			continue
		}
		if err := p.forwardSequel(r, target, body); err != nil {
			return nil, err
		}
		request.Completed = append(request.Completed, field)
	}
	return reply, nil
}

// forwardSequel makes a sequel's call as the first one's caller.
func (p *Proxy) forwardSequel(r *http.Request, target string, body []byte) error {
	again := r.Clone(r.Context())
	again.Header.Set("X-Amz-Target", target)
	again.Header.Del("Content-Length")
	reply, err := p.standIn(understand(again, body)), error(nil)
	if reply == nil {
		reply, err = p.forward(again, body)
	}
	if err != nil {
		return err
	}
	if reply.Status >= http.StatusMultipleChoices {
		return fmt.Errorf("%s, which the emulator left out: %d %s", target, reply.Status, reply.Body)
	}
	return nil
}

// standIn is what the first stand-in that has an answer to a call says, nil where none has.
func (p *Proxy) standIn(request *Request) *Reply {
	p.mutex.Lock()
	answers := p.answers[request.Service]
	p.mutex.Unlock()
	for _, answer := range answers {
		if reply := answer(request); reply != nil {
			return reply
		}
	}
	return nil
}

func (p *Proxy) forward(r *http.Request, body []byte) (*Reply, error) {
	forwarded, err := http.NewRequestWithContext(r.Context(), r.Method, p.backend+r.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("passing the call on: %w", err)
	}
	forwarded.Header = r.Header.Clone()
	forwarded.Host = r.Host // it is part of the signature
	response, err := p.client.Do(forwarded)
	if err != nil {
		return nil, fmt.Errorf("passing the call on: %w", err)
	}
	defer func() { _ = response.Body.Close() }() // read to its end
	content, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("reading the emulator's answer: %w", err)
	}
	return &Reply{Status: response.StatusCode, Header: response.Header, Body: content}, nil
}

// Pending is whether a call of an action is under way.
func (p *Proxy) Pending(service, action string) bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return slices.ContainsFunc(p.pending, func(r *Request) bool { return r.Service == service && r.Action == action })
}

func (p *Proxy) begin(request *Request) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.watcher != nil {
		p.watcher(request)
	}
	p.pending = append(p.pending, request)
}

// record takes a call down with its reply, nil where the connection was dropped.
func (p *Proxy) record(request *Request, reply *Reply) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if reply != nil {
		request.Status = reply.Status
	}
	p.pending = slices.DeleteFunc(p.pending, func(r *Request) bool { return r == request })
	p.calls = append(p.calls, request.Call)
	if p.answered != nil {
		p.answered(request, reply)
	}
}
