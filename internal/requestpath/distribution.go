package requestpath

import (
	"fmt"
	"maps"
	"slices"

	"github.com/titan-platform/titan/internal/graph"
)

// Distribution is a CloudFront distribution, as far as it sends requests to a load balancer.
type Distribution struct {
	Node       *graph.Node
	OriginName string // the domain name of the origin that its default behaviour sends requests to

	graph     *graph.Graph
	headers   headers // that it adds to them
	httpsPort float64
}

// FindDistribution finds the distribution that a public name leads to.
func FindDistribution(g *graph.Graph, name string) (*Distribution, error) {
	node, err := dns{g, allHealthy}.resolve(name)
	if err != nil {
		return nil, fmt.Errorf("looking up %s: %w", name, err)
	}
	if node.Type != "aws_cloudfront_distribution" {
		return nil, fmt.Errorf("looking up %s: it leads to %s, want a distribution", name, node)
	}
	return newDistribution(g, node)
}

func newDistribution(g *graph.Graph, node *graph.Node) (*Distribution, error) {
	target := node.Text("default_cache_behavior.target_origin_id")
	for i := range node.Len("origin") {
		origin := fmt.Sprintf("origin.%d.", i)
		if node.Text(origin+"origin_id") != target {
			continue
		}
		d := &Distribution{Node: node, OriginName: node.Text(origin + "domain_name"), graph: g, headers: headers{}}
		d.httpsPort, _ = node.At(origin + "custom_origin_config.https_port").(float64)
		if policy := node.Text(origin + "custom_origin_config.origin_protocol_policy"); policy != "https-only" {
			return nil, fmt.Errorf("%s calls its origin by %q, want https-only", node, policy)
		}
		for j := range node.Len(origin + "custom_header") {
			header := fmt.Sprintf("%scustom_header.%d.", origin, j)
			value, err := valueOf(node, header+"value")
			if err != nil {
				return nil, err
			}
			d.headers = d.headers.with(node.Text(header+"name"), value)
		}
		return d, nil
	}
	return nil, fmt.Errorf("%s sends requests to origin %q, which it does not have", node, target)
}

// HeaderNames are the names of the headers that it adds, in lower case.
func (d *Distribution) HeaderNames() []string { return slices.Sorted(maps.Keys(d.headers)) }
