// Package conformance follows requests through what stacks synthesize, from the client to the application and back,
// and compares what comes of them with tables that people read: request, origin's answer, what the client gets, what
// is kept.
package conformance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/titan-platform/titan/internal/cloudfront"
	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/requestpath"
)

// Who answers behind the distribution where it is not the application.
const (
	FromLoadBalancer = "load-balancer"
	FromIngress      = "ingress"
	FromBucket       = "bucket"
)

// Path is the way of requests to an environment: by a distribution, or to its load balancer where there is none.
type Path struct {
	graph        *graph.Graph
	way          *requestpath.Distribution // nil without one
	distribution cloudfront.Distribution
	balancer     *graph.Node // that clients call where there is no distribution
	hosts        []string    // that the application's Ingress answers for
}

// NewPath is the way to the environment that a public name leads to. The graph has the stacks on it; hosts are those
// of the application's Ingress, with *. before those that stand for any name below them.
func NewPath(g *graph.Graph, name string, hosts []string) (*Path, error) {
	target, err := requestpath.Target(g, name)
	if err != nil {
		return nil, err
	}
	if target.Type == "aws_lb" {
		return &Path{graph: g, balancer: target, hosts: hosts}, nil
	}
	way, err := requestpath.FindDistribution(g, name)
	if err != nil {
		return nil, err
	}
	return &Path{graph: g, way: way, distribution: cloudfront.Read(way.Node), hosts: hosts}, nil
}

// Application takes a request to an ingress controller with an application behind it that gives an answer, and brings
// back what the load balancer gets.
type Application func(cloudfront.OriginRequest, cloudfront.Answer) (cloudfront.Answer, error)

// Serve is what comes of a request, and what reached the first origin or the application of it. answers are those of
// the origins in the order in which they are asked, the last again and again. One that is unreachable is the load
// balancer itself, one that is refused are the pods. The application's go through application, where that is not nil.
func (p *Path) Serve(
	request cloudfront.Request, answers []cloudfront.Answer, application Application,
) (cloudfront.Response, *cloudfront.OriginRequest, error) {
	var reached *cloudfront.OriginRequest
	next := func() cloudfront.Answer {
		if len(answers) == 0 {
			return cloudfront.Answer{Status: 200}
		}
		answer := answers[0]
		if len(answers) > 1 {
			answers = answers[1:]
		}
		return answer
	}
	pods := func(answer cloudfront.Answer) func(cloudfront.OriginRequest) (cloudfront.Answer, error) {
		return func(sent cloudfront.OriginRequest) (cloudfront.Answer, error) {
			reached = &sent
			if application == nil {
				return p.ingress(sent, answer), nil
			}
			return application(sent, answer)
		}
	}
	if p.balancer != nil {
		response, err := p.direct(request, pods(next()))
		return response, reached, err
	}
	response, err := p.distribution.Serve(request, func(sent cloudfront.OriginRequest) (cloudfront.Answer, error) {
		if reached == nil {
			reached = &sent
		}
		switch {
		case strings.Contains(sent.Domain, ".s3."):
			return p.bucket(sent, next)
		case sent.Domain != p.way.OriginName:
			return next(), nil // another origin, of which nothing is known
		}
		answer := next()
		if answer.Unreachable {
			return answer, nil
		}
		end, err := p.way.Send(func(string) bool { return true }, sent.Headers)
		if err != nil {
			return cloudfront.Answer{}, err
		}
		return loadBalancer(end, sent, pods(answer))
	})
	return response, reached, err
}

// ingress answers for a host that no Ingress has, and for pods that refuse, as Traefik does: the tests with the real
// one hold it to that.
func (p *Path) ingress(sent cloudfront.OriginRequest, answer cloudfront.Answer) cloudfront.Answer {
	if !slices.ContainsFunc(p.hosts, func(host string) bool { return isHost(host, sent.Host) }) {
		return cloudfront.Answer{Status: 404, By: FromIngress, Body: "404 page not found"}
	}
	if answer.Refused {
		return cloudfront.Answer{Status: 502, By: FromIngress, Body: "Bad Gateway"}
	}
	return answer
}

// isHost is whether an Ingress' host answers for a name: a star stands for one label (Kubernetes, Ingress, 'Hostname
// wildcards').
func isHost(host, name string) bool {
	if suffix, ok := strings.CutPrefix(host, "*."); ok {
		first, rest, _ := strings.Cut(name, ".")
		return first != "" && strings.EqualFold(suffix, rest)
	}
	return strings.EqualFold(host, name)
}

// only is the resource of a type that refers to another by an argument.
func only(to *graph.Node, kind, argument string) (*graph.Node, error) {
	for _, edge := range to.Referrers() {
		if edge.From.Type == kind && edge.Argument == argument {
			return edge.From, nil
		}
	}
	return nil, fmt.Errorf("no %s refers to %s", kind, to)
}
