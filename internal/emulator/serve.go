package emulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
)

// maxBody is more than any call of Terraform's carries.
const maxBody = 64 << 20

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
	request := decode(r, body)
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
	for _, patch := range p.patches[request.Service] {
		body, added := patch(request, reply.Body)
		reply.Body, request.Completed = body, append(request.Completed, added...)
	}
	if reply.Status >= http.StatusMultipleChoices {
		return reply, nil
	}
	for _, followUp := range p.followUps[request.Service] {
		target, body, field := followUp(request)
		if target == "" {
			continue
		}
		if err := p.forwardFollowUp(r, target, body); err != nil {
			return nil, err
		}
		request.Completed = append(request.Completed, field)
	}
	return reply, nil
}

// forwardFollowUp makes a follow-up's call as the first one's caller.
func (p *Proxy) forwardFollowUp(r *http.Request, target string, body []byte) error {
	again := r.Clone(r.Context())
	again.Header.Set("X-Amz-Target", target)
	again.Header.Del("Content-Length")
	reply, err := p.standIn(decode(again, body)), error(nil)
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
	standIns := p.standIns[request.Service]
	p.mutex.Unlock()
	for _, standIn := range standIns {
		if reply := standIn(request); reply != nil {
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
