package requestpath

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// httpsPort is where a load balancer takes requests of clients.
const httpsPort = 443

// Target is the distribution or load balancer that a public name leads to.
func Target(g *graph.Graph, name string) (*graph.Node, error) {
	node, err := dns{g, allHealthy}.resolve(name)
	if err != nil {
		return nil, fmt.Errorf("looking up %s: %w", name, err)
	}
	return node, nil
}

// SendTo is what a load balancer does with a request that a client sends to it past no distribution, from an address.
// The request's headers have its host.
func SendTo(balancer *graph.Node, viewer map[string]string, source netip.Addr) (End, error) {
	listener, err := listenerOf(balancer, httpsPort)
	if err != nil {
		return End{}, err
	}
	sent := headers{}
	for name, value := range viewer {
		sent[strings.ToLower(name)] = value
	}
	action, err := evaluate(listener, sent, source)
	return End{LoadBalancer: balancer, Action: action}, err
}
