package emulator

import (
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Reply is an answer to a call.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}

// StandIn answers a call in the emulator's place, or returns nil to leave it to the emulator. What it answers proves
// that Terraform's graph and its order hold, not that AWS accepts the values.
type StandIn func(*Request) *Reply

// ResponsePatch adds to the emulator's answer what the call that made the resource held and the emulator forgot. It
// returns the body and the names of what it added; nothing where the answer was whole, so that a better emulator makes
// it idle, and a test can tell.
type ResponsePatch func(*Request, []byte) (body []byte, added []string)

// FollowUp is a call that the emulator leaves out after one that succeeded, in the same service's JSON protocol: its
// target and body, and the name of what it makes good. An empty target is none.
type FollowUp func(*Request) (target string, body []byte, field string)

// Proxy stands between Terraform and the emulator: it records every call, answers what the emulator lacks, and breaks
// what a test wants broken.
type Proxy struct {
	backend  string // http://127.0.0.1:PORT
	server   *http.Server
	listener net.Listener
	client   *http.Client

	standIns  map[string][]StandIn // by service
	patches   map[string][]ResponsePatch
	followUps map[string][]FollowUp

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
		client: &http.Client{
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		standIns:  standIns(),
		patches:   patches(),
		outages:   map[string]*outage{},
		followUps: map[string][]FollowUp{"secretsmanager": {replicateNewSecrets}},
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

// AddStandIn has a service's calls offered to a stand-in, after those that are there.
func (p *Proxy) AddStandIn(service string, standIn StandIn) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.standIns[service] = append(p.standIns[service], standIn)
}

// Watch has every call shown to a watcher before it is answered, with its body.
func (p *Proxy) Watch(watcher func(*Request)) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.watcher = watcher
}

// Answered has every call shown to a watcher after it was answered, with its body as it came. The reply is nil where
// the connection was dropped.
func (p *Proxy) Answered(watcher func(*Request, *Reply)) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.answered = watcher
}

// Calls are all calls so far, in the order in which they were answered.
func (p *Proxy) Calls() []Call {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return slices.Clone(p.calls)
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
