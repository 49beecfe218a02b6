package requestpath

import (
	"net/netip"
	"slices"

	"github.com/titan-platform/titan/internal/graph"
)

// isGrafanas is whether a rule forwards Grafana's name, and no other.
func (w *walk) isGrafanas(rule *graph.Node) bool {
	name := w.Addons.Grafana.Name
	for i := range rule.Len("condition") {
		hosts := textsOf(rule, conditionPath(i)+".host_header.values")
		if name != "" && len(hosts) == 1 && sameName(hosts[0], name) {
			return true
		}
	}
	return false
}

// grafana checks the way to Grafana, where the load balancer answers for it: from the networks that the file lists to
// the pods of the ingress controller, and from nowhere else.
func (w *walk) grafana() {
	settings := w.Addons.Grafana
	if !settings.IsServed() {
		return
	}
	listener, err := listenerOf(w.balancer, httpsPort)
	if err != nil {
		w.say(nil, "%v", err)
		return
	}
	for _, cidr := range settings.AllowCIDRs {
		caller := netip.MustParsePrefix(cidr).Addr() // the loader has checked it
		w.requestFrom(caller, listener, "Grafana's name from "+cidr, headers{"host": settings.Name}, true)
		if w.HasEdge() { // whose header nobody else has; without one callers are the application's, too
			w.requestFrom(caller, listener, "the public name from "+cidr, headers{"host": w.DNS.Name}, false)
		}
	}
	w.request(listener, "Grafana's name from elsewhere", headers{"host": settings.Name}, false)
}

// opensToGrafana is whether a rule of a security group lets in one who may call Grafana.
func (w *walk) opensToGrafana(rule *graph.Node) bool {
	return w.HasEdge() && slices.Contains(w.Addons.Grafana.AllowCIDRs, rule.Text("cidr_ipv4")) &&
		rule.At("from_port") == float64(httpsPort) && rule.At("to_port") == float64(httpsPort)
}
