package requestpath

import (
	"fmt"
	"maps"
	"net/netip"
	"strings"

	"github.com/titan-platform/titan/internal/graph"
)

// End is where a request ends.
type End struct {
	LoadBalancer *graph.Node
	Region       string
	Action       Action
}

// String is the end in a line: eu-west-1: fixed-response 503.
func (e End) String() string { return e.Region + ": " + e.Action.String() }

// Send follows a request: the origin's name as Route 53 answers for it, and that load balancer's rules. viewer are
// headers that the client has sent; CloudFront puts its own in the place of those of the same name (CloudFront
// Developer Guide, 'Add custom headers to origin requests').
func (d *Distribution) Send(healthy Health, viewer map[string]string) (End, error) {
	balancer, err := dns{d.graph, healthy}.resolve(d.OriginName)
	if err != nil {
		return End{}, fmt.Errorf("looking up %s: %w", d.OriginName, err)
	}
	return d.sendTo(balancer, viewer)
}

// SendToEach is where a request ends at every load balancer that the origin's name can lead to, whichever Route 53
// names: an earlier answer is kept for a minute and longer.
func (d *Distribution) SendToEach(viewer map[string]string) ([]End, error) {
	var ends []End
	reached := graph.Reach(d.Node, leadsOn(d.graph))
	for _, balancer := range d.graph.Resources("aws_lb") {
		if _, ok := reached[balancer]; !ok {
			continue
		}
		end, err := d.sendTo(balancer, viewer)
		if err != nil {
			return nil, err
		}
		ends = append(ends, end)
	}
	return ends, nil
}

// fromEdge is an address of CloudFront's, as a load balancer sees it: none that a file lists.
var fromEdge netip.Addr

func (d *Distribution) sendTo(balancer *graph.Node, viewer map[string]string) (End, error) {
	region, err := regionOf(d.graph, balancer)
	if err != nil {
		return End{}, err
	}
	listener, err := listenerOf(balancer, d.httpsPort)
	if err != nil {
		return End{}, err
	}
	request := headers{}
	for name, value := range viewer {
		request[strings.ToLower(name)] = value
	}
	maps.Copy(request, d.headers)
	action, err := evaluate(listener, request, fromEdge)
	return End{LoadBalancer: balancer, Region: region, Action: action}, err
}

// listenerOf is a load balancer's listener on a port.
func listenerOf(balancer *graph.Node, port float64) (*graph.Node, error) {
	if balancer.Type != "aws_lb" {
		return nil, fmt.Errorf("%s is no load balancer", balancer)
	}
	for _, listener := range listenersOf(balancer) {
		if listener.At("port") == port {
			return listener, nil
		}
	}
	return nil, fmt.Errorf("%s does not listen on %v", balancer, port)
}

func listenersOf(balancer *graph.Node) []*graph.Node {
	var listeners []*graph.Node
	for _, edge := range balancer.Referrers() {
		if edge.From.Type == "aws_lb_listener" && edge.Argument == "load_balancer_arn" {
			listeners = append(listeners, edge.From)
		}
	}
	return listeners
}
