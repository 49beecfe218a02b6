// Package cloudfront says what a CloudFront distribution does with a request and with what its origin answers: a model
// of what the CloudFront Developer Guide documents, over the Terraform JSON that stacks synthesize.
package cloudfront

import (
	"time"

	"github.com/titan-platform/titan/internal/graph"
	"github.com/titan-platform/titan/internal/webacl"
)

// Request is what a client sends to an edge location.
type Request struct {
	webacl.Request
	Scheme  string // http or https
	Version string // of HTTP: 1.1, 2 or 3
	Signed  bool   // by a key that the distribution trusts
}

// OriginRequest is what an origin is sent.
type OriginRequest struct {
	Origin string // id of the origin
	Domain string // its domain name, which is what is connected to
	Scheme string

	Method, Host, Path, Query string
	Headers                   webacl.Headers
	Body                      string
	BodySize                  int
}

// Answer is what an origin answers, or that it does not.
type Answer struct {
	Status  int
	Headers webacl.Headers
	Body    string
	By      string // who answers, where it is not the origin's application; Response.From has it

	After       time.Duration // until the answer begins
	Unreachable bool          // packets are dropped: no connection in time
	Refused     bool          // the connection is refused, or TLS is
}

// Origins answer what a distribution sends them.
type Origins func(OriginRequest) (Answer, error)

// Who an answer's body is of.
const (
	FromOrigin   = "origin"
	FromWebACL   = "web-acl"
	FromFunction = "function"
	FromEdge     = "edge" // CloudFront itself
	FromPage     = "page" // a custom error page
)

// Response is what the client gets, and what the edge location keeps.
type Response struct {
	Status  int
	Headers webacl.Headers
	Body    string
	From    string

	Behavior string          // path pattern of the cache behaviour, Default (*) for the default one
	Verdict  webacl.Verdict  // empty without a web ACL
	Asked    bool            // whether the request went on to an origin
	Sent     []OriginRequest // in order; several where a group failed over or a page was fetched
	Kept     time.Duration   // 0: not kept
	Waited   time.Duration   // for origins
}

// Distribution is a CloudFront distribution.
type Distribution struct{ graph.Block }

// Read is the distribution that a node declares.
func Read(node *graph.Node) Distribution { return Distribution{node.Block()} }

// serving is one request while it is served.
type serving struct {
	Distribution
	Request
	origins  Origins
	behavior graph.Block
	response Response
}

// Serve is what a distribution does with a request, at an edge location that keeps nothing of it yet. It is an error
// where the outcome depends on what is not modelled here.
func (d Distribution) Serve(request Request, origins Origins) (Response, error) {
	s := &serving{Distribution: d, Request: request, origins: origins}
	// That a function does not run where HTTP is redirected, and sees no request that the web ACL blocks, is the guide's
	// (CloudFront Developer Guide, 'Restrictions on all edge functions'); no row may depend on the order of the others.
	for _, step := range []func(*serving) (bool, error){
		(*serving).alias, (*serving).webACL, (*serving).country, (*serving).limits, (*serving).choose,
		(*serving).protocol, (*serving).method, (*serving).signature, (*serving).viewerRequest,
	} {
		answered, err := step(s)
		if err != nil {
			return Response{}, err
		}
		if answered {
			return s.response, nil
		}
	}
	if err := s.fetch(); err != nil {
		return Response{}, err
	}
	return s.response, s.addHeaders()
}

// answer ends a request at the edge.
func (s *serving) answer(status int, from, body string, headers webacl.Headers) {
	s.response.Status, s.response.From, s.response.Body, s.response.Headers = status, from, body, headers
}
