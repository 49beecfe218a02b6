package requestpath

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// listeners checks what the load balancer takes: HTTPS with every header that the distribution adds, and only while
// the environment serves.
func (w *walk) listeners() {
	for _, listener := range listenersOf(w.balancer) {
		want := map[any]string{443.0: FixedResponse, 80.0: Redirect}[listener.At("port")]
		if got := listener.Text("default_action.0.type"); got != want {
			w.say(listener, "answers %q to whoever has no header, want a refusal", got)
		}
	}
	w.forwards()
	w.grafana()
	switch {
	case w.distribution != nil:
		w.requests()
	case !w.HasEdge():
		w.directRequests()
	}
}

// forwards checks the rules themselves: one forwards, to the target group, and it demands every header by a value
// without wildcards.
func (w *walk) forwards() {
	var forwarding []*graph.Node
	for _, rule := range w.here("aws_lb_listener_rule") {
		if rule.Text("action.0.type") == Forward && !w.isGrafanas(rule) {
			forwarding = append(forwarding, rule)
		}
	}
	if len(forwarding) != 1 || !forwarding[0].Refers("action.0.target_group_arn", w.targets) {
		w.say(w.balancer, "has rules that forward: %v, want one, to %v", forwarding, w.targets)
	}
	for _, rule := range forwarding {
		demanded := demandedHeaders(rule)
		for _, name := range w.demands() {
			if !slices.Contains(demanded, name) {
				w.say(rule, "forwards without the header %s", name)
			}
		}
		if len(demanded) == 0 {
			w.say(rule, "forwards without a header")
		}
	}
}

// demands are the headers without which nothing is to be forwarded.
func (w *walk) demands() []string {
	switch {
	case !w.HasEdge():
		return []string{"host"}
	case w.distribution == nil:
		return nil
	}
	return w.distribution.HeaderNames()
}

// demandedHeaders are the headers that a rule's conditions demand by values that only they have.
func demandedHeaders(rule *graph.Node) []string {
	var names []string
	for i := range rule.Len("condition") {
		name, values := headerOf(rule, fmt.Sprintf("condition.%d", i))
		exact := rule.Len(values) > 0
		for j := range rule.Len(values) {
			value, err := valueOf(rule, fmt.Sprintf("%s.%d", values, j))
			exact = exact && err == nil && !strings.ContainsAny(value, "*?")
		}
		if exact {
			names = append(names, name)
		}
	}
	return names
}

// requests sends some: what the distribution adds is forwarded if the environment serves, and nothing that lacks one
// of the headers or has another value.
func (w *walk) requests() {
	listener, err := listenerOf(w.balancer, w.distribution.httpsPort)
	if err != nil {
		w.say(nil, "%v", err)
		return
	}
	sent := w.distribution.headers
	w.request(listener, "everything that the distribution adds", sent, w.serves())
	for _, name := range w.distribution.HeaderNames() {
		w.request(listener, "no "+name, sent.without(name), false)
		w.request(listener, "another "+name, sent.with(name, "of somebody else"), false)
	}
}

// directRequests sends some past no distribution: what is for the public name is forwarded, and nothing else is.
func (w *walk) directRequests() {
	const https = 443
	listener, err := listenerOf(w.balancer, https)
	if err != nil {
		w.say(nil, "%v", err)
		return
	}
	w.request(listener, "the public name", headers{"host": w.DNS.Name}, true)
	w.request(listener, "another name", headers{"host": "of-somebody-else.example"}, false)
	w.request(listener, "no name", headers{}, false)
}

func (w *walk) request(listener *graph.Node, what string, headers headers, forwarded bool) {
	w.requestFrom(fromEdge, listener, what, headers, forwarded)
}

func (w *walk) requestFrom(source netip.Addr, listener *graph.Node, what string, headers headers, forwarded bool) {
	action, err := evaluate(listener, headers, source)
	switch {
	case err != nil:
		w.say(nil, "%v", err)
	case (action.Type == Forward) != forwarded:
		w.say(listener, "answers a request with %s by %s", what, action)
	}
}

// serves is whether users are served by this environment, as the files say.
func (w *walk) serves() bool {
	if w.Peers.Primary != nil {
		return !w.Standby()
	}
	return w.Serving() == w.Name
}
