package emulator

import (
	"context"
	"slices"
)

// Outage is how the endpoints of a lost region behave.
type Outage int

// The outages. A refused call fails at once, one that times out waits for its caller's deadline.
const (
	Refusing  Outage = iota + 1 // connections are dropped at once
	TimingOut                   // calls are taken and not answered
)

// outage is a region that is lost.
type outage struct {
	how  Outage
	over chan struct{} // closed when the region is restored
}

// Lose makes a region unreachable until it is restored. It takes the calls whose endpoint AWS has there, whatever
// region they are signed for, and those that depend on the region. What the region holds stays as it is. A lost
// region may be lost in the other way.
func (p *Proxy) Lose(region string, how Outage) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.end(region)
	p.outages[region] = &outage{how, make(chan struct{})}
}

// Restore ends a region's outage. The connections of calls that still wait are dropped.
func (p *Proxy) Restore(region string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.end(region)
}

// end forgets a region's outage; the caller holds the mutex.
func (p *Proxy) end(region string) {
	if was := p.outages[region]; was != nil {
		close(was.over)
		delete(p.outages, region)
	}
}

// LostCalls are the calls so far that a region's outages took, those that still wait included.
func (p *Proxy) LostCalls(region string) []Call {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	var lost []Call
	for _, call := range p.calls {
		if call.Lost == region {
			lost = append(lost, call)
		}
	}
	for _, request := range p.pending {
		if request.Lost == region {
			lost = append(lost, request.Call)
		}
	}
	return lost
}

// isLost is whether a region is lost now.
func (p *Proxy) isLost(region string) bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.outages[region] != nil
}

// lose returns errDropped for a call that needs a lost region: at once if that refuses, else when the caller gives
// up, the proxy closes or the region is restored.
func (p *Proxy) lose(ctx context.Context, request *Request) error {
	lost := p.outageOf(request)
	if lost == nil {
		return nil
	}
	if lost.how == TimingOut {
		select {
		case <-ctx.Done(): // it ends with the connection
		case <-lost.over:
		}
	}
	return errDropped
}

// outageOf is the outage that a call meets, nil if there is none. The call keeps the lost region's name.
func (p *Proxy) outageOf(request *Request) *outage {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	needs := append([]string{request.Endpoint}, request.dependencies()...)
	i := slices.IndexFunc(needs, func(region string) bool { return p.outages[region] != nil })
	if i < 0 {
		return nil
	}
	request.Source, request.Lost = FromFault, needs[i]
	return p.outages[needs[i]]
}
