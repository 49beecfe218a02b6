package emulator

import "net/http"

// Guard refuses calls that AWS would not take yet, before a stand-in or the emulator answers them.
type Guard interface {
	// Refuse answers a call that is refused, and returns nil for any other.
	Refuse(*Request) *Reply
	// Passed is told of a call that succeeded, before its caller is.
	Passed(*Request, *Reply)
}

// Guard puts a guard before everything that answers calls. There is one; a second takes its place.
func (p *Proxy) Guard(guard Guard) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.guard = guard
}

// guarded answers a call by the guard and, where that lets it pass, by answer.
func (p *Proxy) guarded(request *Request, answer func() (*Reply, error)) (*Reply, error) {
	p.mutex.Lock()
	guard := p.guard
	p.mutex.Unlock()
	if guard == nil {
		return answer()
	}
	if refused := guard.Refuse(request); refused != nil {
		request.Source = FromGuard
		return refused, nil
	}
	reply, err := answer()
	if err == nil && reply.Status < http.StatusMultipleChoices {
		guard.Passed(request, reply)
	}
	return reply, err
}
