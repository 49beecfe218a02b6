package emulator

import (
	"fmt"
	"net/http"
	"strings"
)

// Strays are the hosts other than the emulator that were asked for through the proxy, in their order. A program with the
// environment of Isolated asks it for everything that is not this machine.
func (p *Proxy) Strays() []string {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return append([]string(nil), p.strays...)
}

// stray is the host that a call is for, where it is not for the emulator; else it is empty.
func (p *Proxy) stray(r *http.Request) string {
	if r.Method == http.MethodConnect { // an HTTPS call by way of a proxy
		return r.Host
	}
	address := p.listener.Addr().String()
	if r.URL.Host == "" || r.URL.Host == address || strings.HasSuffix(r.URL.Host, "."+address) {
		return ""
	}
	return r.URL.Host
}

// refuse answers a stray call. The words of a client's error are the status line's, where the call is a CONNECT.
func (p *Proxy) refuse(w http.ResponseWriter, host string) {
	p.mutex.Lock()
	p.strays = append(p.strays, host)
	p.mutex.Unlock()
	reason := fmt.Sprintf("titan keeps calls to %s on this machine", host)
	taken, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, reason, http.StatusForbidden)
		return
	}
	defer func() { _ = taken.Close() }() // answered
	_, _ = fmt.Fprintf(taken, "HTTP/1.1 %d %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
		http.StatusForbidden, reason) // the asker may be gone
}
