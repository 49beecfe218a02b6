package wire

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/titan-platform/titan/internal/emulator"
	"github.com/titan-platform/titan/internal/wire/protocol"
)

// Recorder keeps every request that a proxy answers, with its body as it came.
type Recorder struct {
	mutex    sync.Mutex
	requests []*protocol.Request
	lines    *json.Encoder // nil where nothing is written
	err      error         // the first of writing
}

// Record begins to record a proxy's requests. They are also written to lines, one JSON object a line, unless it is
// nil: they hold whatever Terraform sent, passwords too.
func Record(proxy *emulator.Proxy, lines io.Writer) *Recorder {
	r := &Recorder{}
	if lines != nil {
		r.lines = json.NewEncoder(lines)
	}
	proxy.Answered(r.add)
	return r
}

func (r *Recorder) add(request *emulator.Request, reply *emulator.Reply) {
	one := &protocol.Request{
		Service: request.Service, Region: request.Region, Endpoint: request.Endpoint,
		Method: request.Method, Path: request.Path, Header: request.Header.Clone(), Body: request.Body,
	}
	one.Header.Del("Authorization")
	if reply != nil {
		one.Status, one.Answer = reply.Status, reply.Body
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.requests = append(r.requests, one)
	if r.lines != nil {
		if err := r.lines.Encode(one); err != nil {
			r.err = errors.Join(r.err, fmt.Errorf("writing the recording: %w", err))
			r.lines = nil
		}
	}
}

// Requests are all so far, in the order in which they were answered. The error is of writing them.
func (r *Recorder) Requests() ([]*protocol.Request, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return append([]*protocol.Request(nil), r.requests...), r.err
}

// Read reads a recording that was written.
func Read(lines io.Reader) ([]*protocol.Request, error) {
	var requests []*protocol.Request
	decoder := json.NewDecoder(bufio.NewReader(lines))
	for {
		one := &protocol.Request{}
		err := decoder.Decode(one)
		if errors.Is(err, io.EOF) {
			return requests, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading line %d of the recording: %w", len(requests)+1, err)
		}
		requests = append(requests, one)
	}
}
